"""A file that a command is given may lie on a server, and is called by its address."""

import json
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from command_line import baskych
from s3_server import new_store, served
from small_archive import PAGES, REGISTRY, written

from crawlers.stores.address import address_of
from pipelines.defs.country import scope_from
from pipelines.operating.exits import Exit


@pytest.fixture(scope="module")
def _server() -> Iterator[None]:
    with served():
        yield


@pytest.fixture(scope="module")
def there(_server: None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder on a server with a registry and a WARC file."""
    folder = tmp_path_factory.mktemp("there")
    (folder / "xy.yml").write_text(REGISTRY, "utf-8")
    written(folder / "pages.warc.gz", PAGES)
    bucket = address_of(new_store()).bucket
    for path in folder.iterdir():
        boto3.client("s3").upload_file(str(path), bucket, f"of others/{path.name}")
    return f"s3://{bucket}/of others"


def test_a_registry_may_lie_on_a_server(there: str, tmp_path: Path):
    """And the archive that is imported by it."""
    said = ["--registry", f"{there}/xy.yml", "--round", "2026-10", "--data", str(tmp_path / "data")]
    ended = baskych("import", f"{there}/pages.warc.gz", *said)

    assert Exit.OK == ended.exit_code, ended.stderr
    assert (tmp_path / "data" / "captures" / "2026-10" / "xy-registry").is_dir()


def test_dagsters_processes_find_a_registry_on_a_server(there: str, tmp_path: Path):
    """Each has a copy for as long as it lives."""
    scope = scope_from({"BASKYCH_REGISTRY": f"{there}/xy.yml", "BASKYCH_DATA": str(tmp_path)})

    assert "xy" == scope.country_id


def test_a_page_on_a_server_is_explained(there: str):
    """Programs are told the address, not what the copy was called."""
    ended = baskych("inspect", f"{there}/pages.warc.gz", "--json")

    assert {f"{there}/pages.warc.gz"} == {json.loads(line)["file"] for line in ended.stdout.splitlines()}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("inspect --batch s3://bucket/manifest.jsonl", "lie beside it"),
        ("evaluate s3://bucket/gold.jsonl", "lie beside it"),
        ("init --country uz --registry s3://bucket/uz.yml", "it is to be filled in"),
    ],
)
def test_2_what_must_be_a_file_of_this_machine_says_why(said: str, why: str):
    """Before any server is asked."""
    ended = baskych(*said.split())

    assert Exit.USAGE == ended.exit_code
    assert "expected a file of this machine" in ended.stderr
    assert why in ended.stderr


@pytest.mark.usefixtures("_server")
def test_22_a_file_that_is_not_there_is_named_by_its_address(there: str):
    """With the server's word for it."""
    ended = baskych("doctor", "--registry", f"{there}/none.yml")

    assert Exit.STORE_FAILED == ended.exit_code
    assert f"{there}/none.yml" in ended.stderr
