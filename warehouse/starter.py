"""One small file to begin with: services with names in place of ids, for a first look in any spreadsheet."""

from pathlib import Path

import duckdb

from warehouse.engine import name, quoted
from warehouse.exports import BYTE_ORDER_MARK, in_spreadsheet

FOLDER = "starter"
MOST_ROWS = 3_000  # at most 1,400 bytes a row: under the 5 MB that any mail takes
_SQL = Path(__file__).with_name("starter.sql")


def write_starter(connection: duckdb.DuckDBPyConnection, part: Path) -> Path:
    """Write the file into `part`; its name says how many services it has, of how many. Return it."""
    connection.execute(f"create temporary table starter as {_SQL.read_text('utf-8')}", {"most": MOST_ROWS})
    counts = "select (select count(*) from starter), (select count(*) from out_services)"
    [(taken, total)] = connection.execute(counts).fetchall()
    path = part / FOLDER / f"baskych-starter-{taken}-of-{total}.csv"
    path.parent.mkdir()
    columns = connection.execute("select column_name, column_type from (describe starter)").fetchall()
    shown = ", ".join(_shown(*column, is_first=column is columns[0]) for column in columns)
    options = """format csv, header, delimiter ';', quote '"', escape '"', nullstr ''"""
    connection.execute(f"copy (select {shown} from starter) to {quoted(str(path))} ({options})")  # noqa: S608 - quoted
    connection.execute("drop table starter")
    return path


def _shown(column: str, kind: str, *, is_first: bool) -> str:
    """Return a column as a spreadsheet may have it; the first one's name carries the mark of UTF-8."""
    called = name(BYTE_ORDER_MARK + column if is_first else column)
    return f"{in_spreadsheet(name(column), kind)} as {called}"
