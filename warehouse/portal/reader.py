"""Read what pages need from the `out_*` tables, a few rows at a time.

Each question is an SQL file in `queries/`; a list of fifty thousand services is never in memory at once.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from warehouse.engine import name
from warehouse.portal.errors import PortalError

QUERIES = Path(__file__).with_name("queries")
_FETCH = 500

Row = Mapping[str, Any]  # one row of a query, by column: templates read it by name


class Reader:
    """Answers the questions of `queries/`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read from `connection`, which stays open and unchanged."""
        self.connection = connection

    def rows(self, question: str, **values: object) -> Iterator[Row]:
        """Yield the rows that answer `queries/<question>.sql` with `values` in its places.

        Raises:
            PortalError: a table or a column that the question needs is not there.
        """
        yield from self.ask(question, _sql(question), values)

    def all(self, question: str, **values: object) -> list[Row]:
        """Return all rows of a question whose answer is short."""
        return list(self.rows(question, **values))

    def count_rows(self, question: str, **values: object) -> int:
        """Return how many rows answer a question."""
        return sum(1 for _ in self.rows(question, **values))

    def first_rows(self, table: str, most: int) -> list[Row]:
        """Return the first rows of a published table, in the order in which it is kept."""
        return list(self.ask(table, f"from {name(table)} limit $most", {"most": most}))

    def count(self, table: str) -> int:
        """Return how many rows a published table has."""
        [row] = self.ask(table, f"select count(*) as row_count from {name(table)}", {})  # noqa: S608 - quoted
        return int(row["row_count"])

    def ask(self, subject: str, sql: str, values: Mapping[str, object] | None = None) -> Iterator[Row]:
        """Yield the rows that answer `sql`, which is about `subject`, with `values` in its places.

        Raises:
            PortalError: a table or a column that the question needs is not there.
        """
        with self.connection.cursor() as cursor:  # of its own, so that two answers can be read at once
            try:
                cursor.execute(sql, dict(values) if values else None)
            except duckdb.OutOfMemoryException:
                raise  # all is made again in more
            except duckdb.Error as error:
                raise PortalError(f"{subject}: {error}") from error
            columns = [column[0] for column in cursor.description or ()]
            while found := cursor.fetchmany(_FETCH):
                for row in found:
                    yield dict(zip(columns, row, strict=True))


def chunks(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """Yield `rows` as lists of `size`; one empty list where there are none, so that every list has a page."""
    yield list(islice(rows, size))
    while chunk := list(islice(rows, size)):
        yield chunk


def chunk_count(count: int, size: int) -> int:
    """Return how many lists `chunks` makes of `count` rows."""
    return max(1, -(-count // size))


@cache
def _sql(question: str) -> str:
    return (QUERIES / f"{question}.sql").read_text(encoding="utf-8")
