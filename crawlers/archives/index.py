"""Look a site up in an archive's index, all parts of it."""

from collections.abc import Iterator, Mapping

from crawlers.archives.choose import Window
from crawlers.archives.polite import PoliteAsker
from crawlers.archives.rows import Part, Row, read_lines, read_table
from crawlers.archives.rules import Interface, archive_rules
from crawlers.archives.sources import Archive
from crawlers.errors import ArchiveError, CaptureError
from crawlers.network.addresses import Scope, is_ip
from crawlers.network.answers import Answer
from crawlers.network.decoding import decode
from crawlers.policy import policy

_OK, _NOT_FOUND = 200, 404
_NO_CAPTURES = b"no captures found"  # how Common Crawl's index says that it has nothing, with a 404


def rows_of(archive: Archive, asker: PoliteAsker, scope: Scope | None, window: Window) -> Iterator[Row]:
    """Yield what `archive` has of `scope` within `window`; of what its address asks for, if that is None.

    Raises:
        ArchiveError: the archive does not answer as its interface should, or its index is too long.
    """
    about = {
        "output": "json",
        "from_": f"{window.first:%Y%m%d%H%M%S}",
        "to": f"{window.last:%Y%m%d%H%M%S}",
        **(_of_scope(scope) if scope else {}),
    }
    parts = {
        Interface.WAYBACK: _by_resume_key,
        Interface.COMMON_CRAWL: _by_pages,
        Interface.PYWB: _at_once,
    }
    for count, part in enumerate(parts[archive.interface](archive, asker, about), 1):
        if count > archive_rules().max_index_parts:
            raise ArchiveError(
                f"{archive.question(**about)}: more than {archive_rules().max_index_parts} parts;"
                " expected a narrower question (matchType=prefix, filter=, from=, to=)"
            )
        yield from part.rows


def check_collection(archive: Archive, asker: PoliteAsker) -> None:
    """Make sure that the collection is there: pywb's index of a collection that is not is merely empty.

    Raises:
        ArchiveError: it is not there.
    """
    if archive.interface is Interface.PYWB and asker.ask(archive.home).status == _NOT_FOUND:
        raise ArchiveError(
            f"{archive.address}: the archive has no such collection ({archive.home}: HTTP 404)"
        )


def _of_scope(scope: Scope) -> dict[str, str]:
    """The question for one entry of `stay_under`, in the words that all three interfaces share."""
    host = scope.host.removeprefix("www.")
    port = f":{scope.port}" if scope.port else ""
    of_host = "host" if is_ip(host) or scope.port else "domain"
    match = of_host if scope.path == "/" else "prefix"
    return {"url": f"http://{host}{port}{scope.path}", "matchType": match}


def _at_once(archive: Archive, asker: PoliteAsker, about: Mapping[str, str]) -> Iterator[Part]:
    question = archive.question(**about)
    yield read_lines(_text(asker.ask(question), question), archive, question)


def _by_pages(archive: Archive, asker: PoliteAsker, about: Mapping[str, str]) -> Iterator[Part]:
    """Common Crawl tells first how many parts there are."""
    question = archive.question(**about, showNumPages="true")
    text = _text(asker.ask(question), question).strip()
    digits = text.partition('"pages":')[2].partition(",")[0].strip(" }") if text.startswith("{") else text
    if text and not (digits.isascii() and digits.isdigit()):
        raise ArchiveError(
            f"{question}: expected the number of parts, as Common Crawl's index gives it; found {text[:60]!r}"
        )
    for number in range(int(digits or 0)):
        question = archive.question(**about, page=number)
        yield read_lines(_text(asker.ask(question), question), archive, question)


def _by_resume_key(archive: Archive, asker: PoliteAsker, about: Mapping[str, str]) -> Iterator[Part]:
    """The Internet Archive gives a key to go on with, as long as there is more."""
    following: dict[str, str] = {}
    while True:
        question = archive.question(
            **about, limit=archive_rules().rows_at_once, showResumeKey="true", **following
        )
        part = read_table(_text(asker.ask(question), question), archive, question)
        yield part
        if part.resume_key is None:
            return
        if part.resume_key == following.get("resumeKey"):
            raise ArchiveError(f"{question}: the resume key leads nowhere; expected another one, or an end")
        following = {"resumeKey": part.resume_key}


def _text(answer: Answer, question: str) -> str:
    """The text of an answer from an index.

    Raises:
        ArchiveError: the archive refuses to answer the question, or its answer cannot be unpacked.
    """
    encoding = answer.header("Content-Encoding")
    try:
        body = decode(answer.body, content_encoding=encoding, limit=policy().max_unpacked_bytes)
    except CaptureError as failure:
        raise ArchiveError(f"{question}: {failure}") from failure
    if answer.status == _NOT_FOUND and _NO_CAPTURES in body.lower():
        return ""
    if answer.status != _OK:
        says = " ".join(body.decode("utf-8", "replace").split())[:100]
        raise ArchiveError(f"{question}: HTTP {answer.status} ({says}); expected rows of a CDX index")
    return body.decode("utf-8", "replace")
