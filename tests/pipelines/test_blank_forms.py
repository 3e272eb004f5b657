"""A form to fill in is told from a document to read, whatever file it is, and is found as one."""

import io
from collections.abc import Iterator

import docx
import openpyxl
import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from pipelines.clean import loose_capture, page_from_html
from pipelines.find import understand
from pipelines.judging.quotes import is_found_again
from pipelines.knowledge import load_knowledge
from pipelines.pages.documents import DocumentReader
from pipelines.pages.reading import read_page
from pipelines.records import Page

LETTER = (
    "Руководителю ЦОН",
    "от ______________________",
    "ЗАЯВЛЕНИЕ",
    "Прошу выдать справку о составе семьи.",
    "Дата ________  Подпись ________",
)
KYRGYZ = (
    "Калкты тейлөө борборунун башчысына",
    "Кимден ______________________",
    "АРЫЗ",
    "Үй-бүлө курамы жөнүндө маалымкат берүүңүздү суранам.",
    "Күнү ________  Кол тамгасы ________",
)
LABELS = ("Фамилия", "Имя", "Отчество", "Дата рождения", "Адрес", "Подпись")
LAW = (
    "Закон Кыргызской Республики",
    "О порядке рассмотрения обращений граждан",
    "Статья 1. Гражданин вправе подать заявление.",
    "Статья 2. Заявление рассматривают в течение тридцати дней.",
)
YEARS = [["Год", "Доход", "Расход"], *[[2015 + n, 120_400 + 7 * n, 99_310 + 13 * n] for n in range(9)]]


@pytest.fixture(scope="module")
def reader() -> Iterator[DocumentReader]:
    """One reader for all documents."""
    with DocumentReader() as one:
        yield one


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    (document.write if isinstance(document, pypdf.PdfWriter) else document.save)(buffer)
    return buffer.getvalue()


def word(*lines: str) -> bytes:
    """Return a Word file of paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return _saved(document)


def word_table(title: str, *labels: str) -> bytes:
    """Return a Word file of a title and a table: labels, and nothing beside them."""
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(len(labels), 2)
    for row, label in zip(table.rows, labels, strict=True):
        row.cells[0].text = label
    return _saved(document)


def sheet(*rows: list[object]) -> bytes:
    """Return a spreadsheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return _saved(book)


def pdf(*lines: str, fields: int = 0) -> bytes:
    """Return a PDF of lines, with fields to fill in."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(400, 600)
    font = DictionaryObject(
        {NameObject(key): NameObject(value) for key, value in (
            ("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Helvetica"))}
    )  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    stream = DecodedStreamObject()
    shown = " ".join(f"1 0 0 1 40 {560 - 20 * at} Tm ({line}) Tj" for at, line in enumerate(lines))
    stream.set_data(f"BT /F1 12 Tf {shown} ET".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    boxes = ArrayObject(
        writer._add_object(DictionaryObject({
            NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject(f"field {at}")}))
        for at in range(fields)
    )  # fmt: skip
    if fields:
        writer._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): boxes})
    return _saved(writer)


FORMS = {
    "letter": word(*LETTER),
    "kyrgyz letter": word(*KYRGYZ),
    "table": word_table("Анкета заявителя", *LABELS),
    "nameless table": word_table("Сведения о заявителе", *LABELS),
    "sheet": sheet(["Заявка на участие"], *[[label, None, None] for label in LABELS]),
    "fields": pdf("Registration of a vehicle", "Owner", "Plate", fields=4),
    "lines": pdf(
        "APPLICATION FORM", "Full name: ____________", "Address: ____________", "Signature ________"
    ),
}
TEXTS = {
    "law": word(*LAW),
    "years": sheet(*YEARS),
    "guide": pdf("How to apply", "Fill in the application form and bring it to any office."),
    "filled fields": pdf("Annual report", "Income and spending of the ministry", fields=0),
    "gaps": sheet(["Область", "2024", "2025"], ["Ош", 12, 14], ["Чүй", 3, None], ["Нарын", None, 5]),
}


def _page(body: bytes, reader: DocumentReader) -> Page:
    return read_page(loose_capture(body, "https://cso.gov-kg.example/files/1"), body, reader)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_to_fill_in_is_known_as_one(reader: DocumentReader, name: str):
    """By lines, boxes, fields or empty cells, with the words of forms beside them."""
    assert True is _page(FORMS[name], reader).is_blank_form


@pytest.mark.parametrize("name", TEXTS)
def test_a_document_to_read_is_no_form(reader: DocumentReader, name: str):
    """It may speak of applications, and a table may have gaps."""
    assert False is _page(TEXTS[name], reader).is_blank_form


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_found_in_its_own_words(reader: DocumentReader, name: str):
    """The finding lies on the document's page: a service that links to it has its proof there."""
    page = _page(FORMS[name], reader)
    found = [
        one for one in understand(page, load_knowledge()).findings if one.indicator_id == "downloadable-form"
    ]

    assert [True] == [is_found_again(one, page) for one in found]


def test_a_form_is_quoted_by_what_it_calls_itself(reader: DocumentReader):
    """Not by the office that it is addressed to."""
    page = _page(FORMS["kyrgyz letter"], reader)
    found = [
        one for one in understand(page, load_knowledge()).findings if one.indicator_id == "downloadable-form"
    ]

    assert ["АРЫЗ"] == [one.quote for one in found]


@pytest.mark.parametrize("name", TEXTS)
def test_a_document_to_read_offers_no_form(reader: DocumentReader, name: str):
    """Nor is a table of numbers an office's telephone."""
    reading = understand(_page(TEXTS[name], reader), load_knowledge())

    assert "downloadable-form" not in {one.indicator_id for one in reading.findings}
    assert reading.kind not in {"contact", "service"} or name != "years"


def test_numbers_of_a_row_stay_apart(reader: DocumentReader):
    """Side by side they would be read as one number, or as a telephone's."""
    assert "2015 | 120400 | 99310" in _page(TEXTS["years"], reader).text


def test_a_page_of_html_is_neither():
    """Its forms are on it, and are read as such."""
    assert None is page_from_html(b"<p>______ signature</p>", None).is_blank_form
