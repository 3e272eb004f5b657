"""PDF, Word and spreadsheets are read in a process apart: whatever they do, the round goes on."""

import io
import zipfile
from collections.abc import Iterator

import docx
import openpyxl
import pypdf
import pytest

from crawlers.outcomes import Outcome
from pipelines.pages.document_record import DocumentText
from pipelines.pages.document_rules import is_blank_form
from pipelines.pages.documents import DocumentReader


@pytest.fixture(scope="module")
def reader() -> Iterator[DocumentReader]:
    """One reader for all documents, as in a round."""
    with DocumentReader() as one:
        yield one


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    (document.write if isinstance(document, pypdf.PdfWriter) else document.save)(buffer)
    return buffer.getvalue()


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("Арыз", 1)
    document.add_paragraph("Кимге:  Юстиция кызматы")
    document.add_table(1, 2).rows[0].cells[1].text = "Аты-жөнү"
    document.add_paragraph("колу ______")
    return _saved(document)


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Кызмат", None, 600])
    return _saved(book)


def _pdf(password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    return _saved(writer)


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 50_000_000)
    return buffer.getvalue()


def test_a_word_file_gives_paragraphs_and_cells_in_their_order(reader: DocumentReader):
    """Headings are told by their style."""
    found = reader.read("docx", _word())

    assert ("Арыз\nКимге: Юстиция кызматы\nАты-жөнү\nколу ______", ((1, "Арыз"),)) == (
        found.text,
        found.headings,
    )


def test_a_spreadsheet_gives_a_line_a_row(reader: DocumentReader):
    """Empty cells leave no trace."""
    assert "Кызмат 600" == reader.read("xlsx", _sheet()).text


@pytest.mark.parametrize(
    ("kind", "body", "outcome"),
    [
        ("pdf", _pdf(), Outcome.NO_TEXT),
        ("pdf", _pdf("secret"), Outcome.ENCRYPTED),
        ("pdf", b"%PDF-1.7 garbage", Outcome.BAD_CONTENT),
        ("pdf", _pdf()[:200], Outcome.BAD_CONTENT),
        ("docx", b"PK\x03\x04 garbage", Outcome.BAD_CONTENT),
        ("docx", _sheet(), Outcome.BAD_CONTENT),
        ("docx", _bomb(), Outcome.BOMB),
        ("xlsx", _bomb(), Outcome.BOMB),
    ],
    ids=["scan", "password", "garbage", "cut", "no zip", "another kind", "bomb", "sheet bomb"],
)
def test_d5_d6_a_document_without_text_says_why(
    reader: DocumentReader, kind: str, body: bytes, outcome: Outcome
):
    """Each way of having no text is an outcome of its own, and the reader goes on."""
    assert outcome == reader.read(kind, body).outcome


def test_a_reader_that_takes_too_long_is_killed_and_replaced():
    """A document that makes its reader loop costs its own time, not the round's."""
    with DocumentReader(seconds=0.001) as hasty:
        first = hasty.read("docx", _word())
        hasty._seconds = 20
        second = hasty.read("docx", _word())

    assert (Outcome.BAD_CONTENT, Outcome.OK) == (first.outcome, second.outcome)


def test_a_reader_that_falls_over_is_replaced():
    """An unforeseen error ends the reader's process only."""
    with DocumentReader() as one:
        one.read("docx", _word())
        one._process.kill()
        one._process.wait()

        assert Outcome.OK == one.read("docx", _word()).outcome


def test_no_process_is_left_behind():
    """The context ends what it started."""
    with DocumentReader() as one:
        one.read("docx", _word())
        process = one._process

    assert process.poll() is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("АРЫЗ\nКимден ________\nПаспортту берүүңүздү суранам\nколу ______", True),
        ("ЗАЯВЛЕНИЕ\nОт ____________ (фамилия, имя, отчество)\nПрошу выдать справку\n(подпись)", True),
        ("Application form\nFull name: ____________\n☐ Yes ☐ No\nSignature ________", True),
        ("Закон о заявлениях граждан\nСтатья 1. Гражданин вправе подать заявление.", False),
        ("Отчёт за 2025 год\nВыдано 1200 паспортов.", False),
    ],
)
def test_a_form_to_fill_in_is_told_from_a_text(text: str, expected: bool):  # noqa: FBT001 - a table's column
    """Lines for answers, boxes and captions under them make a form, not the word alone."""
    assert expected is is_blank_form(DocumentText(outcome=Outcome.OK, detail=None, text=text))


def test_a_document_whose_fields_are_crooked_is_not_said_to_be_no_form():
    """Could not look is never absent: without its fields nobody knows."""
    text = DocumentText(outcome=Outcome.OK, detail=None, text="Отчёт о работе за год.", field_count=None)

    assert is_blank_form(text) is None
