"""A workbook is what XlsxWriter would write itself, cell by cell, but for the time that it takes."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from warehouse import workbooks
from warehouse.dictionary import ColumnDoc, Words
from warehouse.engine import connect
from warehouse.errors import ReleaseError
from warehouse.published import PublishedTable
from warehouse.workbooks import write_workbook

TYPES = {"id": "BIGINT", "words": "VARCHAR", "share": "DOUBLE", "is_met": "BOOLEAN", "seen_at": "TIMESTAMP"}
TYPES |= {"day": "DATE", "languages": "VARCHAR[]"}
WORDS = Words(en="?", ky="?", ru="?")
TABLE = PublishedTable(
    name="out_things",
    grain=("id",),
    step="?",
    meaning=WORDS,
    columns=tuple(
        ColumnDoc(
            table="out_things", column=column, position=place, type=kind, is_nullable=True, meaning=WORDS
        )
        for place, (column, kind) in enumerate(TYPES.items(), start=1)
    ),
)
Row = tuple[int, str | None, float | None, bool | None, datetime | None, date | None, list[str] | None]
EMPTY: Row = (1, None, None, None, None, None, None)


@pytest.fixture(name="things")
def _things() -> Iterator[duckdb.DuckDBPyConnection]:
    with with_things() as connection:
        yield connection


def with_things() -> duckdb.DuckDBPyConnection:
    """A database with the table, still empty."""
    connection = connect(None, threads=2)
    columns = ", ".join(f"{column} {kind}" for column, kind in TYPES.items())
    connection.execute(f"create table out_things ({columns})")
    return connection


def sheet(connection: duckdb.DuckDBPyConnection, rows: list[Row], path: Path | BytesIO) -> str:
    """The rows as our workbook has them."""
    connection.executemany("insert into out_things values (?, ?, ?, ?, ?, ?, ?)", rows)
    write_workbook(connection, TABLE, path)  # type: ignore[arg-type] # zipfile takes both
    return rows_of(path)


def rows_of(workbook: Path | BytesIO) -> str:
    """The XML of the rows below the header."""
    with ZipFile(workbook) as file:
        xml = file.read("xl/worksheets/sheet1.xml").decode()
    return xml.partition("</row>")[2]


def by_xlsxwriter(rows: list[Row]) -> str:
    """The same rows as XlsxWriter writes them."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    file = BytesIO()
    with xlsxwriter.Workbook(file, options | {"default_date_format": "yyyy-mm-dd"}) as workbook:
        bold, worksheet = workbook.add_format({"bold": True}), workbook.add_worksheet()
        worksheet.write_row(0, 0, list(TYPES), bold)
        for number, row in enumerate(rows, start=1):
            values = [",".join(value) if isinstance(value, list) else value for value in row]
            worksheet.write_row(number, 0, values)
    return rows_of(file)


@given(
    st.lists(
        st.tuples(
            st.text(
                st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("<>&_x0041\t\n\r\"' "))
            )
            # Controls are left out before, and what only looks like rich text is none of XlsxWriter's to us.
            .map(lambda words: "".join(each for each in words if each in "\t\n\r" or each >= " "))
            .filter(lambda words: not words.startswith("<r>")),
            st.floats(allow_nan=False, allow_infinity=False),
            st.booleans() | st.none(),
            st.datetimes(*map(datetime.fromisoformat, ("1901-01-01", "2262-01-01"))) | st.none(),
            st.dates(date(1901, 1, 1)) | st.none(),
            st.lists(st.text("abү", min_size=1)) | st.none(),
        ),
        min_size=1,
        max_size=20,
    )
)
@settings(deadline=None, max_examples=10)
def test_rows_are_letter_for_letter_those_of_xlsxwriter(values: list[tuple[object, ...]]):
    """Whatever the values are, the library's own sheet is the measure."""
    rows: list[Row] = [(number, *row) for number, row in enumerate(values)]  # type: ignore[misc] # as drawn
    with with_things() as things:
        ours = sheet(things, rows, BytesIO())

    assert by_xlsxwriter(rows) == ours


def test_many_rows_stand_in_the_order_of_their_grain(things: duckdb.DuckDBPyConnection, tmp_path: Path):
    """However many threads sort them; and each row has its number."""
    things.execute(
        "insert into out_things (id, words) select n, 'x' from range(300000) as t(n) order by hash(n)"
    )
    things.execute("delete from out_things where id >= 150000")
    write_workbook(things, TABLE, tmp_path / "a.xlsx")
    expected = "".join(
        f'<row r="{n + 2}"><c r="A{n + 2}"><v>{n}</v></c>'
        f'<c r="B{n + 2}" t="inlineStr"><is><t>x</t></is></c></row>'
        for n in range(150_000)
    )

    assert rows_of(tmp_path / "a.xlsx").startswith(expected)


def test_a_text_that_looks_like_xml_is_text(things: duckdb.DuckDBPyConnection, tmp_path: Path):
    """XlsxWriter takes what stands between these two tags for its own, and writes it as it is."""
    words = "<r><t>bold</t></r>"
    sheet(things, [(1, words, *EMPTY[2:])], tmp_path / "a.xlsx")

    assert words == load_workbook(tmp_path / "a.xlsx")["rows"]["B2"].value


def test_control_characters_are_left_out(things: duckdb.DuckDBPyConnection, tmp_path: Path):
    """XML has no such characters; a cell of nothing else is empty."""
    sheet(things, [(1, "a\x07b", *EMPTY[2:]), (2, "\x01", *EMPTY[2:])], tmp_path / "a.xlsx")
    found = load_workbook(tmp_path / "a.xlsx")["rows"]

    assert ("ab", None) == (found["B2"].value, found["B3"].value)


@pytest.mark.parametrize("letter", ["ү", "👩"])
def test_a_long_cell_is_cut_to_what_excel_counts(
    things: duckdb.DuckDBPyConnection, tmp_path: Path, letter: str
):
    """Excel counts in UTF-16, so letters beyond U+FFFF twice; and the cell says that it was cut."""
    sheet(things, [(1, letter * 40_000, *EMPTY[2:])], tmp_path / "a.xlsx")
    words = str(load_workbook(tmp_path / "a.xlsx")["rows"]["B2"].value)

    assert 32_700 < len(words.encode("utf-16-le")) // 2 <= 32_767
    assert words.endswith("[cut: see the CSV file]")


def test_a_number_that_no_cell_can_hold_stops_the_release(things: duckdb.DuckDBPyConnection, tmp_path: Path):
    """A workbook with it would not open."""
    with pytest.raises(duckdb.Error, match="a workbook can hold no inf"):
        sheet(things, [(1, None, float("inf"), *EMPTY[3:])], tmp_path / "a.xlsx")


def test_a_sheet_that_is_too_large_is_refused_in_words(
    things: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Zip has room for 2 GiB; whatever is larger, Excel says it has to repair."""
    monkeypatch.setattr(workbooks, "MOST_BYTES", 2_000)

    with pytest.raises(ReleaseError, match="out_things: 2 rows need more than the 2000 bytes"):
        sheet(things, [(1, "x" * 2_000, *EMPTY[2:]), EMPTY], tmp_path / "a.xlsx")


def test_a_table_without_rows_has_its_header(things: duckdb.DuckDBPyConnection, tmp_path: Path):
    """Columns and what they mean are there all the same."""
    write_workbook(things, TABLE, tmp_path / "a.xlsx")
    workbook = load_workbook(tmp_path / "a.xlsx")

    assert [tuple(TYPES)] == list(workbook["rows"].iter_rows(values_only=True))
    assert len(TYPES) + 1 == workbook["columns"].max_row
