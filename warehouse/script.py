"""The SQL files of the warehouse, layer by layer, and how their statements are run.

What follows from one round is filled round by round, and what is known as of the newest once, at the end. So
a file has statements of two kinds: those that make a table, a view or a macro, and those that fill a table.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from pathlib import Path

import duckdb

from warehouse import sources
from warehouse.engine import transaction
from warehouse.errors import BuildError, DamagedError, NeedsMemoryError
from warehouse.little_memory import with_more_where_needed

SQL = Path(__file__).parent / "sql"
BY_ROUND = ("raw", "core", "history", "spans", "memory")  # filled a round at a time; the last forgets
AT_THE_END = ("newest", "out")
LAYERS = ("codes", *BY_ROUND, *AT_THE_END)
PUBLISHED = ("history", "out")  # that have tables for readers
_SOURCE = re.compile(r"\bfrom source\.(\w+)")
_FILLS = {duckdb.StatementType.INSERT, duckdb.StatementType.UPDATE, duckdb.StatementType.DELETE}


class Kind(Enum):
    """What a statement does."""

    MAKES = "makes a table, a view or a macro"
    FILLS = "fills or empties a table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of an SQL file."""

    place: str  # layer/file, for who reads an error
    sql: str
    kind: Kind
    sources: tuple[str, ...]  # tables whose files it reads


def sql_files(layers: Iterable[str] = LAYERS) -> list[Path]:
    """Return the SQL files of the given layers, in the order in which they run."""
    return [file for layer in layers for file in sorted((SQL / layer).glob("*.sql"))]


@cache
def statements(layers: tuple[str, ...]) -> tuple[Statement, ...]:
    """Return all statements of the given layers, in the order in which they run."""
    return tuple(
        Statement(
            place=f"{file.parent.name}/{file.name}",
            sql=each.query,
            kind=Kind.FILLS if each.type in _FILLS else Kind.MAKES,
            sources=tuple(_SOURCE.findall(each.query)),
        )
        for file in sql_files(layers)
        for each in duckdb.extract_statements(file.read_text(encoding="utf-8"))
    )


def make(connection: duckdb.DuckDBPyConnection, layers: tuple[str, ...]) -> None:
    """Make the tables, views and macros of the given layers, with their comments, in one transaction.

    A commit for each of a thousand small statements takes as long as the statements.

    Raises:
        BuildError: naming the SQL file, when one of its statements fails.
    """
    with transaction(connection):
        for statement in _of_kind(layers, Kind.MAKES):
            try:
                connection.execute(statement.sql)
            except duckdb.Error as problem:
                raise BuildError(f"{statement.place}: {problem}") from problem


def fill(
    connection: duckdb.DuckDBPyConnection, layers: tuple[str, ...], data: Path, round_id: str = "*"
) -> None:
    """Fill the tables of the given layers; offer the rows of a round, or of all, before they are asked for.

    Raises:
        BuildError: naming the SQL file, when one of its statements fails; NeedsMemoryError: when it needs
            more than it may have; DamagedError: naming the Parquet files that cannot be read.
    """
    for statement in _of_kind(layers, Kind.FILLS):
        with_more_where_needed(connection, partial(_fill, connection, statement, data, round_id))


def _of_kind(layers: tuple[str, ...], kind: Kind) -> Iterator[Statement]:
    return (statement for statement in statements(layers) if statement.kind is kind)


def _fill(connection: duckdb.DuckDBPyConnection, statement: Statement, data: Path, round_id: str) -> None:
    try:
        for table in statement.sources:
            sources.offer(connection, data, table, round_id)
        connection.execute(statement.sql)
    except duckdb.OutOfMemoryException as problem:
        raise NeedsMemoryError(f"{statement.place}: {problem}") from problem
    except duckdb.Error as problem:
        damaged = sources.damaged(data, statement.sources, round_id)
        if damaged:
            raise DamagedError("\n".join(damaged)) from problem
        raise BuildError(f"{statement.place}: {problem}") from problem
