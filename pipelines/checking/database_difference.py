"""Say in what two DuckDB databases differ: rows, columns, comments, views and macros.

Their bytes cannot be compared: DuckDB leaves chance bytes in the gaps of its files.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipelines.checking.quote_check import Fault
from pipelines.checking.row_difference import Compared, differing_rows
from warehouse.engine import name as named
from warehouse.engine import quoted
from warehouse.errors import WarehouseError
from warehouse.published import read_grain
from warehouse.script import PUBLISHED, sql_files

_SIDES = ("published", "derived")
# What a database says beside its rows: one text a thing.
_SAID = """
select 'table ' || table_name, coalesce(comment, '') || sql from duckdb_tables() where database_name = $side
union all
select 'column ' || table_name || ' ' || column_name, coalesce(comment, '')
from duckdb_columns() where database_name = $side and not internal
union all
select 'view ' || view_name, coalesce(comment, '') || sql
from duckdb_views() where database_name = $side and not internal
union all
select 'macro ' || function_name, concat_ws(' ', parameters, macro_definition)
from duckdb_functions() where database_name = $side and not internal
"""


def differing_database(
    connection: duckdb.DuckDBPyConnection, name: str, published: Path, derived: Path
) -> Iterator[Fault]:
    """Yield in what the database `published`, called `name`, differs from `derived`."""
    try:
        for side, path in zip(_SIDES, (published, derived), strict=True):
            connection.execute(f"attach {quoted(str(path))} as {side} (read_only)")
        yield from _compared(connection, name)
    except (duckdb.Error, ValueError) as failure:
        yield Fault(subject=name, expected="a DuckDB database", found=f"cannot be read: {failure}")
    finally:
        for side in _SIDES:
            connection.execute(f"detach database if exists {side}")


def _compared(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[Fault]:
    found, made = (_said(connection, side) for side in _SIDES)
    for what in sorted(found.keys() | made.keys()):
        if found.get(what) != made.get(what):
            yield Fault(
                subject=f"{name}, {what}",
                expected=made.get(what, "nothing of this name"),
                found=found.get(what, "nothing of this name"),
            )
    grains = _grains()
    tables = [what.removeprefix("table ") for what in made if what.startswith("table ") and what in found]
    for table in sorted(tables):
        yield from differing_rows(
            connection,
            Compared(
                name=f"{name}, {table}",
                published=f"published.main.{named(table)}",
                derived=f"derived.main.{named(table)}",
                grain=grains[table],
            ),
        )


def _said(connection: duckdb.DuckDBPyConnection, side: str) -> dict[str, str]:
    return {str(what): str(text) for what, text in connection.execute(_SAID, {"side": side}).fetchall()}


def _grains() -> dict[str, tuple[str, ...]]:
    """Table -> the columns that tell its rows apart."""
    grains: dict[str, tuple[str, ...]] = {}
    for file in sql_files(PUBLISHED):
        try:
            table, grain = read_grain(file)
        except WarehouseError:
            continue  # macros and views: no table
        grains[table] = grain
    return grains
