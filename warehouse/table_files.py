"""Write the files of every published table, or take them over from the last release."""

from pathlib import Path

import duckdb

from warehouse import exports
from warehouse.formats import FORMATS, PARQUET
from warehouse.published import PublishedTable, published, with_examples
from warehouse.reuse import Earlier
from warehouse.versions import DATA_FOLDERS


def write_tables(
    connection: duckdb.DuckDBPyConnection, part: Path, before: Earlier | None
) -> tuple[tuple[PublishedTable, ...], tuple[tuple[str, int], ...]]:
    """Write the files of each published table into `part`; return the tables, and (table, rows) of each.

    `before` is the last release, if the same code wrote it.

    Raises:
        ReleaseError: two rows of a table have the same grain.
    """
    for name in DATA_FOLDERS:
        (part / name).mkdir()
    tables = with_examples(connection, published(connection))
    return tables, tuple((table.name, write_table(connection, table, part, before)) for table in tables)


def write_table(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, part: Path, before: Earlier | None
) -> int:
    """Write the files of `table`; return its number of rows.

    Its Parquet is always written: it tells whether the rows are those of the release `before`.
    """
    count = exports.count_unique(connection, table)
    sorted_rows = part / PARQUET.path(table.name)
    PARQUET.write(connection, table, sorted_rows, None)
    same = before if before and before.has(part, PARQUET.path(table.name)) else None
    for kind in FORMATS:
        if kind is PARQUET or not kind.holds(count):
            continue
        if not (same and same.give(part, kind.path(table.name))):
            kind.write(connection, table, part / kind.path(table.name), sorted_rows)
    return count
