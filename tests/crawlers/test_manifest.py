"""L15: the reader of an archive does not notice a cut, so every site's folder says what must lie in it."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from small_sites import ROUND, SmallSite, page, registry_of
from test_archive import PAGE, archive, record

from crawlers.archive import import_warcs
from crawlers.captures_io import read_captures
from crawlers.errors import CaptureError
from crawlers.harvest import crawl
from crawlers.storing.manifest import Difference, check_manifest, read_manifest
from crawlers.storing.shelf import site_folder

pytestmark = pytest.mark.usefixtures("warm")  # no test here is about how a process begins

WARC = "tt-a-00000.warc.gz"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, small_site: Callable[..., SmallSite]) -> Path:
    """The folder of a site of three pages."""
    site = small_site({"/": page("/a", "/b"), "/a": page(), "/b": page()})
    data = tmp_path_factory.mktemp("data")
    crawl(registry_of({"tt-a": site.host}, allow=(site.host,)), round_id=ROUND, data=data)
    return site_folder(data, ROUND, "tt-a")


@pytest.fixture
def folder(crawled: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    for path in crawled.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def differences(folder: Path) -> list[Difference]:
    """What is not as the manifest says."""
    return list(check_manifest(folder))


def test_the_manifest_of_a_finished_visit_holds(crawled: Path):
    """Every file but the log of attempts, which goes on growing."""
    listed = read_manifest(crawled).files

    assert [] == differences(crawled)
    assert {"captures.parquet", "refusals.parquet", "site.json", "visit.json", WARC} == set(listed)


def test_the_manifest_counts_records_by_their_type(crawled: Path):
    """As a person would who opens the archive; rows of the table too."""
    listed = read_manifest(crawled).files

    assert {"request": 4, "response": 4, "warcinfo": 1} == listed[WARC].records
    assert {"row": len(read_captures(crawled))} == listed["captures.parquet"].records


@pytest.mark.parametrize("count", [1, 50, 1500])
def test_l15_a_cut_archive_is_named_with_what_is_missing(folder: Path, count: int):
    """However little is missing: the file, what is there, and what was expected."""
    content = (folder / WARC).read_bytes()
    (folder / WARC).write_bytes(content[:-count])
    (found,) = differences(folder)

    assert folder / WARC == found.path
    assert found.expected.startswith(f"{len(content)} bytes")
    assert found.found.startswith(f"{len(content) - count} bytes")
    assert "4 response" in found.expected
    assert "4 request" not in found.found


def test_l15_a_flipped_bit_is_named(folder: Path):
    """The size is right; the digest is not."""
    content = bytearray((folder / WARC).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / WARC).write_bytes(content)
    (found,) = differences(folder)

    assert folder / WARC == found.path


@pytest.mark.parametrize("name", ["captures.parquet", "site.json", WARC])
def test_l15_a_missing_file_is_named(folder: Path, name: str):
    """With what was expected of it."""
    (folder / name).unlink()
    (found,) = differences(folder)

    assert (folder / name, "no such file") == (found.path, found.found)


def test_l15_a_record_that_was_added_is_named(folder: Path):
    """A whole record at the end, which every reader would believe."""
    with (folder / WARC).open("ab") as file:
        file.write(gzip.compress(record("response", "http://a.kg/", PAGE)))
    (found,) = differences(folder)

    assert "5 response" in found.found


def test_l15_a_file_that_was_added_is_named(folder: Path):
    """Nothing lies there unsaid."""
    (folder / "more.warc.gz").write_bytes(b"x")
    (found,) = differences(folder)

    assert ("no such file", "1 bytes") == (found.expected, found.found)


def test_a_quick_check_looks_at_sizes_only(folder: Path):
    """For the doctor, who is asked often."""
    content = bytearray((folder / WARC).read_bytes())
    content[-9] ^= 1
    (folder / WARC).write_bytes(content)
    quick = list(check_manifest(folder, is_quick=True))
    (folder / WARC).write_bytes(content[:-1])

    assert [] == quick
    assert 1 == len(list(check_manifest(folder, is_quick=True)))


@pytest.mark.parametrize("content", [b"", b"{}", b'{"files": {}, "more": 1}'])
def test_what_is_no_manifest_is_refused(folder: Path, content: bytes):
    """With the file's name."""
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(CaptureError, match=r"manifest\.json"):
        differences(folder)


def test_imported_archives_have_a_manifest_too(tmp_path: Path):
    """Of what was imported now, and of what was there already."""
    for number in range(2):
        path = archive(tmp_path, record("response", f"http://a.kg/{number}", PAGE, number=number))
        import_warcs([path], None, "zz", ROUND, tmp_path)
    folder = site_folder(tmp_path, ROUND, "zz-a.kg")
    counts = [entry.records for name, entry in read_manifest(folder).files.items() if name.endswith(".gz")]

    assert [] == differences(folder)
    assert [{"response": 1, "warcinfo": 1}] * 2 == counts
