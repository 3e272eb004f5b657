"""Short cuts of the hot path: each gives exactly what the long way gives, only sooner."""

import asyncio
import io
import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import ada_url
import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import example, given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from warcio.checker import Checker

from crawlers.captures import Capture
from crawlers.crawling.jobs import LogLine, Progress, as_line, from_line
from crawlers.crawling.shared_settings import SharedSettings
from crawlers.crawling.telling import Teller
from crawlers.network.cookies import SpareCookies
from crawlers.outcomes import Outcome
from crawlers.politeness.robots_paths import normalised
from crawlers.storing.journal import JOURNAL_FILE, Entry, journal_line, read_journal
from crawlers.storing.warc import Record, WarcWriter, warc_time
from crawlers.visiting.canonical import canonical_url, file_type, frontier_rules
from crawlers.visiting.links import links_of

_IN_ADDRESSES = st.text(st.sampled_from("abАы09/.2eE?&=#;:@!'\"|\\ -_~$()*+,[]{}^`<>\t"), max_size=25)
_BASES = (
    "http://a.kg/ru/x?y=1",
    "https://a.kg:8443/",
    "http://user:word@a.kg/b/",
    "http://[2001:db8::1]/x",
    "file:///C:/x",
    "data:text/html,x",
)
_MOMENT = datetime(2026, 11, 5, 6, 7, 8, 123456, tzinfo=UTC)
_CAPTURE = Capture(
    capture_id="0a",
    country_id="tt",
    round_id="2026-11",
    site_id="tt-a",
    seq=3,
    url="http://a.kg/\u2028",
    referrer_url=None,
    link_text='Подать "заявку"\n\\',
    depth=2,
    source="web",
    captured_at=_MOMENT.replace(microsecond=123000),
    outcome=Outcome.OK,
    outcome_detail=None,
    http_status=200,
    content_type="text/html",
    media_type="text/html",
    byte_count=7,
    body_sha256="ff",
    etag='"e"',
    last_modified=None,
    redirect_url=None,
    robots_rule="Allow: / (line 2)",
    delay_seconds=0.5,
    elapsed_seconds=0.001,
    tls_fault=None,
    ip_address="192.0.2.1",
    warc_file="tt-a-00000.warc.gz",
    warc_offset=0,
    warc_length=99,
    warc_record_id="<urn:uuid:1>",
    revisit_of=None,
)


def _link_target(base: str, href: str) -> list[str]:
    """Where a page at `base` with one link leads."""
    tree = f'<a href="{_escaped(href)}">x</a>'.encode()
    return [target for target, _ in links_of(tree, base, "text/html; charset=utf-8")]


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


@given(st.sampled_from(_BASES), _IN_ADDRESSES.map(lambda text: f"/{text}"))
@example("http://a.kg/", "//b.kg/x")
@example("http://a.kg/", "/a/../b")
@example("http://a.kg/", "/%2e%2E/b")
@example("file:///C:/x", "/D:/y")
@example("http://a.kg/", "/a?b='c'")
@example("http://a.kg/", "/p/12?a=1&b=../x")
def test_a_plain_path_is_joined_as_the_standard_joins_it(base: str, href: str):
    """What the short cut takes for plain is what WHATWG's rules leave unchanged."""
    try:
        expected = [ada_url.join_url(base, href.strip())]
    except ValueError:
        expected = []

    assert expected == _link_target(base, href)


@given(st.binary(max_size=30), st.sampled_from(["utf-8", "UTF8", "windows-1251", "utf-16", "utf-8-x", ""]))
@example("<a href=/x>Ы</a>".encode("cp1251"), "utf-8")
@example(b"\xef\xbb\xbf<a href=/x>", "utf-8")
@example(b"\xff\xfe<\0a\0", "utf-8")
def test_a_page_is_decoded_as_scrapy_decodes_it(junk: bytes, charset: str):
    """UTF-8 that says so and is so needs no guessing; all else is Scrapy's to guess."""
    body = junk + "<a href='/x' title='Ы'></a>".encode()
    said = f"text/html; charset={charset}" if charset else "text/html"
    text = HtmlResponse("http://a.kg/", body=body, headers={"Content-Type": said}).text

    assert links_of(text.encode(), "http://a.kg/", "text/html; charset=utf-8") == links_of(
        body, "http://a.kg/", said
    )


