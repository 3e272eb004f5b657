"""Cases D5 and D6: documents made to harm their reader. Each is made here; none is kept in the repository."""

import io
import random
import socket
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from pypdf.generic import DictionaryObject, FloatObject, NameObject, NumberObject, RectangleObject

from crawlers.outcomes import Outcome
from pipelines.pages.documents import DocumentReader

TOLD = {Outcome.OK, Outcome.NO_TEXT, Outcome.ENCRYPTED, Outcome.BAD_CONTENT, Outcome.BOMB}


@pytest.fixture(scope="module")
def reader() -> Iterator[DocumentReader]:
    """One reader for all documents, as in a round."""
    with DocumentReader() as one:
        yield one


def _pdf_of(*streams: bytes, packed: bool = False, size: float = 200) -> bytes:
    """Return a PDF with one page for each content stream; `size` of a page in points."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for stream in streams:
        page = writer.add_blank_page(200, 200)
        page[NameObject("/MediaBox")] = RectangleObject((0, 0, FloatObject(size), FloatObject(size)))
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        content = pypdf.generic.DecodedStreamObject()
        content.set_data(zlib.compress(stream, 9) if packed else stream)
        if packed:
            content[NameObject("/Filter")] = NameObject("/FlateDecode")
        page[NameObject("/Contents")] = writer._add_object(content)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _words(text: str) -> bytes:
    return f"BT /F1 12 Tf 10 100 Td ({text}) Tj ET".encode()


def _cyclic_pdf() -> bytes:
    """Return a PDF whose tree of pages has itself as its child."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    pages = writer._root_object["/Pages"]
    pages["/Kids"].append(pages.indirect_reference)
    pages[NameObject("/Count")] = NumberObject(10**9)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_pdf_of(_words("Application"))))
    writer.encrypt("secret")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "outcome"),
    [
        (_encrypted_pdf, Outcome.ENCRYPTED),
        (lambda: _pdf_of(b""), Outcome.NO_TEXT),
        (lambda: _pdf_of(_words("Application form"), size=1e9), Outcome.OK),
    ],
    ids=["encrypted", "scan", "huge page"],
)
def test_d5_a_pdf_says_why_it_has_no_text(
    reader: DocumentReader, make: Callable[[], bytes], outcome: Outcome
):
    """A password, a scan and a page of 350 kilometres: the first two have no text, the third has."""
    found = reader.read("pdf", make())

    assert (outcome, outcome is Outcome.OK) == (found.outcome, "Application" in found.text)


@pytest.mark.parametrize(
    "make",
    [_cyclic_pdf, lambda: _pdf_of(b"0 0 m " * 60_000_000, packed=True)],
    ids=["cyclic tree", "bomb"],
)
def test_d5_a_pdf_that_never_ends_costs_its_own_time_only(make: Callable[[], bytes]):
    """Its reader has a limit of time and one of memory; the next document is read as if nothing had been."""
    with DocumentReader(seconds=10) as one:
        hostile = one.read("pdf", make())
        after = one.read("pdf", _pdf_of(_words("Application form")))

    assert hostile.outcome in {Outcome.BAD_CONTENT, Outcome.NO_TEXT, Outcome.BOMB}
    assert (Outcome.OK, "Application form") == (after.outcome, after.text.strip())


def test_d5_a_fuzzed_pdf_is_text_or_a_reason(reader: DocumentReader):
    """Sixty PDFs with bytes changed, doubled or cut by chance: each has an outcome, none an error."""
    chance = random.Random(4)
    whole = _pdf_of(_words("Application form"), _words("Fee"))
    outcomes = {reader.read("pdf", _spoilt(whole, chance)).outcome for _ in range(60)}

    assert (set(), True) == (outcomes - TOLD, len(outcomes) > 1)


def _spoilt(whole: bytes, chance: random.Random) -> bytes:
    body = bytearray(whole)
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(len(body))
        match chance.randrange(3):
            case 0:
                body[at] = chance.randrange(256)
            case 1:
                body[at:at] = body[at : at + 30]
            case _:
                del body[at : at + 5]
    return bytes(body)


def _word(*, external: str = "") -> docx.document.Document:
    document = docx.Document()
    document.add_paragraph("Арыз")
    if external:
        for kind in (RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.OLE_OBJECT):
            document.part.relate_to(external, kind, is_external=True)
    return document


def _saved(document: docx.document.Document | openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _with_member(body: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(body)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("member", ["word/media/x.bin", "xl/media/x.bin"])
def test_d6_a_zip_bomb_inside_a_good_document_is_a_bomb(reader: DocumentReader, kind: str, member: str):
    """Three hundred megabytes of zeros in a member that nobody would read: sizes are looked at first."""
    good = _saved(_word()) if kind == "docx" else _saved(openpyxl.Workbook())

    assert Outcome.BOMB == reader.read(kind, _with_member(good, member, bytes(300_000_000))).outcome


@pytest.mark.parametrize("name", ["../../evil.txt", "/evil.txt", "..\\..\\evil.txt", "word/../../evil.txt"])
def test_d6_a_member_with_a_way_out_is_never_written(
    reader: DocumentReader, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Members are read by the names that we know; none is unpacked to the disk under its own."""
    monkeypatch.chdir(tmp_path)
    with DocumentReader() as here:
        found = here.read("docx", _with_member(_saved(_word()), name, b"evil"))

    assert ("Арыз", []) == (found.text.strip(), [*tmp_path.parent.rglob("evil*")])


def test_d6_macros_are_ignored(reader: DocumentReader):
    """A document with a macro has its text, and the macro is not in it."""
    macro = b'Sub AutoOpen()\nShell "calc.exe"\nEnd Sub'
    found = reader.read("docx", _with_member(_saved(_word()), "word/vbaProject.bin", macro))

    assert (Outcome.OK, "Арыз") == (found.outcome, found.text.strip())


def test_d6_external_links_are_never_asked_for(reader: DocumentReader):
    """A template, a picture and an object that lie on a server: the canary there hears nothing."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0)
        port = canary.getsockname()[1]
        found = reader.read("docx", _saved(_word(external=f"http://127.0.0.1:{port}/template.dotx")))

        assert (Outcome.OK, "Арыз") == (found.outcome, found.text.strip())
        with pytest.raises(BlockingIOError):
            canary.accept()


def test_d6_a_billion_laughs_in_a_word_file_costs_its_own_time_only(reader: DocumentReader):
    """Entities that multiply each other are not unfolded into a billion words."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "ha">{entities}]><w>&e11;</w>'
    buffer, good = io.BytesIO(), zipfile.ZipFile(io.BytesIO(_saved(_word())))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in good.namelist():
            archive.writestr(one, xml if one == "word/document.xml" else good.read(one))
    found = reader.read("docx", buffer.getvalue())

    assert (True, True) == (found.outcome in {Outcome.BAD_CONTENT, Outcome.BOMB}, len(found.text) < 1000)
