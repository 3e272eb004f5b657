"""Write one published table to files: Parquet and JSON Lines for programs, CSV for all, CSV for spreadsheets.

Every file is written in the order of the table's grain, so the same rows give the same bytes, whatever
the number of threads. Spreadsheets run cells that look like formulas, so there alone such text gets an
apostrophe in front (OWASP, "CSV Injection"); the other files keep every letter as it was.
"""

import json
from pathlib import Path

import duckdb

from warehouse.dictionary import ColumnDoc
from warehouse.engine import name, quoted
from warehouse.errors import ReleaseError
from warehouse.little_memory import with_more_where_needed
from warehouse.published import PublishedTable

ROW_GROUP_ROWS = 50_000  # small enough for a browser to read one page of rows, large enough to compress
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
SOURCE = "Baskych: government websites, as captured; see evidence columns and out_egdi.source"
FORMULA = r"^[\s\x{00A0}\x{200B}\x{FEFF}]*[=+\-@\t\r＝＋－＠]"  # what a spreadsheet may take for a formula
BYTE_ORDER_MARK = "\ufeff"


def write_parquet(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, path: Path, source: Path | None = None
) -> None:
    """Write `table` as Parquet, zstd, with what its columns mean inside the file.

    `source` is such a file of the same rows, if that is at hand.
    """
    notes = {
        "title": table.name,
        "description": table.meaning.en,
        "description_ky": table.meaning.ky,
        "description_ru": table.meaning.ru,
        "columns": json.dumps(
            {
                doc.column: {"en": doc.meaning.en, "ky": doc.meaning.ky, "ru": doc.meaning.ru}
                for doc in table.columns
            },
            ensure_ascii=False,
        ),
        "sort": ", ".join(table.grain),
        "licence": LICENCE_URL,
        "source": SOURCE,
    }
    inside = ", ".join(f"{name(key)}: {quoted(value)}" for key, value in notes.items())
    options = f"format parquet, compression zstd, row_group_size {ROW_GROUP_ROWS}, kv_metadata {{{inside}}}"
    copy(connection, table, "*", path, options, source)


def write_csv(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, path: Path, source: Path | None = None
) -> None:
    """Write `table` as CSV (RFC 4180, UTF-8): an empty cell is no value, `""` is an empty text.

    `source` is what `write_parquet` wrote of it, if that is at hand.
    """
    columns = ", ".join(plain(doc) for doc in table.columns)
    options = """format csv, header, delimiter ',', quote '"', escape '"', nullstr ''"""
    copy(connection, table, columns, path, f"{options}, timestampformat '%Y-%m-%dT%H:%M:%S.%fZ'", source)


def write_spreadsheet(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, path: Path, source: Path | None = None
) -> None:
    """Write `table` as CSV for spreadsheets: byte order mark, semicolons, decimal commas, no formulas.

    `source` is what `write_parquet` wrote of it, if that is at hand.
    """
    first = table.columns[0].column
    columns = ", ".join(
        f"{safe(doc)} as {name(BYTE_ORDER_MARK + first if doc.column == first else doc.column)}"
        for doc in table.columns
    )
    options = """format csv, header, delimiter ';', quote '"', escape '"', nullstr ''"""
    copy(connection, table, columns, path, f"{options}, timestampformat '%Y-%m-%d %H:%M:%S'", source)


def write_json_lines(
    connection: duckdb.DuckDBPyConnection, table: PublishedTable, path: Path, source: Path | None = None
) -> None:
    """Write `table` as JSON Lines: one object a row, lists as lists, what is missing as null.

    `source` is what `write_parquet` wrote of it, if that is at hand.
    """
    columns = ", ".join(name(doc.column) for doc in table.columns)
    copy(connection, table, columns, path, "format json, timestampformat '%Y-%m-%dT%H:%M:%S.%fZ'", source)


def copy(  # noqa: PLR0913, PLR0917 - what DuckDB's `copy` is told
    connection: duckdb.DuckDBPyConnection,
    table: PublishedTable,
    columns: str,
    path: Path,
    options: str,
    source: Path | None = None,
) -> None:
    """Copy `columns` of `table` to `path`, in the order of the table's grain.

    Its Parquet `source`, if there is one, has the rows in that order: to sort them again takes half the time.
    """
    chosen = f"select {columns} from {in_order(table, source)}"  # noqa: S608 - quoted
    with_more_where_needed(
        connection, lambda: connection.execute(f"copy ({chosen}) to {quoted(str(path))} ({options})")
    )


def in_order(table: PublishedTable, source: Path | None = None) -> str:
    """Return what follows `from` where the rows of `table` are wanted in the order of its grain."""
    if source:
        return f"read_parquet({quoted(str(source))})"
    order = ", ".join(f"{name(table.name)}.{name(column)}" for column in table.grain)
    return f"{name(table.name)} order by {order}"


def plain(doc: ColumnDoc) -> str:
    """Return a column as CSV can hold it: a list is its items with commas between them."""
    return (
        f"array_to_string({name(doc.column)}, ',') as {name(doc.column)}"
        if is_list(doc)
        else name(doc.column)
    )


def safe(doc: ColumnDoc) -> str:
    """Return a column as a spreadsheet may have it."""
    if is_list(doc):
        return in_spreadsheet(f"array_to_string({name(doc.column)}, ',')", "VARCHAR")
    return in_spreadsheet(name(doc.column), doc.type)


def in_spreadsheet(value: str, kind: str) -> str:
    """Return the SQL `value` of DuckDB's type `kind` as a spreadsheet may have it.

    Text that looks like a formula gets an apostrophe. A fraction has a comma: where semicolons stand between
    cells, as in Kyrgyzstan, `7.5` is the seventh of May.
    """
    if kind == "DOUBLE":
        return f"replace({value}::varchar, '.', ',')"
    if kind != "VARCHAR":
        return value
    return f"if(regexp_matches({value}, {quoted(FORMULA)}), '''' || {value}, {value})"


def is_list(doc: ColumnDoc) -> bool:
    """Whether each value of the column is a list."""
    return doc.type.endswith("[]")


def count_unique(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> int:
    """Return the number of rows of `table`.

    Raises:
        ReleaseError: two rows have the same grain, so that their order would be chance.
    """
    key = ", ".join(name(column) for column in table.grain)
    found = connection.execute(
        f"select count(*), count(distinct ({key})) from {name(table.name)}"  # noqa: S608 - quoted
    ).fetchone()
    rows, distinct = found or (0, 0)
    if rows != distinct:
        raise ReleaseError(
            f"{table.name}: {rows - distinct} rows share their {', '.join(table.grain)} with another"
        )
    return int(rows)
