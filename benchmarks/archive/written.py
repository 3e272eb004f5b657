"""Write a web archive as one that was crawled as a whole: every WARC file has pages of every site.

Pages are the corpus's, copied under other hosts, or small ones that are made up: 3 KB with 27 links, every
tenth, if not said otherwise, of a service that states what it costs, how long it takes and what it asks for.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from crawlers.storing.warc import Record, WarcWriter

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "pages"
ROUND = "2026-10"
_WHEN = datetime(2026, 10, 15, 12, tzinfo=UTC)
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
_LINKS, _WORDS, _A_SERVICE_EVERY = 27, 150, 10
_SYLLABLES = ("ба", "де", "ки", "ло", "му", "на", "пе", "ри", "со", "ту")
_FACTS = """<p>Государственная услуга оказывается гражданам.</p><h2>Необходимые документы</h2>
<ul><li>Справка {word}</li></ul><h2>Срок оказания услуги</h2><p>{number} рабочих дней</p>
<h2>Стоимость услуги</h2><p>{number}0 сомов</p>"""


def write_archive(folder: Path, pages: Iterable[tuple[str, bytes]], of_each: int) -> Path:
    """Write `pages`, as address and body, into WARC files `of_each` so many; return the list of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    left = iter(pages)
    names = []
    while some := list(islice(left, of_each)):
        name = f"part-{len(names):05}"
        with WarcWriter(folder, name, "software: baskych benchmarks\r\n") as writer:
            for url, body in some:
                writer.write(_record(url, body), _record_id(url))
        names.append(f"{name}-00000.warc.gz")
    listing = folder / "warc.paths"
    listing.write_text("\n".join(names) + "\n", "utf-8")
    return listing


def of_corpus(copies: int, sites: int, *, apart: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield each page of the corpus so many times, dealt out to `sites` hosts; `apart`: to so many a copy."""
    bodies = [path.read_bytes() for path in sorted(CORPUS.glob("*.html"))]
    for copy in range(copies):
        for number, body in enumerate(bodies):
            site = number % sites + (copy * sites if apart else 0)
            yield f"https://www.site{site}.example/{copy}/{number}", body


def made_up(sites: int, of_each: int, a_service_every: int = _A_SERVICE_EVERY) -> Iterator[tuple[str, bytes]]:
    """Yield pages of `sites` sites, `of_each` so many, the first of all sites first."""
    for number in range(of_each):
        for site in range(sites):
            body = _page(site, number, of_each, a_service_every)
            yield f"https://www.site{site}.example{_path(number)}", body


def _page(site: int, number: int, of_each: int, a_service_every: int) -> bytes:
    is_service = number % a_service_every == a_service_every - 1
    name = f"{_word(site)} {_word(number)} {_word(number // 997)}"
    title = f"Выдача разрешения на {name}" if is_service else f"Новости: {name}"
    targets = ((number * (_LINKS - 1) + step) % of_each for step in range(_LINKS))
    links = "".join(f'<li><a href="{_path(target)}">Страница {target}</a></li>' for target in targets)
    words = " ".join(_word(number * 31 + site + step * (number // 997 + 1)) for step in range(_WORDS))
    facts = _FACTS.format(word=_word(number), number=number % 29 + 1) if is_service else ""
    return (
        f'<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{facts}<p>{words}</p></main><ul>{links}</ul></body></html>"
    ).encode()


def _path(number: int) -> str:
    return f"/p/{number}" if number else "/"


def _word(number: int) -> str:
    """One of a thousand words."""
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number % 997:03}")


def _record(url: str, body: bytes) -> Record:
    return Record(
        kind="response",
        url=url,
        content_type="application/http; msgtype=response",
        written_at=_WHEN,
        block=_HEAD + body,
    )


def _record_id(url: str) -> str:
    digest = hashlib.sha256(url.encode()).hexdigest()
    return f"<urn:uuid:{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}>"
