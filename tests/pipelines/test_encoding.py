"""Labels lie; bytes do not. Order of belief: byte order mark, header, the page's own label, detector."""

import codecs
import re
from pathlib import Path

import pytest

from pipelines.pages.encoding import decode
from pipelines.pages.encoding_wide import wide_order
from pipelines.pages.media import sniff

VECTORS = Path(__file__).parents[2].parent / "shared/vectors/encoding"
TEXT = (
    "<html><p>Государственные услуги для граждан: заявление, справка о рождении, выдача паспорта</p></html>"
)
KYRGYZ = "<html><p>Мамлекеттик кызматтар: арыз берүү, төлөм, күбөлүк</p></html>"
FILES = ("html5lib_tests1.dat", "html5lib_tests2.dat", "html5lib_test-yahoo-jp.dat")
CASES = [
    case.split(b"\n#encoding\n")
    for name in FILES
    if (VECTORS / name).exists()
    for case in re.split(rb"(?:^|\n)#data\n", (VECTORS / name).read_bytes())[1:]
]
# Where we read a page otherwise than the project's authors expect, and why.
REVIEWED = {
    ("euc-jp", "utf-8"): "saved as UTF-8 under its old label: a browser shows mojibake, we its letters"
}


@pytest.mark.parametrize(
    "codec", ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "utf-16", "utf-16-le"]
)
@pytest.mark.parametrize("header", [None, "text/html; charset=utf-8"])
def test_d1_cyrillic_is_read_under_a_wrong_label_or_none(codec: str, header: str | None):
    """Windows-1251 under the label of UTF-8 is the most frequent fault of all."""
    assert TEXT == decode(TEXT.encode(codec), header).text.lstrip("\ufeff")


def test_whole_utf8_is_utf8_whatever_the_label_says():
    """Kyrgyz letters do not exist in windows-1251: such a label on them is surely wrong."""
    decoded = decode(KYRGYZ.encode(), "text/html; charset=windows-1251")

    assert (KYRGYZ, "windows-1251", "utf-8") == (decoded.text, decoded.declared, decoded.used)


def test_the_page_s_own_label_is_believed_when_the_header_is_silent():
    """An old page names windows-1251 in its <meta>."""
    html = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">' + TEXT

    assert (html, "windows-1251") == (decode(html.encode("cp1251"), "text/html").text, "windows-1251")


def test_a_few_broken_bytes_do_not_make_utf8_something_else():
    """A page cut in the middle of a letter is still UTF-8."""
    decoded = decode((TEXT * 20).encode() + b"\xd0", "text/html; charset=utf-8")

    assert ("utf-8", 1) == (decoded.used, decoded.text.count("\ufffd"))


@pytest.mark.parametrize("label", ["bogus", "zip", "rot13", "base64", "", "utf-7\n"])
def test_a_label_that_is_no_text_encoding_is_passed_over(label: str):
    """Python has codecs that are none of text; a page must not reach them."""
    assert TEXT == decode(TEXT.encode(), f"text/html; charset={label}").text


@pytest.mark.skipif(not CASES, reason="shared test vectors are not beside this repository")
@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_d1_html5lib_s_pages_are_read_as_browsers_read_them(case: list[bytes]):
    """Pages of the html5lib project; where all is ASCII, UTF-8 and windows-1252 are the same."""
    body, expected = case[0], case[1].strip().decode()
    used = decode(body, None).used
    same = codecs.lookup(expected).name == codecs.lookup(used).name

    is_reviewed = (expected, used) in REVIEWED and len(body.decode("utf-8")) < len(body)
    assert same or is_reviewed or (body.isascii() and expected.lower() == "windows-1252"), (expected, used)


