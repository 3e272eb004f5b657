"""A whole round of the sample republic on a store, beside the same round in a folder."""

import hashlib
import shutil
from pathlib import Path

import pytest
from s3_server import new_store, served
from typer.testing import CliRunner

from crawlers.stores.address import address_of
from crawlers.stores.copying import give
from pipelines.cli import app, load_commands
from pipelines.operating.exits import Exit

CHANCE = ("baskych.duckdb", "SHA256SUMS-duckdb")  # DuckDB leaves chance bytes in its files


def baskych(*arguments: str) -> None:
    """Call the command line in this process."""
    load_commands()
    ended = CliRunner().invoke(app, list(arguments))
    assert Exit.OK == ended.exit_code, ended.output


def sums(data: Path) -> dict[str, str]:
    """SHA-256 of core files and of what was released."""
    files = [*(data / "core").rglob("*"), *(data / "publish").glob("2*/**/*")]
    return {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file() and path.name not in CHANCE
    }


@pytest.mark.soak
def test_a_whole_round_on_a_store_has_the_sums_of_one_in_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """From the same captures: every core file, every file of the release but DuckDB's own; and verified."""
    monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    here = str(tmp_path / "here")
    with served():
        crawled, store = new_store(), new_store()
        baskych("run", "--data", crawled, "--no-progress")  # crawls on this machine, keeps on the store
        give(address_of(crawled), tmp_path / "crawled")
        shutil.copytree(tmp_path / "crawled" / "captures", tmp_path / "here" / "captures")
        baskych("copy", here, store)
        for step in ("understand", "build", "publish"):
            baskych(step, "--data", here)
            baskych(step, "--data", store)
        baskych("verify", "--data", store)
        give(address_of(store), tmp_path / "back")

    assert len(sums(tmp_path / "here")) > 1000
    assert sums(tmp_path / "here") == sums(tmp_path / "back") == sums(tmp_path / "crawled")
    left = [path for path in (tmp_path / "state" / "stores").rglob("*") if path.is_file()]
    assert [] == [path for path in left if path.suffix != ".lock" and ".store" not in path.parts]
