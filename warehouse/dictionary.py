"""What every published table and column means, in English, Kyrgyz and Russian.

English is the comment beside the column in SQL; `dictionary/*.yml` puts each comment into Kyrgyz and
Russian. A comment without its translation stops the release; a translation whose comment is gone, our tests.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.column_facts import NO_LIMITS, Limits, limits, unit_of
from warehouse.errors import DictionaryError
from warehouse.plain_yaml import read_yaml

FOLDER = Path(__file__).parent / "dictionary"
LANGUAGES = ("ky", "ru", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One meaning in three languages."""

    en: str
    ky: str
    ru: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDoc:
    """A published table and its meaning."""

    table: str
    meaning: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDoc:
    """A published column, its type and its meaning."""

    table: str
    column: str
    position: int  # from 1
    type: str  # DuckDB's, for example VARCHAR
    is_nullable: bool
    meaning: Words
    unit: str = ""  # in UCUM; empty: none
    limits: Limits = NO_LIMITS
    example: str = ""  # empty: none was looked for, or no row has a short value


def tables(connection: duckdb.DuckDBPyConnection) -> tuple[TableDoc, ...]:
    """Return every published table with its meaning, sorted by name.

    Raises:
        DictionaryError: a table has no comment, or its comment no translation.
    """
    words = read(FOLDER / "tables.yml")
    rows = connection.execute(
        "select table_name, comment from duckdb_tables()"
        " where table_name like 'out\\_%' escape '\\' order by table_name"
    ).fetchall()
    return tuple(TableDoc(table=table, meaning=meaning(words, comment, table)) for table, comment in rows)


def columns(connection: duckdb.DuckDBPyConnection) -> tuple[ColumnDoc, ...]:
    """Return every published column with its meaning, sorted by table and position.

    Raises:
        DictionaryError: a column has no comment, or its comment no translation.
    """
    words = read(FOLDER / "columns.yml")
    rows = connection.execute(
        "select table_name, column_name, column_index, data_type, is_nullable, comment from duckdb_columns()"
        " where schema_name = 'main' and table_name like 'out\\_%' escape '\\'"
        " order by table_name, column_index"
    ).fetchall()
    allowed = limits(connection)
    return tuple(
        ColumnDoc(
            table=table,
            column=column,
            position=position,
            type=kind,
            is_nullable=is_nullable,
            meaning=meaning(words, comment, f"{table}.{column}"),
            unit=unit_of(column),
            limits=allowed.get((table, column), NO_LIMITS),
        )
        for table, column, position, kind, is_nullable, comment in rows
    )


def read(path: Path) -> dict[str, Words]:
    """Return the translations that `path` holds, by their English.

    Raises:
        DictionaryError: an entry has other keys than en, ky and ru, an empty value, or stands twice.
    """
    found: dict[str, Words] = {}
    for entry in read_yaml(path):
        if set(entry) != set(LANGUAGES) or not all(isinstance(text, str) and text for text in entry.values()):
            raise DictionaryError(f"{path.name}: {entry}: expected text under en, ky and ru")
        if entry["en"] in found:
            raise DictionaryError(f"{path.name}: {entry['en']!r} stands twice")
        found[entry["en"]] = Words(**entry)
    return found


def meaning(words: dict[str, Words], comment: str | None, what: str) -> Words:
    """Return what `comment` says, in three languages.

    Raises:
        DictionaryError: there is no comment, or no translation of it.
    """
    if comment is None:
        raise DictionaryError(f"{what}: has no comment; say in SQL what it means")
    if comment not in words:
        raise DictionaryError(f"{what}: {comment!r} is not in dictionary/*.yml in Kyrgyz and Russian")
    return words[comment]


def unused(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return the English of translations that no published table or column has any more."""
    used = {doc.meaning.en for doc in tables(connection)} | {doc.meaning.en for doc in columns(connection)}
    known = {**read(FOLDER / "tables.yml"), **read(FOLDER / "columns.yml")}
    return tuple(sorted(set(known) - used))
