"""Build the warehouse: run every SQL file in order, into a new file, and switch to it at the end.

Readers keep the old warehouse until the new one is whole; a build that fails leaves the old one as it was.
"""

import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import structlog

from warehouse import sources
from warehouse.engine import connect, name
from warehouse.errors import BuildError, DamagedError
from warehouse.locks import only_writer

log = structlog.get_logger(__name__)

SQL = Path(__file__).parent / "sql"
LAYERS = ("codes", "raw", "core", "out")
_SOURCE = re.compile(r"\bfrom source\.(\w+)")


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

    `threads` and `memory_limit` (for example "2GB") are DuckDB's; neither changes the result.

    Raises:
        BuildError: a file cannot be read, its columns or values are not what the tables promise, the
            folder cannot be written to, or another build is running.
    """
    path = data / "warehouse.duckdb"
    with only_writer(data, "build", BuildError):
        new = data / "warehouse.duckdb.new"
        remove(new)
        try:
            rows = fill(new, data, threads, memory_limit)
            os.replace(new, path)  # noqa: PTH105 - the atomic switch, by the name that says so
        except (duckdb.Error, OSError) as problem:
            raise BuildError(f"{path}: could not be built: {problem}") from problem
        finally:
            remove(new)
    log.info("warehouse_built", path=str(path), tables=len(rows), rows=sum(count for _, count in rows))
    return BuildReport(path=path, rows=rows)


def fill(
    path: Path, data: Path, threads: int | None, memory_limit: str | None
) -> tuple[tuple[str, int], ...]:
    """Create the database at `path`, run all SQL files, and return (table, rows) for each table."""
    with connect(path, threads=threads, memory_limit=memory_limit) as connection:
        connection.execute("create schema source")
        for file in sql_files():
            run(connection, file, data)
        connection.execute("drop schema source cascade")
        return tuple(row_counts(connection))


def sql_files(layers: Iterable[str] = LAYERS) -> list[Path]:
    """Return the SQL files of the given layers, in the order in which they run."""
    return [file for layer in layers for file in sorted((SQL / layer).glob("*.sql"))]


def run(connection: duckdb.DuckDBPyConnection, file: Path, data: Path) -> None:
    """Run one SQL file, statement by statement; offer the rows it asks for before it asks.

    Raises:
        BuildError: naming the file, when one of its statements fails; DamagedError: naming the Parquet files
            that cannot be read.
    """
    asked: list[str] = []
    try:
        for statement in connection.extract_statements(file.read_text(encoding="utf-8")):
            asked = _SOURCE.findall(statement.query)
            for table in asked:
                sources.offer(connection, data, table)
            connection.execute(statement)
    except duckdb.Error as problem:
        damaged = sources.damaged(connection, data, asked)
        if damaged:
            raise DamagedError("\n".join(damaged)) from problem
        raise BuildError(f"{file.parent.name}/{file.name}: {problem}") from problem


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


def remove(path: Path) -> None:
    """Remove a half-made database, with what DuckDB keeps beside it."""
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(path.with_name(path.name + ".tmp"), ignore_errors=True)
