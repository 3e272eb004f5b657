"""Which tables are published, what one row of each is, and in which order its rows stand.

All of it is said where the table is defined: the name, the type and the comment of each column, and the
grain in the second line of its SQL file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from warehouse import dictionary
from warehouse.column_facts import examples
from warehouse.dictionary import ColumnDoc, Words
from warehouse.errors import WarehouseError
from warehouse.script import PUBLISHED, sql_files

_GRAIN = re.compile(r"^-- Grain: (?P<key>[a-z0-9_, ]+)[.;]", re.MULTILINE)
_CREATE = re.compile(r"^create table (?P<table>\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """A table that readers get."""

    name: str  # with its out_
    grain: tuple[str, ...]  # columns that tell one row from any other: the order of the rows
    step: str  # the file below sql/ that makes it
    meaning: Words
    columns: tuple[ColumnDoc, ...]


def published(connection: duckdb.DuckDBPyConnection) -> tuple[PublishedTable, ...]:
    """Return every published table of the warehouse behind `connection`, sorted by name.

    Raises:
        DictionaryError: something is not documented in all three languages.
        WarehouseError: an SQL file does not say its grain.
    """
    made = [file for file in sql_files(PUBLISHED) if _CREATE.search(file.read_text("utf-8"))]
    grains = dict(read_grain(file) for file in made)
    steps = {read_grain(file)[0]: f"{file.parent.name}/{file.name}" for file in made}
    columns = dictionary.columns(connection)
    return tuple(
        PublishedTable(
            name=doc.table,
            grain=grains[doc.table],
            step=steps[doc.table],
            meaning=doc.meaning,
            columns=tuple(column for column in columns if column.table == doc.table),
        )
        for doc in dictionary.tables(connection)
    )


def with_examples(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[PublishedTable]
) -> tuple[PublishedTable, ...]:
    """Return `tables` with a value of each column, by which a reader sees what it looks like."""
    return tuple(replace(table, columns=_shown(connection, table)) for table in tables)


def _shown(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> tuple[ColumnDoc, ...]:
    found = examples(connection, table.name, {each.column: each.type for each in table.columns})
    return tuple(replace(each, example=value) for each, value in zip(table.columns, found, strict=True))


def read_grain(file: Path) -> tuple[str, tuple[str, ...]]:
    """Return the name of the table that `file` defines, and its grain.

    Raises:
        WarehouseError: the file does not say its grain.
    """
    text = file.read_text(encoding="utf-8")
    table, grain = _CREATE.search(text), _GRAIN.search(text)
    if table is None or grain is None:
        raise WarehouseError(f"{file.name}: expected '-- Grain: column, column.' and a table")
    return table["table"], tuple(part.strip() for part in grain["key"].split(","))
