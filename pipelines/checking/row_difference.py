"""Say which rows of a table differ between what was published and what its captures give.

Both are whatever DuckDB reads: Parquet files, or tables of attached databases. Rows are matched by the
table's grain, so that a changed row is one difference, with its column, and not a row too few and one too
many.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.checking.quote_check import Fault

MOST_ROWS = 20  # of a table, told one by one; how many more there are is told after them
_SHOWN_LETTERS = 120
Key = tuple[Any, ...]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One table, as it was published and as it was derived: two relations that SQL can name."""

    name: str  # for a person
    published: str
    derived: str
    grain: Sequence[str]


def differing_rows(connection: duckdb.DuckDBPyConnection, table: Compared) -> Iterator[Fault]:
    """Yield a fault for each row, and column of it, that is not as derived, or for columns that differ.

    Raises:
        duckdb.Error: one of the two cannot be read.
    """
    shapes = [_columns(connection, one) for one in (table.derived, table.published)]
    if shapes[0] != shapes[1]:
        yield Fault(subject=table.name, expected=_words(shapes[0]), found=_words(shapes[1]))
        return
    derived = dict(_only_in(connection, table.derived, table.published, table.grain))
    published = dict(_only_in(connection, table.published, table.derived, table.grain))
    keys = sorted(derived.keys() | published.keys(), key=repr)
    for key in keys[:MOST_ROWS]:
        subject = f"{table.name} {' '.join(str(part) for part in key)}"
        yield from _of_row(subject, derived.get(key), published.get(key))
    if len(keys) > MOST_ROWS:
        yield Fault(
            subject=table.name, expected="no further row that differs", found=f"{len(keys) - MOST_ROWS} more"
        )


def _only_in(
    connection: duckdb.DuckDBPyConnection, one: str, other: str, grain: Sequence[str]
) -> Iterator[tuple[Key, Row]]:
    """Yield the rows of `one` that `other` has not, by their key."""
    cursor = connection.execute(f"(from {one}) except all (from {other})")
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        yield tuple(row[column] for column in grain), row


def _of_row(subject: str, derived: Row | None, published: Row | None) -> Iterator[Fault]:
    if derived is None:
        yield Fault(subject=subject, expected="no such row", found="a row that the captures do not give")
    elif published is None:
        yield Fault(subject=subject, expected="a row that the captures give", found="no such row")
    else:
        for column, value in derived.items():
            if value != published[column]:
                yield Fault(
                    subject=f"{subject}, {column}", expected=_words(value), found=_words(published[column])
                )


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[str, str]]:
    found = connection.execute(f"describe (from {relation})").fetchall()
    return [(str(row[0]), str(row[1])) for row in found]


def _words(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else value
    return text if len(text) <= _SHOWN_LETTERS else f"{text[:_SHOWN_LETTERS]}…"