@given(_IN_ADDRESSES)
@example("x?")
@example("x;jsessionid=1?a=1")
@example("x?&&a=1&")
@example("x?utm_source=1&a=2")
@example("?a=?")
@example("??a=1&&utm_source=x")
def test_an_address_with_nothing_to_drop_is_canonical_already(rest: str):
    """Taking it apart and putting it together again would change nothing."""
    url = f"http://a.kg/{rest}"

    assert _canonical_the_long_way(url) == canonical_url(url)


def _canonical_the_long_way(url: str) -> str:
    """Every address taken apart and put together again, whether or not there is something to drop."""
    rules = frontier_rules()
    paths = re.compile("|".join(f"(?:{part})" for part in rules.dropped_path_parts), re.IGNORECASE)
    names = re.compile("|".join(f"(?:{part})" for part in rules.dropped_parameters), re.IGNORECASE)
    parsed = ada_url.URL(url)
    parsed.hash = ""
    parsed.pathname = paths.sub("", parsed.pathname)
    kept = [part for part in parsed.search[1:].split("&") if part and not names.fullmatch(part)]
    parsed.search = ""
    query = "&".join(sorted(kept, key=lambda part: part.partition("=")[0]))
    return parsed.href + (f"?{query}" if query else "")


@given(_IN_ADDRESSES)
def test_a_files_type_is_that_of_its_path(rest: str):
    """Not of the query, and of no host."""
    url = f"http://a.kg/{rest}"
    name, dot, ending = ada_url.URL(url).pathname.rpartition("/")[2].rpartition(".")

    assert (ending.lower() if dot and name else "") == file_type(url)


@given(st.text(st.characters(max_codepoint=127), max_size=30))
def test_an_ascii_path_is_compared_as_octet_by_octet(path: str):
    """Beside a letter outside ASCII, which takes the long way, it comes out the same."""
    assert normalised(path) + b"%D1%8B" == normalised(path + "ы")


def test_a_line_of_the_journal_holds_every_field(tmp_path: Path):
    """What is read back is the capture."""
    entry = Entry(capture=_CAPTURE, was_asked=True, warc_end=1)
    (tmp_path / JOURNAL_FILE).write_bytes(journal_line(entry))

    assert [_CAPTURE] == list(read_journal(tmp_path))


def test_a_capture_holds_only_plain_values():
    """The journal writes them as they stand, so no field may be a record or a list."""
    plain = (str, int, float, datetime, type(None))

    assert all(isinstance(getattr(_CAPTURE, field.name), plain) for field in fields(Capture))


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (_MOMENT, "2026-11-05T06:07:08.123456Z"),
        (_MOMENT.replace(microsecond=0), "2026-11-05T06:07:08.000000Z"),
        (_MOMENT.astimezone(timezone(timedelta(hours=6))), "2026-11-05T06:07:08.123456Z"),
    ],
)
def test_a_time_in_a_warc_is_utc_with_all_its_digits(moment: datetime, text: str):
    """Whatever zone it was taken in (W3C's profile of ISO 8601, as ISO 28500 asks)."""
    assert text == warc_time(moment)


def _record(block: bytes, kind: str = "response", **more: str) -> Record:
    return Record(
        kind=kind,
        url="http://a.kg/",
        content_type=f"application/http; msgtype={kind}",
        written_at=_MOMENT,
        block=block,
        more=tuple(more.items()),
    )


