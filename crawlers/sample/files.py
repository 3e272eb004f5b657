"""Blank forms and service passports as files: a small PDF and a Word document, the same bytes every time."""

import io
import zipfile
import zlib
from collections.abc import Sequence

from docx import Document

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP can hold
_LINE_WIDTH = 78  # characters
_LINES_A_PAGE = 44
_FIRST_FREE = 128  # code of the first letter beyond ASCII in a simple font
_LETTERS = 127  # that a simple font holds beside ASCII


def word_file(lines: Sequence[str]) -> bytes:
    """Return a Word document of `lines`, the first as its heading."""
    document = Document()
    document.add_heading(lines[0], level=1)
    for line in lines[1:]:
        document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return _without_times(made.getvalue())


def _without_times(archive: bytes) -> bytes:
    """Pack a ZIP file again with fixed times, so that the same content is the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, date_time=_LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()


def pdf_file(lines: Sequence[str]) -> bytes:
    """Return a PDF of `lines` in a simple font whose letters are named by their Unicode numbers.

    Raises:
        ValueError: the lines have more different letters beyond ASCII than a simple font holds.
    """
    wrapped = [part for line in lines for part in _wrapped(line)]
    codes = _codes("".join(wrapped))
    pages = [wrapped[at : at + _LINES_A_PAGE] for at in range(0, len(wrapped), _LINES_A_PAGE)]
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding 4 0 R /ToUnicode 5 0 R >>",
        _encoding(codes),
        _stream(_to_unicode(codes)),
    ]
    for index, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {7 + 2 * index} 0 R >>".encode()
        )
        objects.append(_stream(_drawn(page, codes)))
    return _file(objects)


def _wrapped(line: str) -> list[str]:
    parts, current = [], ""
    for word in line.split(" "):
        if current and len(current) + len(word) >= _LINE_WIDTH:
            parts.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*parts, current]


def _codes(text: str) -> dict[str, int]:
    """A byte for each letter: its own for ASCII, so that a viewer without our names still shows it."""
    others = sorted(letter for letter in set(text) if not " " <= letter <= "~")
    if len(others) > _LETTERS:
        raise ValueError(f"a simple font holds {_LETTERS} letters beside ASCII; the text has {len(others)}")
    return {chr(code): code for code in range(32, 127)} | {
        letter: _FIRST_FREE + index for index, letter in enumerate(others)
    }


def _encoding(codes: dict[str, int]) -> bytes:
    named = " ".join(f"/uni{ord(letter):04X}" for letter, code in codes.items() if code >= _FIRST_FREE)
    return (
        f"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{_FIRST_FREE} {named}] >>".encode()
    )


def _to_unicode(codes: dict[str, int]) -> bytes:
    rows = "\n".join(
        f"<{code:02X}> <{ord(letter):04X}>" for letter, code in codes.items() if code >= _FIRST_FREE
    )
    count = sum(code >= _FIRST_FREE for code in codes.values())
    ascii_range = "1 beginbfrange\n<20> <7E> <0020>\nendbfrange"
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Sample def\n"
        "/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{ascii_range}\n{count} beginbfchar\n{rows}\nendbfchar\nendcmap\nend\nend"
    ).encode()


def _drawn(lines: Sequence[str], codes: dict[str, int]) -> bytes:
    shown = "\n".join(f"<{bytes(codes[letter] for letter in line).hex()}> Tj T*" for line in lines)
    return f"BT\n/F1 11 Tf\n16 TL\n50 790 Td\n{shown}\nET".encode()


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    made += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(made)
