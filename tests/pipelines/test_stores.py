"""A round on a store is the round in a folder: the same bytes, wherever the work is done."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import duckdb
import pytest
from command_line import baskych
from distributed import LocalCluster
from s3_server import new_store, served
from small_archive import archived, registry_in
from tiny_site import Published

from crawlers.archive import import_warcs
from crawlers.stores.address import address_of
from crawlers.stores.copying import give
from pipelines.operating.exits import Exit
from pipelines.rounds.order import in_order
from pipelines.understand import understand_round
from warehouse import settled

CHANCE = (
    "baskych.duckdb",
    "SHA256SUMS-duckdb",
    "warehouse.duckdb",
)  # DuckDB leaves chance bytes in its files


@pytest.fixture(scope="module")
def _server() -> Iterator[None]:
    with served():
        yield


@pytest.fixture
def store(_server: None, published: Published, tmp_path: Path) -> str:
    """A store that has the captures of the published round, and nothing else."""
    shutil.copytree(published.data / "captures", tmp_path / "taken" / "captures")
    address = new_store()
    assert Exit.OK == baskych("copy", str(tmp_path / "taken"), address).exit_code
    return address


def sums(folder: Path, *names: str) -> dict[str, str]:
    """SHA-256 of what lies below the folders `names`."""
    files = (path for name in names for path in (folder / name).rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name not in CHANCE
        and "latest" not in path.relative_to(folder).parts
        and ".lock" not in path.name
    }


def left_here(state: Path) -> list[str]:
    """Files of a machine's workplaces, but locks and what is noted of stores."""
    found = (path for path in (state / "stores").rglob("*") if path.is_file() and path.suffix != ".lock")
    return [path.name for path in found if ".store" not in path.parts]


def rows(warehouse: Path) -> dict[str, tuple[int, int]]:
    """How many rows each table has, and what they come to, whatever their order."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        asked = "select count(*), sum(hash(t)) from {} as t"
        return {name: connection.execute(asked.format(name)).fetchone() for name in tables}


def test_what_is_understood_and_built_on_a_store_is_what_a_folder_has(
    store: str, published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The same bytes in core; the same rows in the warehouse, which DuckDB read from the store; none left."""
    monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "state"))
    for step in (["understand", "--registry", str(published.registry)], ["build"]):
        ended = baskych(*step, "--data", store)
        assert Exit.OK == ended.exit_code, ended.stderr
    assert ended.stdout.startswith(f"{store}/warehouse.duckdb: ")
    give(address_of(store), tmp_path / "back")

    assert sums(published.data, "core/pages", "core/verdicts", "core/codes") == sums(
        tmp_path / "back", "core/pages", "core/verdicts", "core/codes"
    )
    assert rows(published.data / "warehouse.duckdb") == rows(tmp_path / "back" / "warehouse.duckdb")
    assert [] == left_here(tmp_path / "state")


@pytest.mark.soak
@pytest.mark.usefixtures("_server")
def test_settled_rounds_are_told_from_others_on_a_store_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """By the content of their files: a second build takes none of them again, and gives the same rows."""
    monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "state"))
    data, registry = tmp_path / "data", registry_in(tmp_path)
    archived(data, registry)
    for round_id in ("2026-07", "2026-08", "2026-09"):
        import_warcs([tmp_path / "data.warc.gz"], registry, "xy", round_id, data)
    for round_id in in_order(data, "xy"):
        understand_round(data, round_id, registry)
    assert Exit.OK == baskych("build", "--data", str(data)).exit_code
    (data / "settled.duckdb").unlink()
    (data / "warehouse.duckdb").rename(tmp_path / "warehouse.duckdb")
    store = new_store()
    assert Exit.OK == baskych("copy", str(data), store).exit_code

    taken = Mock(wraps=settled.fold)
    monkeypatch.setattr(settled, "fold", taken)
    for _ in range(2):
        assert Exit.OK == baskych("build", "--data", store).exit_code
    give(address_of(store), tmp_path / "back")

    assert ["2026-07", "2026-08", "2026-09"] == [call.args[2] for call in taken.call_args_list]
    assert rows(tmp_path / "warehouse.duckdb") == rows(tmp_path / "back" / "warehouse.duckdb")


def test_workers_on_other_machines_read_from_the_store_and_write_there(
    store: str, published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """They share nothing with who gave the work but the store."""
    where = ["--registry", str(published.registry), "--data", store]
    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        dashboard_address=None,
        env={"BASKYCH_STATE": str(tmp_path / "far")},
    ) as far:
        monkeypatch.setenv("BASKYCH_EXECUTOR", far.scheduler_address)
        monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "near"))
        assert Exit.OK == baskych("understand", *where).exit_code
    give(address_of(store), tmp_path / "back")

    assert (tmp_path / "far" / "stores").is_dir()
    assert [] == left_here(tmp_path / "far")
    assert sums(published.data, "core/pages", "core/verdicts") == sums(
        tmp_path / "back", "core/pages", "core/verdicts"
    )


@pytest.mark.usefixtures("_server")
def test_22_a_store_that_is_not_there_is_named():
    """With the server's own word for it, and before any page is asked for."""
    ended = baskych("run", "--data", "s3://no-such-bucket/data")

    assert Exit.STORE_FAILED == ended.exit_code
    assert "s3://no-such-bucket/data/lease.json: NoSuchBucket" in ended.stderr
