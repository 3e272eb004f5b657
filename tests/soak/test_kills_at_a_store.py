"""A verb that is killed at any write to a store leaves what was there, and the same again ends it."""

import itertools
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from s3_server import new_store, served
from typer.testing import CliRunner

sys.path.append(str(Path(__file__).parents[1] / "pipelines"))
from small_archive import ROUND, archived, listed, registry_in

from crawlers.stores.address import address_of
from crawlers.stores.copying import give
from pipelines.cli import app, load_commands
from pipelines.operating.exits import Exit

pytestmark = pytest.mark.soak
_WRITER = Path(__file__).with_name("dying_writer.py")
_KILLED = 137


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A verb that is to be killed."""

    said: str
    counted: str  # writes before which it dies: all, or lists only
    makes: Sequence[str]  # what must be whole, or as it was


VERBS = {
    "evidence": Writing(said="evidence --registry {xy}", counted="all", makes=("evidence/*",)),
    "understand --warcs": Writing(
        said="understand --warcs {list} --registry {xy} --round 2026-10 --jobs 1",
        counted="all",
        makes=("captures/*/*/*", "core/*/*/*.parquet"),
    ),
    "rebuild": Writing(
        said="rebuild --registry {xy} --jobs 1",
        counted="lists",
        makes=("core/*/*/*.parquet", "publish/2*/**/*.parquet"),
    ),
}


@pytest.fixture(scope="module")
def _server() -> Iterator[None]:
    load_commands()
    with served():
        yield


@pytest.fixture(scope="module")
def given(_server: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the verbs name, and a store with a round that was understood."""
    folder = tmp_path_factory.mktemp("given")
    registry = registry_in(folder)
    data, store = archived(folder / "data", registry), new_store()
    baskych(f"understand --registry {folder / 'xy.yml'} --round {ROUND} --data {data}")
    baskych(f"copy {data} {store}")
    return {"xy": str(folder / "xy.yml"), "list": str(listed(folder / "archive")), "store": store}


def baskych(said: str) -> None:
    """Call the command line in this process; it ends well."""
    ended = CliRunner().invoke(app, said.split())
    assert Exit.OK == ended.exit_code, ended.output


def another(store: str) -> str:
    """Return a store of its own that has the same objects."""
    s3, source, target = boto3.client("s3"), address_of(store), new_store()
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=source.bucket):
        for found in page["Contents"]:
            there = {"Bucket": source.bucket, "Key": found["Key"]}
            s3.copy_object(Bucket=address_of(target).bucket, Key=found["Key"], CopySource=there)
    return target


def contents(store: str, place: Path, makes: Sequence[str]) -> dict[str, bytes]:
    """What a store has of what a verb makes; each file that it lists is compared with its digest."""
    give(address_of(store), place)
    found = (path for pattern in makes for path in place.glob(pattern) if path.is_file())
    return {str(path.relative_to(place)): path.read_bytes() for path in found}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_killed_at_any_write_leaves_no_half_and_ends_when_called_again(
    verb: str, given: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Whatever was listed is there whole; the second call makes what an undisturbed one makes."""
    monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "state"))
    writing, before = VERBS[verb], contents(given["store"], tmp_path / "before", VERBS[verb].makes)
    undisturbed = another(given["store"])
    said = writing.said.format(**given)
    baskych(f"{said} --data {undisturbed}")
    expected = contents(undisturbed, tmp_path / "expected", writing.makes)
    assert expected != before or verb == "rebuild"
    for number in itertools.count(1):
        store = another(given["store"])
        command = [sys.executable, _WRITER, str(number), writing.counted, *said.split(), "--data", store]
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
        if ended.returncode == Exit.OK:
            break
        assert _KILLED == ended.returncode, ended.stderr
        left = contents(store, tmp_path / f"left-{number}", writing.makes)
        baskych(f"{said} --data {store}")

        assert left.items() <= (before | expected).items()
        assert expected == contents(store, tmp_path / f"again-{number}", writing.makes)
    assert number > len(("lease", "its trial", "its trial", "a list"))
