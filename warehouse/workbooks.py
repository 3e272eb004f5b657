"""Write a published table as a workbook: text stays text, numbers are numbers, nothing is a formula.

What a spreadsheet cannot hold is not cut in silence: a cell that is too long says so at its end, and a
table with too many rows has no workbook at all.

XlsxWriter writes the workbook, but for the rows: it takes 6 µs for a cell, DuckDB a twentieth of that.
`workbooks.sql` says how XlsxWriter writes a cell; a test compares whole sheets with what it writes itself.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP64_LIMIT, ZipFile

import duckdb
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from warehouse.dictionary import ColumnDoc
from warehouse.engine import name, quoted
from warehouse.errors import ReleaseError
from warehouse.exports import in_order, plain
from warehouse.published import PublishedTable

MOST_ROWS = 200_000  # beyond that no spreadsheet program is a pleasure; 1,048,575 is where they end
ROWS, MEANING = "rows", "columns"  # the names of the sheets
_SHEET_OF_ROWS = "xl/worksheets/sheet1.xml"
_CELLS = Path(__file__).with_name("workbooks.sql")
_CELL_OF = {"BOOLEAN": "truth_cell", "DATE": "time_cell", "TIMESTAMP": "time_cell"}  # macros, by type
MOST_BYTES = ZIP64_LIMIT  # of a sheet: Excel repairs a file that needs more
_FETCH = 1000
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}
_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same rows, the same bytes


def write_workbook(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, path: Path, source: Path | None = None
) -> None:
    """Write `table` to `path`: rows in the order of its grain, the columns' meaning on a sheet of its own.

    `source` is its Parquet file, if that is at hand.

    Raises:
        ReleaseError: the rows take more than the 2 GiB that a part of a workbook can hold.
    """
    row_count = _count(connection, table)
    with ZipFile(_frame(table, row_count)) as frame, ZipFile(path, "w") as workbook:
        for entry in frame.infolist():
            content = frame.read(entry)
            has_rows = entry.filename == _SHEET_OF_ROWS and row_count > 0
            rows = _rows(connection, table, source)
            parts = _filled(content, table, row_count, rows) if has_rows else [content]
            with workbook.open(entry, "w") as file:
                file.writelines(parts)


def _frame(table: PublishedTable, count: int) -> BytesIO:
    """Return the workbook with one sample row for `count` rows: where the last stands, and styled as they."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
        workbook.set_properties({"title": table.name, "comments": table.meaning.en, "created": _ALWAYS})
        bold = workbook.add_format({"bold": True})
        rows = workbook.add_worksheet(ROWS)
        rows.freeze_panes(1, 0)
        rows.write_row(0, 0, [column.column for column in table.columns], bold)
        if count:
            is_time = [_CELL_OF.get(column.type) == "time_cell" for column in table.columns]
            rows.write_row(count, 0, [_ALWAYS if each else 0 for each in is_time])
        meaning = workbook.add_worksheet(MEANING)
        meaning.write_row(0, 0, ["column", "type", "ky", "ru", "en"], bold)
        for number, column in enumerate(table.columns, start=1):
            words = column.meaning
            meaning.write_row(number, 0, [column.column, column.type, words.ky, words.ru, words.en])
    return file


def _filled(sheet: bytes, table: PublishedTable, count: int, rows: Iterable[str]) -> Iterator[bytes]:
    """Yield the sheet with `rows` in place of its sample row, its last."""
    before, _, rest = sheet.partition(b'<row r="%d">' % (count + 1))
    yield before
    room = MOST_BYTES - len(sheet)
    for some in rows:
        words = some.encode()
        room -= len(words)
        if room < 0:
            raise ReleaseError(
                f"{table.name}: {count} rows need more than the {MOST_BYTES} bytes that a sheet may have"
            )
        yield words
    yield rest.partition(b"</row>")[2]


def _rows(connection: duckdb.DuckDBPyConnection, table: PublishedTable, source: Path | None) -> Iterator[str]:
    """Yield the rows of the sheet below its header, some at a time."""
    cells = ", ".join(_cells_of(table.columns))
    columns = ", ".join(plain(doc) for doc in table.columns)
    texts = ", ".join(name(doc.column) for doc in table.columns if _macro(doc) == "text_cell")
    _know_cells(connection)
    rows = connection.execute(
        f"select concat('<row r=\"', n, '\">', {cells}, '</row>') from ("  # noqa: S608 - quoted
        f"select (1 + row_number() over ())::varchar as n, texts_in_cells([{texts}]) as texts,"
        f" {_days(table.columns)} from (select {columns} from {in_order(table, source)}))"
    )
    while batch := rows.fetchmany(_FETCH):
        yield "".join(row for (row,) in batch)


def _know_cells(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the connection know the macros of cells; to make them once for each of many tables adds up."""
    try:
        connection.execute("select cut()")
    except duckdb.CatalogException:
        connection.execute(_CELLS.read_text(encoding="utf-8"))


def _cells_of(columns: Sequence[ColumnDoc]) -> Iterator[str]:
    """Yield the SQL of each column's cell; texts are taken from the list of all texts of a row."""
    places = itertools.count(1)
    for place, doc in enumerate(columns):
        macro = _macro(doc)
        value = f"texts[{next(places)}]" if macro == "text_cell" else name(doc.column)
        yield f"{macro}({quoted(xl_col_to_name(place))}, n, {value})"


def _days(columns: Sequence[ColumnDoc]) -> str:
    """Return the SQL of all columns, times as the days that a cell takes."""
    times = [name(doc.column) for doc in columns if _macro(doc) == "time_cell"]
    replaced = ", ".join(f"cell_days({each}) as {each}" for each in times)
    return f"* replace ({replaced})" if times else "*"


def _macro(doc: ColumnDoc) -> str:
    is_text = doc.type.startswith("VARCHAR")  # lists too: `plain` joins their words
    return "text_cell" if is_text else _CELL_OF.get(doc.type, "number_cell")


def _count(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> int:
    [(count,)] = connection.execute(f"select count(*) from {name(table.name)}").fetchall()  # noqa: S608 - quoted
    return int(count)
