"""DuckDB keeps to little memory; what does not do with that is made again in more, and never fails for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse import build as building
from warehouse import little_memory
from warehouse.build import build
from warehouse.engine import connect, transaction
from warehouse.errors import BuildError, NeedsMemoryError
from warehouse.little_memory import (
    Means,
    allow_more,
    at_rest,
    in_little_memory,
    little,
    with_more_where_needed,
)
from warehouse.release import publish


def test_each_thread_has_its_share():
    """So a machine with more cores is not slower for it."""
    assert ("128MiB", "512MiB") == (little(1), little(4))


@pytest.mark.parametrize("problem", [duckdb.OutOfMemoryException("full"), NeedsMemoryError("core/x.sql")])
def test_what_needs_more_is_made_again_and_at_last_without_a_limit_of_ours(problem: Exception):
    """Only where memory was what it lacked."""
    given = []

    def make(limit: str | None) -> str:
        given.append(limit)
        if limit:
            raise problem
        return "made"

    assert "made" == in_little_memory(make, 1)
    assert ["128MiB", "512MiB", None] == given


def test_another_failure_is_told_at_once():
    """To try again would hide it."""
    given = []

    def make(limit: str | None) -> None:
        given.append(limit)
        raise BuildError("a column is missing")

    with pytest.raises(BuildError, match="a column is missing"):
        in_little_memory(make, 1)
    assert ["128MiB"] == given


def test_a_statement_that_needs_more_than_it_may_have_is_named(data: Path):
    """A person who set the limit is told where it was too low; the old warehouse stands."""
    with pytest.raises(BuildError):
        build(data, threads=1, memory_limit="1MB")
    assert not list(data.glob("warehouse.duckdb*"))


def test_a_warehouse_is_built_where_little_memory_does_not_do(data: Path, monkeypatch: pytest.MonkeyPatch):
    """With the same rows. The first try is refused: what DuckDB does in next to none differs by the day."""
    monkeypatch.setattr(little_memory, "OF_A_THREAD", 1)
    limits = []
    filled = building.filled

    def noted(*given: Any, **more: Any) -> object:
        limits.append(given[3])
        made = filled(*given, **more)
        if limits == ["1MiB"]:
            raise NeedsMemoryError("core/x.sql: 1 MiB is not enough")
        return made

    monkeypatch.setattr(building, "filled", noted)

    assert 7 == build(data, threads=1).count("out_services")
    assert ["1MiB", "4MiB"] == limits[:2]


@pytest.mark.usefixtures("small_release")
def test_a_release_is_made_where_little_memory_does_not_do(own: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing of the first try is left, and nothing was kept apart."""
    monkeypatch.setattr(little_memory, "OF_A_THREAD", 1)
    version = publish(own, threads=1).version

    assert {version, "latest"} == {path.name for path in (own / "publish").iterdir() if path.name[0] != "."}
    assert not (own / "publish-failed").exists()


def test_what_does_not_fit_lies_where_it_is_told_to(tmp_path: Path):
    """Not where somebody happens to stand."""
    means = Means(threads=1, memory_limit="20MiB", spill=tmp_path / "spill")
    with means.opened(None) as connection:
        connection.execute("create table t as select range as n, repeat('x', 200) from range(300000)")
        connection.execute("select n from t order by n desc")

        assert (tmp_path / "spill").is_dir()
    assert not (tmp_path / "spill").exists() or not list((tmp_path / "spill").iterdir())


@pytest.fixture
def small() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with little memory."""
    with connect(None, threads=1, memory_limit="64MiB") as connection:
        yield connection


def needs(connection: duckdb.DuckDBPyConnection, most: str, seen: list[str]) -> None:
    """Note the limit; want it to be `most`."""
    [(limit,)] = connection.execute("select current_setting('memory_limit')").fetchall()
    seen.append(limit)
    if limit != most:
        raise NeedsMemoryError(f"core/x.sql: {limit} are not enough")


def test_a_single_statement_has_more_where_it_needs_it(small: duckdb.DuckDBPyConnection):
    """And those after it do not."""
    allow_more(small)
    seen: list[str] = []
    with_more_where_needed(small, lambda: needs(small, "256.0 MiB", seen))
    with_more_where_needed(small, lambda: needs(small, "64.0 MiB", seen))

    assert ["64.0 MiB", "80.0 MiB", "96.0 MiB", "128.0 MiB", "256.0 MiB", "64.0 MiB"] == seen


def kept(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many bytes a connection has in memory."""
    [(count,)] = connection.execute("select sum(memory_usage_bytes) from duckdb_memory()").fetchall()
    return int(count)


def test_a_connection_at_rest_gives_back_what_it_has_read(tmp_path: Path):
    """And may read again as before."""
    with connect(tmp_path / "own.duckdb", threads=1, memory_limit="64MiB") as connection:
        connection.execute("create table numbers as select hash(range) as number from range(2_000_000)")
        connection.execute("checkpoint")
        connection.execute("select sum(number) from numbers")
        before = kept(connection)
        with at_rest(connection):
            assert kept(connection) <= 8 * 2**20 < before
        assert [("64.0 MiB",)] == connection.execute("select current_setting('memory_limit')").fetchall()


def test_what_a_connection_cannot_put_down_it_keeps(small: duckdb.DuckDBPyConnection, tmp_path: Path):
    """Another one's work goes on nevertheless."""
    small.execute("set temp_directory = ''")
    small.execute("create table numbers as select hash(range) as number from range(2_000_000)")
    before = kept(small)
    with at_rest(small):
        assert before == kept(small)
    assert [(2_000_000,)] == small.execute("select count(number) from numbers").fetchall()


def test_what_duckdb_says_itself_of_memory_gives_a_statement_more(small: duckdb.DuckDBPyConnection):
    """As when a file is written: its own error is not told as one of ours."""
    allow_more(small)
    tries = []

    def write() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate data")
        return "written"

    assert ("written", 2) == (with_more_where_needed(small, write), len(tries))


def test_most_of_the_machine_is_not_made_more(tmp_path: Path):
    """Where DuckDB has its own limit, a statement that needs more fails in words, and the machine stands."""
    tries: list[int] = []

    def need_more() -> None:
        tries.append(1)
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate data")

    with (
        Means(threads=1, spill=tmp_path / "spill").opened(None) as connection,
        pytest.raises(duckdb.OutOfMemoryException),
    ):
        with_more_where_needed(connection, need_more)
    assert [1] == tries


def test_a_limit_that_somebody_has_set_is_kept(small: duckdb.DuckDBPyConnection):
    """However little it is."""
    seen: list[str] = []

    with pytest.raises(NeedsMemoryError, match=r"core/x\.sql: 64\.0 MiB are not enough"):
        with_more_where_needed(small, lambda: needs(small, "256.0 MiB", seen))
    assert ["64.0 MiB"] == seen


def test_a_transaction_that_broke_is_told_as_what_broke_it(small: duckdb.DuckDBPyConnection):
    """It cannot go on."""
    allow_more(small)

    def fail() -> None:
        try:
            small.execute("select error('broken')")
        except duckdb.Error as problem:
            raise NeedsMemoryError("core/x.sql: broken") from problem

    with pytest.raises(NeedsMemoryError, match="broken"), transaction(small):
        with_more_where_needed(small, fail)
