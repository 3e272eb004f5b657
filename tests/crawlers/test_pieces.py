"""The small verbs of the crawler: decoding, sniffing, addresses, outcomes, locks, captures in Parquet."""

import gzip
import subprocess
import sys
import time
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.captures import Capture
from crawlers.captures_io import captures_schema, read_captures, write_captures
from crawlers.errors import CaptureError, LockHeldError
from crawlers.network.answers import Answer, Asked
from crawlers.network.decoding import DamagedError, TooBigError, dechunk, decode
from crawlers.network.redirects import refresh_of
from crawlers.network.sniff import sniff
from crawlers.outcomes import Outcome, about, outcome_of_status
from crawlers.politeness.retry_after import retry_after
from crawlers.storing.lock import only_one
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.links import links_of

BOMBS = Path(__file__).parents[2].parent / "shared" / "vectors" / "bombs"
needs_vectors = pytest.mark.skipif(not BOMBS.exists(), reason="the shared vectors are not here")
NOW = datetime(2026, 11, 5, 6, 7, 8, 123000, tzinfo=UTC)
WORDS = "Кызматтар".encode() * 100

CAPTURE = Capture(
    capture_id="c1",
    country_id="tt",
    round_id="2026-11",
    site_id="tt-a",
    seq=0,
    url="http://a.kg/",
    referrer_url=None,
    link_text="Кызмат",
    depth=0,
    source="web",
    captured_at=NOW,
    outcome=Outcome.OK,
    outcome_detail=None,
    http_status=200,
    content_type="text/html",
    media_type="text/html",
    byte_count=3,
    body_sha256="ab",
    etag=None,
    last_modified=None,
    redirect_url=None,
    robots_rule=None,
    delay_seconds=5.0,
    elapsed_seconds=0.1,
    tls_fault=None,
    ip_address=None,
    warc_file=None,
    warc_offset=None,
    warc_length=None,
    warc_record_id=None,
    revisit_of=None,
)


def test_captures_are_read_as_they_were_written(tmp_path: Path):
    """In the order of their numbers, every field of its type."""
    rows = [CAPTURE, replace(CAPTURE, seq=1, capture_id="c2", outcome=Outcome.GONE, http_status=None)]
    write_captures(tmp_path, iter(rows))

    assert tuple(rows) == read_captures(tmp_path)


def test_more_captures_than_are_held_at_once_are_read_as_they_were_written(tmp_path: Path):
    """In several pieces; a site may have more pages than fit into memory."""
    rows = tuple(replace(CAPTURE, seq=number, capture_id=str(number)) for number in range(4001))
    write_captures(tmp_path, iter(rows))

    assert rows == read_captures(tmp_path)


def test_captures_out_of_order_are_refused(tmp_path: Path):
    """Whoever mixes them up is told; what was there stays."""
    rows = [CAPTURE, replace(CAPTURE, seq=1)]
    write_captures(tmp_path, rows)
    with pytest.raises(CaptureError, match="capture 0 comes after 1"):
        write_captures(tmp_path, reversed(rows))

    assert tuple(rows) == read_captures(tmp_path)


def test_the_columns_are_the_fields():
    """Nothing declares them twice."""
    assert list(Capture.__dataclass_fields__) == captures_schema().names


@pytest.mark.parametrize(("column", "value"), [("outcome", "heavenly"), ("seq", "one"), ("url", None)])
def test_captures_with_a_value_that_none_has_are_refused_by_their_file(
    tmp_path: Path, column: str, value: str | None
):
    """Another version, or another program, may have written them; nobody sees a traceback for that."""
    path = write_captures(tmp_path, [CAPTURE])
    table = pq.read_table(path)
    odd = pa.array([value], pa.string())
    pq.write_table(table.set_column(table.schema.names.index(column), column, odd), path)

    with pytest.raises(CaptureError, match=r"captures\.parquet: .*expected"):
        read_captures(tmp_path)


def test_a_damaged_table_is_named(tmp_path: Path):
    """The message says which file."""
    (tmp_path / "captures.parquet").write_bytes(b"PAR1")
    with pytest.raises(CaptureError, match=r"captures\.parquet"):
        read_captures(tmp_path)


def _bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        (None, WORDS),
        ("gzip", gzip.compress(WORDS)),
        ("x-gzip", gzip.compress(WORDS[:90]) + gzip.compress(WORDS[90:])),
        ("gzip", gzip.compress(WORDS) + b"\0" * 9),
        ("deflate", zlib.compress(WORDS)),
        ("deflate", _bare_deflate(WORDS)),
        ("gzip, deflate", zlib.compress(gzip.compress(WORDS))),
        ("gzip", WORDS),
        ("unknown", WORDS),
    ],
    ids=[
        "none",
        "gzip",
        "two members",
        "padded",
        "deflate",
        "bare deflate",
        "twice",
        "mislabelled",
        "unknown",
    ],
)
def test_a6_content_encodings_are_undone(encoding: str | None, packed: bytes):
    """One or several, as servers really send them, and none where the label lies."""
    assert WORDS == decode(packed, content_encoding=encoding)


@needs_vectors
@pytest.mark.parametrize("name", ["br", "deflate", "gzip", "zstd"])
def test_a6_a_bomb_goes_no_further_than_the_limit(name: str):
    """Scrapy's own four bombs: eleven megabytes from a few kilobytes."""
    with pytest.raises(TooBigError):
        decode((BOMBS / f"bomb-{name}.bin").read_bytes(), content_encoding=name, limit=1_000_000)


