"""Labels lie; bytes do not. Order of belief: byte order mark, header, the page's own label, detector."""

import codecs
import re
from pathlib import Path

import pytest

from pipelines.pages.encoding import decode

VECTORS = Path(__file__).parents[2].parent / "shared/vectors/encoding"
TEXT = (
    "<html><p>Государственные услуги для граждан: заявление, справка о рождении, выдача паспорта</p></html>"
)
KYRGYZ = "<html><p>Мамлекеттик кызматтар: арыз берүү, төлөм, күбөлүк</p></html>"
FILES = ("html5lib_tests1.dat", "html5lib_tests2.dat")
CASES = [
    case.split(b"\n#encoding\n")
    for name in FILES
    if (VECTORS / name).exists()
    for case in re.split(rb"(?:^|\n)#data\n", (VECTORS / name).read_bytes())[1:]
]


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
def test_html5lib_s_pages_are_read_as_browsers_read_them(case: list[bytes]):
    """Pages of the html5lib project; where all is ASCII, UTF-8 and windows-1252 are the same."""
    body, expected = case[0], case[1].strip().decode()
    used = decode(body, None).used
    same = codecs.lookup(expected).name == codecs.lookup(used).name

    assert same or (body.isascii() and expected.lower() == "windows-1252"), (expected, used)
