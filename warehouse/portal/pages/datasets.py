"""The published tables: what each holds, what its columns mean, its first rows, and its files."""

from collections.abc import Sequence
from itertools import groupby

from warehouse.dictionary import ColumnDoc, TableDoc, columns, tables
from warehouse.portal import addresses
from warehouse.portal.citation import bibtex
from warehouse.portal.files import DataFile
from warehouse.portal.machines import feeds
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row

_PREVIEW_ROWS = 100
_PREVIEW_CHARACTERS = 120  # of one cell


def print_pages(press: Press, reader: Reader, files: Sequence[DataFile]) -> None:
    """Print the list of all tables and a page for each."""
    counts = {doc.table: reader.count(doc.table) for doc in tables(reader.connection)}
    documented = {
        table: tuple(docs) for table, docs in groupby(columns(reader.connection), key=lambda doc: doc.table)
    }
    press.print(
        "datasets.html",
        addresses.DATASETS,
        tables=tables(reader.connection),
        counts=counts,
        files=[file for file in files if file.table is None],
    )
    for doc in tables(reader.connection):
        offered = [file for file in files if file.table == doc.table]
        _print_table(press, reader, doc, documented[doc.table], offered)


def _print_table(
    press: Press, reader: Reader, doc: TableDoc, docs: Sequence[ColumnDoc], files: Sequence[DataFile]
) -> None:
    rows = reader.first_rows(doc.table, _PREVIEW_ROWS)
    feeds.print_dataset(press, doc.table, doc.meaning)
    press.print(
        "dataset.html",
        addresses.dataset(doc.table),
        doc=doc,
        columns=docs,
        row_count=reader.count(doc.table),
        rows=[[_cell(row, column.column) for column in docs] for row in rows],
        files=files,
        bibtex=bibtex(press.site, doc.table),
        parquet=next((file.path for file in files if file.format == "parquet"), None),
    )


def _cell(row: Row, column: str) -> str | None:
    """Return a value as one short line of text, or None where there is none."""
    value = row[column]
    if value is None:
        return None
    shown = ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    return shown if len(shown) <= _PREVIEW_CHARACTERS else shown[: _PREVIEW_CHARACTERS - 1] + "…"
