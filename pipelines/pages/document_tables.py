"""Tables of documents: rows as lines of text, and rows that wait to be filled in."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.pages.document_record import DocumentText

_LONGEST_LABEL = 80  # characters: a longer text beside an empty cell is a paragraph
Row = Sequence[str]


def line_of(row: Row) -> str:
    """Return a row as a line, its numbers apart: side by side they would read as one, or as a telephone's."""
    line, last = "", ""
    for cell in filter(str.strip, row):
        between = " " if _says(last) or _says(cell) else " | "
        line += between * bool(line) + cell
        last = cell
    return line


def with_rows(document: DocumentText, rows: Sequence[Row]) -> DocumentText:
    """Return `document` with the numbers of its rows that say anything, and that wait to be filled in."""
    telling = [row for row in rows if any(map(str.strip, row))]
    return replace(document, row_count=len(telling), blank_rows=sum(map(_is_blank, telling)))


def _is_blank(row: Row) -> bool:
    """Say whether a row has a label, perhaps a number before it, and an empty cell at its end."""
    said = [cell for cell in row if cell.strip() and not cell.strip().rstrip(".)").isdigit()]
    return len(said) == 1 and _says(said[0]) and len(said[0]) <= _LONGEST_LABEL and not row[-1].strip()


def _says(cell: str) -> bool:
    return any(map(str.isalpha, cell))
