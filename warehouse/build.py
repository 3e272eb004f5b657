"""Build the warehouse: fold round after round into a new file, say what is known now, and switch to it.

Readers keep the old warehouse until the new one is whole; a build that fails leaves the old one as it was.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import structlog

from warehouse import sources
from warehouse.engine import connect, into_file, name, remove_database
from warehouse.errors import BuildError
from warehouse.little_memory import allow_more, in_little_memory
from warehouse.locks import only_writer
from warehouse.reach import reach
from warehouse.script import AT_THE_END, fill, make
from warehouse.settled import begin, fold, settle

WAREHOUSE = "warehouse.duckdb"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build made."""

    path: Path
    rows: tuple[tuple[str, int], ...]  # (table, rows), sorted by table

    def count(self, table: str) -> int:
        """Return the number of rows of `table`."""
        return dict(self.rows)[table]


def build(data: Path, *, threads: int | None = None, memory_limit: str | None = None) -> BuildReport:
    """Make `data/warehouse.duckdb` from the files under `data`; return what is in it.

    `threads` and `memory_limit` (for example "2GB") are DuckDB's; neither changes the result. Without a
    limit it keeps to little memory, and where that does not do, to DuckDB's own limit.

    Raises:
        BuildError: a file cannot be read, its columns or values are not what the tables promise, the
            folder cannot be written to, or another build is running.
    """
    path = data / WAREHOUSE
    with only_writer(data, "build", BuildError):
        new = data / f"{WAREHOUSE}.new"
        try:
            if memory_limit:
                rows = filled(new, data, threads, memory_limit)
            else:
                rows = in_little_memory(
                    lambda limit: filled(new, data, threads, limit, may_take_more=limit is not None), threads
                )
            os.replace(new, path)  # noqa: PTH105 - the atomic switch, by the name that says so
        except (duckdb.Error, OSError) as problem:
            raise BuildError(f"{path}: could not be built: {problem}") from problem
        finally:
            remove_database(new)
    log.info("warehouse_built", path=str(path), tables=len(rows), rows=sum(count for _, count in rows))
    return BuildReport(path=path, rows=rows)


def filled(
    path: Path,
    data: Path,
    threads: int | None,
    memory_limit: str | None,
    *,
    may_take_more: bool = False,
) -> tuple[tuple[str, int], ...]:
    """Create the database at `path` from what is settled and the newest rounds; return (table, rows)."""
    remove_database(path)
    rounds = sources.rounds(data)
    settled = settle(data, rounds[:-1], threads=threads, memory_limit=memory_limit)
    if settled:
        shutil.copyfile(settled, path)
    with connect(path, threads=threads, memory_limit=memory_limit) as connection:
        reach().open_to(connection, data)
        if may_take_more:
            allow_more(connection)
        if settled:
            renew_codes(connection, data)
        else:
            begin(connection, data)
        for round_id in rounds[-1:] if settled else rounds:
            fold(connection, data, round_id)
        make(connection, AT_THE_END)
        fill(connection, AT_THE_END, data)
        connection.execute("drop schema source cascade")
        counts = tuple(row_counts(connection))
        into_file(connection)
    return counts


def renew_codes(connection: duckdb.DuckDBPyConnection, data: Path) -> None:
    """Read the codes again: those that no settled round rests on may have changed since."""
    tables = connection.execute(
        "select table_name from duckdb_tables() where starts_with(table_name, 'codes_')"
    ).fetchall()
    for (table,) in tables:
        connection.execute(f"drop table {name(table)}")
    make(connection, ("codes",))
    fill(connection, ("codes",), data)


def row_counts(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Return (table, rows) for each table, sorted by table."""
    tables = connection.execute(
        "select table_name from duckdb_tables() where not internal order by table_name"
    ).fetchall()
    return [(table, count_rows(connection, table)) for (table,) in tables]


def count_rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Return the number of rows of `table`."""
    row = connection.execute(f"select count(*) from {name(table)}").fetchone()  # noqa: S608 - quoted
    return int(row[0]) if row else 0
