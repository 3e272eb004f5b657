"""The text of one PDF, Word file or spreadsheet. Runs only in a process of its own: see `documents`.

These formats are hostile ground: a reader may loop, swell or fall over. Nothing is caught here that the
libraries do not promise; whatever else happens ends this process, and the one that started it says so.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import docx
import openpyxl
import pypdf
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf.errors import FileNotDecryptedError, PdfReadError

from crawlers.outcomes import Outcome
from pipelines.pages.document_record import DocumentText
from pipelines.pages.document_rules import document_rules
from pipelines.pages.document_tables import line_of, with_rows


def read_text(kind: str, body: bytes) -> DocumentText:
    """Return the text of `body`; `kind` is pdf, docx or xlsx."""
    try:
        if kind == "pdf":
            return _pdf(body)
        return _bomb(body) or (_docx(body) if kind == "docx" else _xlsx(body))
    except (PdfReadError, zipfile.BadZipFile, KeyError, ValueError) as failure:
        return DocumentText(outcome=Outcome.BAD_CONTENT, detail=f"{kind} cannot be read: {failure}"[:200])


def _pdf(body: bytes) -> DocumentText:
    reader = pypdf.PdfReader(io.BytesIO(body))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            return DocumentText(outcome=Outcome.ENCRYPTED, detail="pdf asks for a password")
        lines = _limited(line for page in _first_pages(reader) for line in page.extract_text().splitlines())
        title = str(reader.metadata.title or "") if reader.metadata else ""
        fields = _open_fields(reader)
    except FileNotDecryptedError:
        return DocumentText(outcome=Outcome.ENCRYPTED, detail="pdf asks for a password")
    return replace(_told(lines, title=title, headings=()), field_count=fields)


def _open_fields(reader: pypdf.PdfReader) -> int | None:
    """Return how many fields of a PDF (ISO 32000, 12.7) wait for an answer; None where they are crooked."""
    try:
        fields = reader.get_fields() or {}
    except (PdfReadError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return None  # the text has been read, and does not need them
    return sum(field.field_type is not None and not _is_answered(field.value) for field in fields.values())


def _is_answered(value: object) -> bool:
    return bool(str(value or "").strip()) and value != "/Off"


def _first_pages(reader: pypdf.PdfReader) -> Iterator[pypdf.PageObject]:
    return islice(reader.pages, document_rules().limits.pages)


def _docx(body: bytes) -> DocumentText:
    document = docx.Document(io.BytesIO(body))
    content: Any = document.element.body
    blocks = list(_blocks(content, document))
    headings = tuple((level, text) for level, text in blocks if level and text)
    lines = _limited(line for _, text in blocks for line in text.splitlines())
    told = _told(lines, title=document.core_properties.title or "", headings=headings)
    rows = [
        ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iterchildren(qn("w:tc"))]
        for row in content.iter(qn("w:tr"))
    ]
    fields = len(list(content.iter(qn("w:sdt"), qn("w:ffData"))))
    return with_rows(replace(told, field_count=fields), rows)


def _blocks(parent: Any, document: Any) -> Iterator[tuple[int, str]]:
    """Yield paragraphs and table cells in their order, each with its heading level, 0 for none."""
    for element in parent.iterchildren():
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document)
            style = (paragraph.style.name or "") if paragraph.style else ""
            level = style.removeprefix("Heading ") if style.startswith("Heading ") else ""
            yield (int(level) if level.isdigit() else int(style == "Title")), paragraph.text
        elif element.tag == qn("w:tbl"):
            for row in Table(element, document).rows:
                yield from ((0, cell.text) for cell in row.cells)
        elif element.tag == qn("w:sdt"):  # a field to fill in, with paragraphs inside
            for content in element.iterchildren(qn("w:sdtContent")):
                yield from _blocks(content, document)


def _xlsx(body: bytes) -> DocumentText:
    limits = document_rules().limits
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    sheets = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    rows = [["" if cell is None else str(cell) for cell in row] for row in islice(sheets, limits.rows)]
    lines = _limited(line_of(row) for row in rows)
    return with_rows(_told(lines, title=book.properties.title or "", headings=()), rows)


def _bomb(body: bytes) -> DocumentText | None:
    """Refuse what unpacks to too much before anything is unpacked."""
    limits = document_rules().limits
    members = zipfile.ZipFile(io.BytesIO(body)).infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > limits.members or unpacked > min(limits.unpacked_bytes, limits.ratio * len(body)):
        detail = f"unpacks from {len(body)} to {unpacked} bytes in {len(members)} members"
        return DocumentText(outcome=Outcome.BOMB, detail=detail)
    return None


def _limited(lines: Iterator[str]) -> list[str]:
    kept: list[str] = []
    size = 0
    for line in lines:
        folded = " ".join(line.split())
        if folded:
            kept.append(folded)
            size += len(folded) + 1
        if size > document_rules().limits.characters:
            break
    return kept


def _told(lines: list[str], *, title: str, headings: tuple[tuple[int, str], ...]) -> DocumentText:
    if not any(character.isalpha() for line in lines for character in line):
        return DocumentText(outcome=Outcome.NO_TEXT, detail="pictures of text, or nothing")
    folded = tuple((level, " ".join(text.split())) for level, text in headings)
    return DocumentText(
        outcome=Outcome.OK, detail=None, text="\n".join(lines), title=" ".join(title.split()), headings=folded
    )
