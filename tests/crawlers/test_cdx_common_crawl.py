"""Captures of a round out of Common Crawl's index and files."""

import gzip
from pathlib import Path

import pytest
from cdx_imports import ROUND, Fake, bodies, take
from fake_archives import common_crawl
from small_warcs import record

from crawlers.errors import ArchiveError
from crawlers.storing.shelf import site_folder


def test_common_crawls_records_are_kept_as_they_are(tmp_path: Path, serving: Fake):
    """The very record out of its WARC file, asked for by its place; the index page by page."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>page"
    records = {
        f"http://a.kg/{number}": (
            "20190510010203",
            record("response", f"http://a.kg/{number}", block, number=number),
        )
        for number in range(3)
    }
    archive = serving(common_crawl(records))
    take(f"{archive.origin}/CC-MAIN-2019-22-index", tmp_path)
    (warc,) = site_folder(tmp_path, ROUND, "tt-a").glob("*.warc.gz")
    kept = gzip.decompress(warc.read_bytes())

    assert all(record in kept for _, record in records.values())
    assert dict.fromkeys(records, b"<p>page") == bodies(tmp_path)


def test_common_crawl_without_captures_is_an_empty_archive(tmp_path: Path, serving: Fake):
    """It answers 404 then, which is no error."""
    archive = serving(common_crawl({}))
    (report,) = take(f"{archive.origin}/CC-MAIN-2019-22-index", tmp_path)

    assert {"not_archived": 1} == report.counts


def test_e10_a_damaged_record_of_common_crawl_is_refused(tmp_path: Path, serving: Fake):
    """With the file and the byte; nothing of the site is imported."""
    archive = serving(common_crawl({"http://a.kg/": ("20190510010203", b"no record at all")}))
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz, byte 0"):
        take(f"{archive.origin}/CC-MAIN-2019-22-index", tmp_path)

    assert not (tmp_path / "captures").exists()
