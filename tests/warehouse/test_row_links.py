"""Each row of a published table has a name by which an address finds it."""

from pathlib import Path

import duckdb
from portal_reading import Page

from warehouse.portal.row_links import row_id
from warehouse.published import published

# What a browser reads from Parquet as the same text as DuckDB: days and fractions it writes otherwise.
SAME_EVERYWHERE = {"VARCHAR", "BIGINT", "INTEGER", "UTINYINT"}


def test_a_row_is_named_by_its_grain():
    """In the grain's order, whatever else is in the row."""
    row = {"name": "x", "round_id": "2026-11", "stage": 3, "service_id": "tax-registration"}

    assert "row=tax-registration,2026-11,3" == row_id(row, ("service_id", "round_id", "stage"))


def test_nothing_and_no_value_are_told_apart():
    """An empty text is a value; a missing one has a sign that no text has."""
    found = [row_id({"key": value}, ("key",)) for value in (None, "", "~")]

    assert ["row=~", "row=", "row=%7E"] == found


def test_hostile_words_can_stand_in_an_id():
    """No space, no comma, nothing that marks up."""
    assert "row=%22%3E%3Cb%3E%20a%2Cb%27%21%2A%28%29%C2%A0" == row_id(
        {"key": "\"><b> a,b'!*()\xa0"}, ("key",)
    )


def test_a_long_value_is_cut_and_still_told_from_its_like():
    """By a sum of the whole of it; up to 60 letters it stands as it is."""
    whole = row_id({"key": "ң" * 60}, ("key",))
    cut, other = (row_id({"key": "a" * 60 + end}, ("key",)) for end in "bc")

    assert "row=" + "%D2%A3" * 60 == whole
    assert cut == "row=" + "a" * 40 + "~3313ef28" != other


def test_every_grain_is_the_same_text_in_every_reader(warehouse: duckdb.DuckDBPyConnection):
    """The page is made by Python, other rows are read by the browser."""
    kinds = {
        (table.name, column.column): column.type
        for table in published(warehouse)
        for column in table.columns
        if column.column in table.grain
    }

    assert set(kinds.values()) <= SAME_EVERYWHERE


def test_each_row_of_a_page_has_its_name(portal: Path, warehouse: duckdb.DuckDBPyConnection):
    """So that an address finds it without a script."""
    keys = warehouse.execute("select service_id, round_id from out_service_rounds").fetchall()
    page = Page.read(portal / "ky" / "datasets" / "out_service_rounds" / "index.html")
    named = [row.attributes["id"] for row in page.all("tr") if "id" in row.attributes]

    assert [f"row={service_id},{round_id}" for service_id, round_id in keys] == named