RUSSIAN = "<h1>Государственные услуги</h1><p>Для получения паспорта подайте заявление и оплатите пошлину.</p>"
FRENCH = "<p>Les démarches à effectuer auprès de la préfecture : délivrance d’un passeport, état civil</p>"
SPANISH = "<html><p>Trámites: inscripción de los niños, año académico, información de la región</p></html>"


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "iso8859-5", "cp866"])
@pytest.mark.parametrize(
    "label",
    [
        "iso-8859-1",
        "windows-1252",
        "windows-1251",
        "koi8-r",
        "iso-8859-5",
        "utf-8",
        "iso-8859-9",
        "macintosh",
    ],
)
@pytest.mark.parametrize("text", [RUSSIAN, TEXT, "<p>Выдача справки</p>"])
def test_cyrillic_is_read_by_how_it_reads_whatever_the_label_says(codec: str, label: str, text: str):
    """All of these encodings read any bytes without a fault: only the words tell."""
    assert text == decode(text.encode(codec), f"text/html; charset={label}").text


def test_a_right_meta_wins_over_a_wrong_header():
    """A server set to ISO-8859-1 sends pages that say what they are."""
    html = '<meta charset="windows-1251">' + RUSSIAN
    decoded = decode(html.encode("cp1251"), "text/html; charset=ISO-8859-1")

    assert (html, "iso-8859-1", "windows-1251") == (decoded.text, decoded.declared, decoded.used)


@pytest.mark.parametrize("text", [FRENCH, SPANISH])
@pytest.mark.parametrize(
    "header", ["text/html; charset=iso-8859-1", "text/html; charset=windows-1251", "text/html"]
)
def test_accents_are_not_taken_for_cyrillic(text: str, header: str):
    """An accent among Latin letters is one under any label."""
    assert text == decode(text.encode("cp1252"), header).text


@pytest.mark.parametrize("label", ["utf-8", "windows-1251", "iso-8859-1"])
@pytest.mark.parametrize("tail", [b"\xd0", b"\xe2\x80", b""])
def test_a_cut_or_spoilt_letter_does_not_condemn_utf8(label: str, tail: bytes):
    """A crawler that stops at a limit cuts letters; a database column that is too short does too."""
    body = RUSSIAN.encode().replace("заявление".encode(), "заявлени".encode() + b"\xd0", 1) + tail
    decoded = decode(body, f"text/html; charset={label}")

    assert ("utf-8", True) == (decoded.used, "Для получения паспорта" in decoded.text)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [KYRGYZ, "Паспорт алуу үчүн арыз. «Жаңы» №5 — 2026-жыл", "Plain text of a service"]
)
def test_utf16_without_a_mark_is_text(codec: str, text: str):
    """In Cyrillic text every other byte is a 4, which looks like a control character."""
    body = text.encode(codec)

    assert (text, True) == (decode(body, None).text, sniff(body, None).startswith("text/"))


@pytest.mark.parametrize(
    "body", [bytes(range(256)) * 20, b"\0" * 4000, b"\x04\0" * 2000, b"a b c d e f g h " * 50]
)
def test_what_is_not_utf16_is_not_taken_for_it(body: bytes):
    """Tables of numbers have zeros in every other byte too."""
    assert None is wide_order(body)


@pytest.mark.parametrize("over", ["windows-1252", "windows-1251", "latin-1"])
@pytest.mark.parametrize("text", [RUSSIAN, KYRGYZ, FRENCH])
def test_text_that_was_encoded_twice_is_read_as_it_was_meant(over: str, text: str):
    """A database that was told the wrong encoding gives UTF-8 of what UTF-8 looks like in it."""
    read = "".join(_byte(byte, over) for byte in text.encode())
    decoded = decode(read.encode(), "text/html; charset=utf-8")

    assert (text, "utf-8 twice over") == (decoded.text, decoded.used.rpartition(" ")[0])


@pytest.mark.parametrize(
    "text",
    ["<p>Ñandú, NIÑO, AÑO: ÑUÑOA Ð</p>", "<p>РСФСР, СССР: «ЕС» и «РС»</p>", "<p>JOÃO, Âge, Änderung</p>"],
)
def test_capitals_that_look_like_a_double_encoding_stay(text: str):
    """Abbreviations and names have the letters that a double encoding leaves."""
    assert (text, "utf-8") == (decode(text.encode(), None).text, decode(text.encode(), None).used)


def _byte(byte: int, encoding: str) -> str:
    """Return what a browser shows for a byte."""
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)
