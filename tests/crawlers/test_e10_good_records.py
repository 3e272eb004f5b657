"""E10: of a damaged archive whole records are taken where a person asks for them, and the damage is told."""

import gzip
from pathlib import Path

import pytest
from small_sites import ROUND
from small_warcs import archive, record

from crawlers.archive import import_warcs
from crawlers.archives.quarantine import keep_apart
from crawlers.archives.salvage import Damage, good_records
from crawlers.captures_io import read_body, read_captures
from crawlers.errors import ArchiveError
from crawlers.storing.apart import REASONS
from crawlers.storing.manifest import check_manifest
from crawlers.storing.shelf import site_folder

PAGES = [
    record("response", f"http://a.kg/{number}", b"HTTP/1.1 200 OK\r\n\r\n<p>page %d" % number, number=number)
    for number in range(4)
]
PACKED = [gzip.compress(page, mtime=0) for page in PAGES]
THIRD = len(PACKED[0]) + len(PACKED[1])  # where the third begins


def damaged(folder: Path, kind: str) -> Path:
    """Write an archive of four pages whose third, or all from there on, is damaged."""
    path = archive(folder, *PAGES)
    content = bytearray(b"".join(PACKED))
    if kind == "cut":
        del content[THIRD + 20 :]
    elif kind == "flipped":
        content[THIRD + 40] ^= 0x10
    elif kind == "overwritten":
        content[THIRD : THIRD + 30] = bytes(30)
    elif kind == "checksum":
        content[THIRD + len(PACKED[2]) - 8] ^= 1
    elif kind == "rubbish":
        content += b"rubbish"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        ("cut", [0, 1]),
        ("flipped", [0, 1, 3]),
        ("overwritten", [0, 1, 3]),
        ("checksum", [0, 1, 3]),
        ("rubbish", [0, 1, 2, 3]),
    ],
)
def test_e10_whole_records_of_a_damaged_archive_are_imported_and_the_damage_is_told(
    tmp_path: Path, kind: str, good: list[int]
):
    """Those before the damage and those behind it, each with its own bytes; no record is taken by halves."""
    told: list[Damage] = []
    import_warcs([damaged(tmp_path, kind)], None, "zz", ROUND, tmp_path / "data", on_damage=told.append)
    folder = site_folder(tmp_path / "data", ROUND, "zz-a.kg")
    bodies = {one.url: read_body(folder, one) for one in read_captures(folder)}

    assert {f"http://a.kg/{number}": b"<p>page %d" % number for number in good} == bodies
    assert told[0].offset == (sum(map(len, PACKED)) if kind == "rubbish" else THIRD)
    assert [] == list(check_manifest(folder))


def test_e10_without_being_asked_nothing_of_a_damaged_archive_is_imported(tmp_path: Path):
    """Whoever does not look closely must not take a part for the whole."""
    with pytest.raises(ArchiveError, match=f"byte {THIRD}"):
        import_warcs([damaged(tmp_path, "flipped")], None, "zz", ROUND, tmp_path / "data")
    assert not (tmp_path / "data" / "captures").exists()


def test_e10_a_whole_archive_has_no_damage(tmp_path: Path):
    """And as many records as when it is read in the strict way, zeros at its end or not."""
    path = damaged(tmp_path, "none")
    path.write_bytes(path.read_bytes() + bytes(512))

    assert PAGES == [found.raw for found in good_records(path) if not isinstance(found, Damage)]
    assert len(PAGES) == len(list(good_records(path)))


def test_e10_what_is_not_packed_is_refused_for_it_has_no_checksums(tmp_path: Path):
    """A flipped bit in it could not be told from the page's own words."""
    path = tmp_path / "a.warc"
    path.write_bytes(PAGES[0])

    with pytest.raises(ArchiveError, match="is not packed"):
        list(good_records(path))


def test_e10_a_damaged_archive_is_kept_apart_with_its_faults(tmp_path: Path):
    """Once, however often it is imported; its bytes are as they came."""
    path = damaged(tmp_path, "flipped")
    (damage,) = (found for found in good_records(path) if isinstance(found, Damage))
    kept = [keep_apart(tmp_path / "data", ROUND, damage) for _ in range(2)]

    assert path.read_bytes() == kept[0].read_bytes()
    assert 1 == len((kept[0].parent / REASONS).read_text(encoding="utf-8").splitlines())
    assert f"a.warc.gz, byte {THIRD}: " in (kept[0].parent / REASONS).read_text(encoding="utf-8")
