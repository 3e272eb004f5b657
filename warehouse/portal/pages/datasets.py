"""The published tables: what each holds, what its columns mean and hold, its first rows, and its files."""

from collections.abc import Sequence
from datetime import date

from warehouse.portal import addresses
from warehouse.portal.citation import bibtex, newest_look
from warehouse.portal.files import DataFile
from warehouse.portal.machines import feeds
from warehouse.portal.press import Press
from warehouse.portal.reader import Reader, Row
from warehouse.portal.row_links import row_id
from warehouse.portal.spreading.reading import read_spreads
from warehouse.published import PublishedTable, published

_PREVIEW_ROWS = 100
_PREVIEW_CHARACTERS = 120  # of one cell


def print_pages(press: Press, reader: Reader, files: Sequence[DataFile]) -> None:
    """Print the list of all tables and a page for each."""
    documented = published(reader.connection)
    looked = newest_look(reader.all("countries"))
    press.print(
        "datasets.html",
        addresses.DATASETS,
        tables=documented,
        counts={doc.name: reader.count(doc.name) for doc in documented},
        files=[file for file in files if file.table is None],
    )
    for doc in documented:
        offered = [file for file in files if file.table == doc.name]
        _print_table(press, reader, doc, offered, looked)


def _print_table(
    press: Press, reader: Reader, doc: PublishedTable, files: Sequence[DataFile], looked: date | None
) -> None:
    rows = reader.first_rows(doc.name, _PREVIEW_ROWS)
    spreads = read_spreads(reader, doc)
    feeds.print_dataset(press, doc.name, doc.meaning)
    press.print(
        "dataset.html",
        addresses.dataset(doc.name),
        doc=doc,
        row_count=reader.count(doc.name),
        spreads=spreads,
        rows=[(row_id(row, doc.grain), [_cell(row, each.column) for each in doc.columns]) for row in rows],
        files=files,
        bibtex=bibtex(press.site, doc.name),
        as_of=looked,
        next_round=_next_round(press.site.newest_round),
        parquet=next((file.path for file in files if file.format == "parquet"), None),
    )


def _next_round(round_id: str) -> str:
    """Return the month after `round_id`: rounds are monthly (see the schedule in Dagster)."""
    year, month = map(int, round_id.split("-"))
    return f"{year + month // 12}-{month % 12 + 1:02}"


def _cell(row: Row, column: str) -> str | None:
    """Return a value as one short line of text, or None where there is none."""
    value = row[column]
    if value is None:
        return None
    shown = ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    return shown if len(shown) <= _PREVIEW_CHARACTERS else shown[: _PREVIEW_CHARACTERS - 1] + "…"