@given(st.binary(max_size=60), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"]))
def test_a_record_is_read_back_with_true_digests(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, header: bytes
):
    """By a reader that we did not write."""
    folder = tmp_path_factory.mktemp("warc")
    with WarcWriter(folder, "x", "a: b\r\n") as writer:
        place = writer.write(_record(header + body, ip="192.0.2.1"))
    raw = (folder / place.warc_file).read_bytes()[place.warc_offset :][: place.warc_length]
    record = next(ArchiveIterator(io.BytesIO(raw), parse_http=False))
    record.freeze()

    assert (place.warc_record_id, "http://a.kg/") == (record.record_id, record.headers["WARC-Target-URI"])
    assert (_MOMENT, "192.0.2.1") == (record.record_date, record.headers["ip"])
    assert record.verify_block_digest()
    assert header + body == record.reader.read()


def test_another_tool_agrees_with_both_digests(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`warcio check` reads the block's digest and the payload's."""
    with WarcWriter(tmp_path, "x", "a: b\r\n") as writer:
        place = writer.write(_record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>words"))
        writer.write(_record(b"GET / HTTP/1.1\r\nHost: a.kg\r\n\r\n", kind="request"))
    checker = Checker(type("Command", (), {"inputs": [str(tmp_path / place.warc_file)], "verbose": True}))
    checker.process_all()
    said = capsys.readouterr().out

    assert 0 == checker.exit_value
    assert "fail" not in said
    assert "digest pass" in said


def test_no_field_of_a_record_can_pass_for_two(tmp_path: Path):
    """A line break in a value is refused: what follows it would be read as a field of its own."""
    with WarcWriter(tmp_path, "x", "a: b\r\n") as writer, pytest.raises(ValueError, match="line break"):
        writer.write(_record(b"", ip="192.0.2.1\r\nWARC-Type: metadata"))


@pytest.mark.parametrize(
    "event",
    [
        Progress(kind="captured", site_id="tt-a", count=3, limit=9, url="http://a.kg/ы\u2028", outcome="ok"),
        LogLine(level=30, name="x", message='"\n'),
    ],
)
def test_an_event_is_one_line_and_is_read_back(event: Progress | LogLine):
    """Whatever its words hold."""
    line = as_line(event)

    assert (1, event) == (line.count("\n"), from_line(line))


def test_a_cookie_is_sent_back_and_only_to_its_host():
    """A jar that is empty is left alone; one that holds something is Scrapy's business."""
    cookies = SpareCookies()
    before = Request("http://a.kg/")
    cookies.process_request(before)
    cookies.process_response(before, Response("http://a.kg/", headers={"Set-Cookie": "seen=1"}))
    after, elsewhere = Request("http://a.kg/x"), Request("http://b.kg/")
    cookies.process_request(after)
    cookies.process_request(elsewhere)

    assert [None, b"seen=1", None] == [
        request.headers.get("Cookie") for request in (before, after, elsewhere)
    ]


def test_settings_of_one_site_do_not_reach_another():
    """What a copy shares are values; which value a setting has is each copy's own."""
    settings = SharedSettings({"DOWNLOAD_TIMEOUT": 7, "DOWNLOAD_HANDLERS": {"ftp": None}})
    settings.freeze()
    mine, other = settings.copy(), settings.copy()
    mine.set("DOWNLOAD_TIMEOUT", 9, priority="cmdline")

    assert dict(other) == dict(settings)
    assert [9, 7, 7] == [each["DOWNLOAD_TIMEOUT"] for each in (mine, other, settings)]
    assert [False, False, True] == [each.frozen for each in (mine, other, settings)]


class _Pipe(io.StringIO):
    """A pipe that remembers what had come through at each flush."""

    def __init__(self) -> None:
        super().__init__()
        self.flushed: list[int] = []  # lines

    def flush(self) -> None:
        self.flushed.append(self.getvalue().count("\n"))


def test_captures_are_told_together_and_ends_at_once():
    """Three captures in a row are one write; a site's end lets none of them wait."""
    pipe = _Pipe()

    async def crawl() -> None:
        tell = Teller(pipe)
        for count in range(3):
            tell.say(Progress(kind="captured", site_id="tt-a", count=count))
        assert [] == pipe.flushed
        await asyncio.sleep(0.3)
        assert [3] == pipe.flushed
        tell.say(Progress(kind="finished", site_id="tt-a"))

    asyncio.run(crawl())

    assert [3, 4] == pipe.flushed
