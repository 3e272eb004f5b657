"""Write a published table as a workbook: text stays text, numbers are numbers, nothing is a formula.

What a spreadsheet cannot hold is not cut in silence: a cell that is too long says so at its end, and a
table with too many rows has no workbook at all.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from warehouse.engine import name
from warehouse.exports import plain
from warehouse.published import PublishedTable

MOST_ROWS = 200_000  # beyond that no spreadsheet program is a pleasure; 1,048,575 is where they end
LONGEST_CELL = 32_767  # characters
CUT = "… [cut: see the CSV file]"
_FETCH = 1000
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))  # XML has no such characters
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}
_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same rows, the same bytes


def write_workbook(connection: duckdb.DuckDBPyConnection, table: PublishedTable, path: Path) -> None:
    """Write `table` to `path`: rows in the order of its grain, the columns' meaning on a sheet of its own."""
    with xlsxwriter.Workbook(str(path), _OPTIONS) as workbook:
        workbook.set_properties({"title": table.name, "comments": table.meaning.en, "created": _ALWAYS})
        bold = workbook.add_format({"bold": True})
        rows = workbook.add_worksheet("rows")
        rows.freeze_panes(1, 0)
        rows.write_row(0, 0, [column.column for column in table.columns], bold)
        for number, row in enumerate(_rows(connection, table), start=1):
            rows.write_row(number, 0, [_cell(value) for value in row])
        meaning = workbook.add_worksheet("columns")
        meaning.write_row(0, 0, ["column", "type", "ky", "ru", "en"], bold)
        for number, column in enumerate(table.columns, start=1):
            words = column.meaning
            meaning.write_row(number, 0, [column.column, column.type, words.ky, words.ru, words.en])


def _rows(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> Iterator[tuple[Any, ...]]:
    columns = ", ".join(plain(doc) for doc in table.columns)
    order = ", ".join(f"{name(table.name)}.{name(column)}" for column in table.grain)
    found = connection.cursor().execute(
        f"select {columns} from {name(table.name)} order by {order}"  # noqa: S608 - quoted
    )
    while batch := found.fetchmany(_FETCH):
        yield from batch


def _cell(value: object) -> object:
    """The value as a cell can hold it."""
    if not isinstance(value, str):
        return value
    words = value.translate(_CONTROLS)
    return words if len(words) <= LONGEST_CELL else words[: LONGEST_CELL - len(CUT)] + CUT
