"""The code that pages print for readers to copy runs, on the files of the release that it names."""

import contextlib
import io
import re
from pathlib import Path

import duckdb
import pytest
from portal_reading import Page

from warehouse.engine import connect
from warehouse.portal import addresses
from warehouse.release import Release


def snippet(folder: Path, place: str, start: str) -> str:
    """Return the code of a page that begins with `start`, reading the release's folder, not the web."""
    codes = (
        "".join(element.text) for element in Page.read(folder / addresses.file_of("en", place)).all("code")
    )
    [wanted] = [code for code in codes if code.startswith(start)]
    return re.sub(r"https://[^']*/(?=data/)", f"{folder}/", wanted)


def printed(code: str) -> str:
    """Return what a program prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code, {})  # noqa: S102 - it is what our own page prints
    return out.getvalue().strip()


@pytest.fixture(scope="module")
def sizes(released: Release) -> dict[str, tuple[int, list[str]]]:
    """Return each table's rows and columns, as the release's database has them."""
    with connect(released.folder / "data" / "baskych.duckdb", read_only=True) as connection:
        names = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        held = {name: connection.sql(f"from {name}").to_arrow_table() for name in names}
    return {name: (table.num_rows, table.column_names) for name, table in held.items()}


def test_the_python_of_each_table_s_page_reads_its_file(
    released: Release, sizes: dict[str, tuple[int, list[str]]]
):
    """And prints its rows and its columns, with the DuckDB that is locked here."""
    shown = {
        name: printed(snippet(released.folder, addresses.dataset(name), "import duckdb")) for name in sizes
    }

    assert {name: f"{rows} {columns}" for name, (rows, columns) in sizes.items()} == shown


def test_the_sql_of_each_table_s_page_reads_its_file(
    released: Release, sizes: dict[str, tuple[int, list[str]]]
):
    """Its first ten rows, or all where there are fewer."""
    with duckdb.connect() as connection:
        shown = {
            name: connection.execute(
                snippet(released.folder, addresses.dataset(name), "select * from read_parquet")
            ).fetchall()
            for name in sizes
        }

    assert {name: min(rows, 10) for name, (rows, _) in sizes.items()} == {
        name: len(rows) for name, rows in shown.items()
    }


def test_the_sql_of_the_method_page_makes_an_index_with_weights_of_one_s_own(released: Release):
    """From the published tables, between 0 and 100 for each institution that has one."""
    with connect(released.folder / "data" / "baskych.duckdb", read_only=True) as connection:
        rows = connection.execute(snippet(released.folder, addresses.METHOD, "select parts")).fetchall()

    assert [0 <= index <= 100 for _, index in rows if index is not None].count(True) >= 1
