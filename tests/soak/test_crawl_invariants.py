"""The invariants of the fifty kills can fail: each finds the fault that it is there for."""

import gzip
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from crawl_invariants import (
    archives_are_whole,
    manifest_holds,
    none_lost,
    none_twice,
    offsets_lead_to_records,
    others_are_content,
    records_agree,
    urls,
)

from crawlers.archive import import_warcs
from crawlers.captures import Capture
from crawlers.captures_io import read_captures
from crawlers.storing.shelf import site_folder

ROUND = "2026-11"


def record(number: int, more: str = "") -> bytes:
    """Return a WARC record of a page, with `more` header fields."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>page" + b"x" * number
    header = (
        "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Target-URI: http://a.kg/{number}\r\nWARC-Date: 2026-11-05T06:07:08Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        f"{more}Content-Length: {len(block)}\r\n"
    )
    return gzip.compress(header.encode() + b"\r\n" + block + b"\r\n\r\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of three captures."""
    archive = tmp_path / "x.warc.gz"
    archive.write_bytes(b"".join(map(record, range(3))))
    import_warcs([archive], None, "zz", ROUND, tmp_path / "data")
    return site_folder(tmp_path / "data", ROUND, "zz-a.kg")


@pytest.fixture
def captures(folder: Path) -> list[Capture]:
    """Its captures."""
    return list(read_captures(folder))


def warc(folder: Path) -> Path:
    """Its archive."""
    return next(folder.glob("*.warc.gz"))


def test_nothing_is_wrong_with_what_is_whole(folder: Path, captures: list[Capture]):
    """No invariant cries for nothing."""
    found = urls(captures)

    assert [] == records_agree(folder, captures)
    assert [] == others_are_content(folder)
    assert [] == offsets_lead_to_records(folder, captures)
    assert [] == [*none_twice(captures, found), *none_lost(captures, found, 0), *manifest_holds(folder)]


def test_a_record_without_a_row_is_found(folder: Path, captures: list[Capture]):
    """And a row without a record, and a row that stands twice."""
    shutil.rmtree(folder / "none", ignore_errors=True)

    assert records_agree(folder, captures[:-1])
    assert records_agree(folder, [*captures, captures[-1]])
    warc(folder).write_bytes(b"".join(map(record, range(2))))
    assert records_agree(folder, captures)


def test_a_record_that_others_cannot_read_is_found(folder: Path):
    """Here its digest is not its block's."""
    warc(folder).write_bytes(record(0, f"WARC-Block-Digest: sha1:{'A' * 32}\r\n"))

    assert others_are_content(folder)


@pytest.mark.parametrize("count", [1, 9, 200])
def test_an_archive_that_was_cut_is_found(folder: Path, count: int):
    """Also where others' readers say nothing."""
    assert not archives_are_whole(folder)
    warc(folder).write_bytes(warc(folder).read_bytes()[:-count])

    assert archives_are_whole(folder)


def test_an_offset_that_leads_elsewhere_is_found(folder: Path, captures: list[Capture]):
    """To another record, or into the middle of one."""
    first, second, _ = captures
    assert first.warc_offset is not None

    assert offsets_lead_to_records(folder, [replace(first, warc_offset=second.warc_offset)])
    assert offsets_lead_to_records(folder, [replace(first, warc_offset=first.warc_offset + 1)])


def test_an_address_that_was_captured_again_is_found(captures: list[Capture]):
    """Under another id, as a second visit would."""
    again = replace(captures[0], capture_id="other")

    assert none_twice([*captures, again], urls(captures))


def test_an_answer_that_was_lost_is_found(captures: list[Capture]):
    """One more than may have been under way."""
    answered = urls(captures) + Counter(["http://a.kg/lost", "http://a.kg/0"])

    assert none_lost(captures, answered, 1)
    assert not none_lost(captures, answered, 2)


def test_a_folder_that_is_not_as_its_manifest_says_is_found(folder: Path):
    """A file changed, or no manifest at all."""
    warc(folder).write_bytes(warc(folder).read_bytes()[:-1])
    changed = manifest_holds(folder)
    (folder / "manifest.json").unlink()

    assert changed
    assert manifest_holds(folder)
