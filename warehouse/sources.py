"""Where the rows of a table come from: the Parquet files that the steps before left in the data folder.

An SQL file says `from source.core_pages`; this module makes that name mean the right files. Where no file
is yet, it means no rows. Where the files' columns are not the table's, building stops and says which.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from warehouse.engine import name, quoted
from warehouse.errors import BuildError

PATTERNS = {
    "raw_": "captures/*/*/{0}.parquet",
    "core_": "core/{0}/round=*/*.parquet",
    "codes_": "core/codes/{0}/*.parquet",
}
LEFTOVERS = ("tmp_", ".")  # what a killed writer leaves behind
UNDER_WAY = (".part", ".old")  # of folders: a visit that has not ended, captures that give their place


def files(data: Path, table: str) -> list[Path]:
    """Return the Parquet files under `data` that hold the rows of `table`, sorted by path."""
    prefix = next(prefix for prefix in PATTERNS if table.startswith(prefix))
    pattern = PATTERNS[prefix].format(table.removeprefix(prefix))
    return sorted(
        path
        for path in data.glob(pattern)
        if not path.name.startswith(LEFTOVERS) and not path.parent.name.endswith(UNDER_WAY)
    )


def offer(connection: duckdb.DuckDBPyConnection, data: Path, table: str) -> None:
    """Make `source.<table>` stand for the files of `table`, or for no rows where there is no file.

    Raises:
        BuildError: the files have other columns than the table.
    """
    found = files(data, table)
    listed = ", ".join(quoted(str(path)) for path in found)
    rows = (
        f"read_parquet([{listed}], hive_partitioning = false)" if found else f"main.{name(table)} where false"
    )
    connection.execute(f"create view source.{name(table)} as select * from {rows}")  # noqa: S608 - names are ours
    given, wanted = columns(connection, "source", table), columns(connection, "main", table)
    if given != wanted:
        missing = ", ".join(sorted(wanted - given)) or "none"
        unknown = ", ".join(sorted(given - wanted)) or "none"
        raise BuildError(f"{found[0].parent}: columns of {table}: missing {missing}; unknown {unknown}")


def damaged(connection: duckdb.DuckDBPyConnection, data: Path, tables: Iterable[str]) -> list[str]:
    """Return a line on each file of `tables` that cannot be read to its end: for who failed, to say why."""
    found = []
    for path in (path for table in tables for path in files(data, table)):
        try:
            # Every value is unpacked, and none is kept.
            connection.execute("select bit_xor(hash(rows)) from read_parquet(?) as rows", [str(path)])
        except duckdb.Error as problem:
            found.append(f"{path}: cannot be read ({problem})")
    return found


def columns(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> set[str]:
    """Return the names of the columns of a table or view."""
    rows = connection.execute(
        "select column_name from duckdb_columns() where schema_name = ? and table_name = ?", [schema, table]
    ).fetchall()
    return {str(row[0]) for row in rows}
