"""A list of WARC files is understood wherever list, files and data lie: on a disk or on a server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from s3_server import new_store, served
from small_archive import ROUND, listed, registry_in, written
from typer.testing import CliRunner, Result

from crawlers.stores.address import address_of
from crawlers.stores.bodies import Bodies
from crawlers.stores.copying import give
from pipelines.cli import app
from pipelines.operating.exits import Exit

MADE = ("captures/*/*/*", "core/*/*/*.parquet")


@pytest.fixture(scope="module")
def _server() -> Iterator[None]:
    with served():
        yield


@pytest.fixture(scope="module")
def archive(_server: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a list and its two WARC files, and a registry."""
    folder = tmp_path_factory.mktemp("archive")
    registry_in(folder)
    return listed(folder).parent


@pytest.fixture(scope="module")
def published(archive: Path) -> str:
    """The address below which a server has the same."""
    bucket = address_of(new_store()).bucket
    for path in archive.iterdir():
        boto3.client("s3").upload_file(str(path), bucket, f"crawl-data/{path.name}")
    return f"s3://{bucket}/crawl-data"


@pytest.fixture(scope="module")
def expected(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What comes of it where all lies on one disk."""
    data = tmp_path_factory.mktemp("here") / "data"
    assert Exit.OK == understand(archive, str(archive / "warc.paths"), str(data)).exit_code
    return contents(data)


def understand(archive: Path, listing: str, data: str, *more: str) -> Result:
    """Understand the files of a list."""
    said = ["--registry", str(archive / "xy.yml"), "--round", ROUND, "--jobs", "1"]
    return CliRunner().invoke(app, ["understand", "--warcs", listing, "--data", data, *said, *more])


def contents(data: Path) -> dict[str, bytes]:
    """Captures and core files."""
    found = (path for pattern in MADE for path in data.glob(pattern))
    return {str(path.relative_to(data)): path.read_bytes() for path in found}


def back(store: str, place: Path) -> dict[str, bytes]:
    """What a store has."""
    give(address_of(store), place)
    return contents(place)


def test_the_data_may_lie_on_a_store(archive: Path, expected: dict[str, bytes], tmp_path: Path):
    """The same bytes as in a folder; the same again reads no file anew."""
    store = new_store()
    first = understand(archive, str(archive / "warc.paths"), store)
    again = understand(archive, str(archive / "warc.paths"), store)

    assert "2 of 2 WARC files read (0 by earlier runs)" in first.stdout, first.stderr
    assert "2 of 2 WARC files read (2 by earlier runs)" in again.stdout, again.stderr
    assert expected == back(store, tmp_path / "back")


def test_list_and_files_may_lie_on_a_server(
    archive: Path,
    published: str,
    expected: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """Each file is fetched once; records that are needed later come one by one. A file is known again."""
    fetched: list[str] = []
    download = Bodies.download
    monkeypatch.setattr(Bodies, "download", lambda *them: (fetched.append(them[1]), download(*them)))
    data = tmp_path / "data"
    for times in ("0", "2"):
        ended = understand(archive, f"{published}/warc.paths", str(data))
        assert f"({times} by earlier runs)" in ended.stdout, ended.stderr

    assert expected == contents(data)
    assert ["crawl-data/one.warc.gz", "crawl-data/two.warc.gz"] == sorted(
        name for name in fetched if name.endswith(".gz")
    )


def test_a_list_here_may_name_files_on_a_server_for_data_on_a_store(
    archive: Path, published: str, expected: dict[str, bytes], tmp_path: Path
):
    """As Common Crawl's list does, once it was fetched."""
    store = new_store()
    ended = understand(archive, str(archive / "warc.paths"), store, "--prefix", published)

    assert Exit.OK == ended.exit_code, ended.stderr
    assert expected == back(store, tmp_path / "back")


def test_captures_that_were_driven_out_are_on_no_list(archive: Path, tmp_path: Path):
    """A site that is gathered anew, since a file changed, stands whole and by itself."""
    store = new_store()
    shutil.copytree(archive, tmp_path / "archive")
    assert Exit.OK == understand(archive, str(tmp_path / "archive" / "warc.paths"), store).exit_code
    pages = {"https://registry.example.org/ru/new": "<title>Новое</title>"}
    written(tmp_path / "archive" / "two.warc.gz", pages, 20)
    assert Exit.OK == understand(archive, str(tmp_path / "archive" / "warc.paths"), store).exit_code
    ended = CliRunner().invoke(app, ["verify", "--round", ROUND, "--data", store])

    assert Exit.OK == ended.exit_code, ended.stdout


def test_6_a_file_that_the_server_lacks_is_told_and_the_others_are_understood(
    archive: Path, published: str, tmp_path: Path
):
    """With its address."""
    (tmp_path / "list").write_text(f"{published}/one.warc.gz\n{published}/none.warc.gz\n")
    ended = understand(archive, str(tmp_path / "list"), str(tmp_path / "data"))

    assert Exit.BROKEN_ARCHIVE == ended.exit_code
    assert "1 of 2 WARC files read" in ended.stdout
    assert f"{published}/none.warc.gz" in ended.stderr


def test_a_file_on_a_server_is_imported(archive: Path, published: str, tmp_path: Path):
    """As one on a disk."""
    said = ["--registry", str(archive / "xy.yml"), "--round", ROUND]
    for source, data in ((f"{published}/one.warc.gz", "far"), (str(archive / "one.warc.gz"), "here")):
        ended = CliRunner().invoke(app, ["import", source, *said, "--data", str(tmp_path / data)])
        assert Exit.OK == ended.exit_code, ended.stderr

    assert contents(tmp_path / "here").keys() == contents(tmp_path / "far").keys()
