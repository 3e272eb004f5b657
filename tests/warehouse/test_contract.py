"""Between understanding and warehouse lie files with named columns: both sides agree on them."""

import types
from dataclasses import fields

import duckdb
import pytest

from crawlers import captures
from crawlers.politeness.ledger import Refused
from pipelines import corrections, records
from pipelines.codes import openness as openness_records
from pipelines.codes import politeness as politeness_records
from pipelines.codes import records as code_records
from warehouse.script import LAYERS, statements
from warehouse.sources import UNREAD


def rows_of(module: types.ModuleType) -> list[tuple[str, type]]:
    """Return (table, record) for each record whose docstring says "Row of <table>"."""
    return [
        (kind.__doc__.removeprefix("Row of ").split(":")[0], kind)
        for kind in vars(module).values()
        if isinstance(kind, type) and (kind.__doc__ or "").startswith("Row of ")
    ]


CONTRACTS = [
    *rows_of(corrections),
    *rows_of(records),
    *rows_of(code_records),
    *rows_of(openness_records),
    *rows_of(politeness_records),
    ("raw_captures", captures.Capture),
    ("raw_refusals", Refused),
]


@pytest.mark.parametrize(("table", "record"), CONTRACTS, ids=[table for table, _ in CONTRACTS])
def test_every_record_has_exactly_the_columns_of_its_table(
    warehouse: duckdb.DuckDBPyConnection, table: str, record: type
):
    """A field without a column would be lost, and a column without a field would be empty for ever."""
    columns = warehouse.execute(
        "select column_name from duckdb_columns() where table_name = ? order by column_index", [table]
    ).fetchall()

    read = [field.name for field in fields(record) if field.name not in UNREAD.get(table, ())]
    assert read == [name for (name,) in columns]


def test_every_table_that_is_read_from_files_has_a_record():
    """No table waits for files that nobody writes."""
    read = {table for each in statements(LAYERS) for table in each.sources}

    assert {table for table, _ in CONTRACTS} == read


def test_every_table_view_and_column_has_a_comment(warehouse: duckdb.DuckDBPyConnection):
    """What is not explained cannot be trusted, on any layer."""
    bare = warehouse.execute(
        "select table_name, '' from duckdb_tables() where comment is null"
        " union all select view_name, '' from duckdb_views() where comment is null and not internal"
        " union all select table_name, column_name from duckdb_columns() where comment is null"
        " and schema_name = 'main' and not internal"
    ).fetchall()

    assert [] == bare