@needs_vectors
@pytest.mark.parametrize("name", ["truncated-crc-error-short", "truncated-crc-error", "unexpected-eof"])
def test_a6_damaged_data_gives_no_partial_text(name: str):
    """A body that ends too early is a fault, not a shorter page."""
    with pytest.raises(DamagedError):
        decode((BOMBS / f"{name}.gz").read_bytes(), content_encoding="gzip")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n", b"hello world"),
        (b"hello", b"hello"),
        (b"5\nhello\n0\n\n", b"hello"),
    ],
)
def test_chunks_are_joined_where_there_are_any(body: bytes, expected: bytes):
    """Archives hold both, under the same header."""
    assert expected == dechunk(body)


@pytest.mark.parametrize(
    ("body", "said", "media_type"),
    [
        (b"%PDF-1.7", "text/html", "application/pdf"),
        (b"  <!DOCTYPE HTML>", "text/plain", "text/html"),
        ("<!doctype html>".encode("utf-16"), None, "text/html"),
        (b"PK\x03\x04", "application/msword", "application/zip"),
        (b"\x00\x01\x02\x03", "text/html", "application/octet-stream"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html>", "application/xhtml+xml", "text/html"),
        (b"<?xml version='1.0'?><urlset>", "application/xml", "application/xml"),
        (b"plain words", None, "text/plain"),
        (b"", "text/html", None),
    ],
)
def test_d4_the_bytes_say_what_they_are(body: bytes, said: str | None, media_type: str | None):
    """Not the server."""
    assert media_type == sniff(body, said)


@given(st.text(max_size=40))
def test_a_canonical_address_stays_as_it_is(text: str):
    """Applying the rule twice changes nothing."""
    once = canonical_url(f"http://a.kg/{text}")

    assert once is None or once == canonical_url(once)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://A.KG:80/x#y", "http://a.kg/x"),
        ("http://пример.рф/", "http://xn--e1afmkfd.xn--p1ai/"),
        ("http://a.kg/x;jsessionid=0A1B?id=2&PHPSESSID=q", "http://a.kg/x?id=2"),
        ("http://a.kg/?id=2&utm_source=x&utm_medium=y", "http://a.kg/?id=2"),
        ("http://a.kg/article?sid=12", "http://a.kg/article?sid=12"),
        ("http://a.kg/(S(abc123))/x.aspx", "http://a.kg/x.aspx"),
        ("javascript:alert(1)", None),
        ("http://user:word@a.kg/", None),
    ],
)
def test_c2_a_page_has_one_address(url: str, canonical: str | None):
    """Sessions and advertising tags name a visit, not a page."""
    assert canonical == canonical_url(url)


def test_links_are_those_that_a_browser_sees():
    """With the page's base, in its encoding, and with their texts."""
    html = (
        "<base href='/ru/'><a href='x?a=1&amp;b=2'> Подать <b>заявку</b></a><area href='//b.kg/' title='Б'>"
    )
    links = links_of(html.encode("cp1251"), "http://a.kg/q", "text/html; charset=windows-1251")

    assert [("http://a.kg/ru/x?a=1&b=2", "Подать заявку"), ("http://b.kg/", "Б")] == links


@pytest.mark.parametrize("begins", ["", "0", "0 ;"])
def test_a_refresh_of_spaces_holds_up_no_visit(begins: str):
    """Neither in a page nor in a header field: the pattern reads each space once, not once for each other."""
    html = f"<meta http-equiv=refresh content='{begins}{' ' * 3_000}x'>".encode()
    answer = Answer(
        asked=Asked(url="http://a.kg/", asked_at=datetime.now(UTC), header=b""),
        elapsed_seconds=0.0,
        status=200,
        headers=(("Refresh", f"{begins}{' ' * 30_000}x"),),
        body=b"",
        ip_address=None,
        tls_fault=None,
        is_cut=False,
    )
    begun = time.process_time()

    assert [] == links_of(html, "http://a.kg/", "text/html; charset=utf-8")
    assert [] == refresh_of(answer, "http://a.kg/")
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Thu, 05 Nov 2026 06:08:08 GMT", 59.877),
        ("Thu, 05 Nov 2020 06:08:08 GMT", 0.0),
        ("soon", 0.0),
        (None, 0.0),
    ],
)
def test_a10_retry_after_is_seconds_or_a_date(value: str | None, seconds: float):
    """The past and nonsense ask for nothing."""
    assert seconds == pytest.approx(retry_after(value, NOW))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_explained_in_three_languages(outcome: Outcome):
    """Label and advice, none of them a copy of another language's."""
    known = about(outcome)

    assert 3 == len({known.advice.ky, known.advice.ru, known.advice.en})
    assert 3 == len({known.label.ky, known.label.ru, known.label.en})


def test_a_status_is_an_outcome():
    """RFC 9110's classes, and the codes that mean something of their own."""
    expected = {200: "ok", 301: "redirected", 304: "unchanged", 401: "login", 403: "blocked", 404: "gone"}
    expected |= {
        418: "unreachable_http_4xx",
        429: "rate_limited",
        500: "unreachable_http_5xx",
        999: "bad_content",
    }

    assert expected == {status: outcome_of_status(status).value for status in expected}


def test_e3_a_second_process_is_told_who_holds_the_folder(tmp_path: Path):
    """And may try again when that one has ended."""
    code = (
        "import pathlib, sys\nfrom crawlers.storing.lock import only_one\n"
        f"with only_one(pathlib.Path({str(tmp_path)!r})):\n print('held', flush=True)\n sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    holder.stdout.readline()
    with pytest.raises(LockHeldError, match=f"process {holder.pid};"), only_one(tmp_path):
        pass
    holder.communicate("")

    with only_one(tmp_path), only_one(tmp_path):
        assert (tmp_path / ".lock").exists()
