"""Case D15, and D13 as far as letters go: strings that break programs, from a page to a query in SQL."""

import json
from pathlib import Path

import duckdb
import pytest
from hostile_pages import KNOWLEDGE, page_of
from hypothesis import given
from hypothesis import strategies as st

from pipelines.find import understand
from pipelines.judging.lookalikes import of_one_alphabet
from pipelines.judging.phrases import fold
from pipelines.records import Page, PageRow
from pipelines.records_io import read_rows, write_rows
from pipelines.rounds.page_reading import page_row

NAUGHTY = Path(__file__).parents[2].parent / "shared/vectors/injection/naughty_strings.json"
OWN = [
    "a\0b",
    "a\x01\x1b[31mb",
    "a&#xD800;b&#xDFFF;c",
    "\ufffe\uffff",
    "x" * 200_000,
    "👩‍👩‍👧" * 1000,
    "';--",
]

LONG = (
    "Мамлекеттик кызмат жарандарга көрсөтүлөт. " * 10
)  # a page's worth: a few bytes alone are a binary file


def _stored(pages: list[Page], path: Path) -> list[tuple[str, str]]:
    """Write pages as a round does; return titles and texts as DuckDB reads them."""
    rows = [page_row(page, understand(page, KNOWLEDGE)) for page in pages]
    write_rows(path, rows, PageRow)
    assert sorted(row.text for row in rows) == sorted(row.text for row in read_rows(path, PageRow))
    return duckdb.read_parquet(str(path)).select("title", "text").fetchall()


def _pages(strings: list[str]) -> list[Page]:
    return [page_of(f"<title>{one}</title><h1>{one}</h1><p>{LONG} кызмат {one} арыз</p>") for one in strings]


@pytest.mark.skipif(not NAUGHTY.exists(), reason="shared test vectors are not beside this repository")
def test_d15_naughty_strings_go_from_a_page_to_a_query_unchanged(tmp_path: Path):
    """515 strings: what was read is what Parquet keeps and what DuckDB gives, letter by letter."""
    pages = _pages(json.loads(NAUGHTY.read_text("utf-8")))
    stored = _stored(pages, tmp_path / "pages.parquet")

    assert len(pages) > 500
    assert sorted((page.title, page.text) for page in pages) == sorted(stored)


@pytest.mark.parametrize(
    "string", OWN, ids=["nul", "controls", "surrogates", "no letters", "long", "emoji", "sql"]
)
def test_d15_what_is_no_text_is_taken_out_once_and_the_rest_is_kept(string: str, tmp_path: Path):
    """No NUL, control or surrogate reaches a file; a string of a megabyte is kept whole."""
    ((_, text),) = _stored(_pages([string]), tmp_path / "pages.parquet")
    unwelcome = [sign for sign in text if (sign < " " and sign != "\n") or "\ud800" <= sign <= "\udfff"]

    assert ([], True) == (unwelcome, "кызмат" in text and "арыз" in text)
    assert text.count("x") == 2 * string.count("x") * ("x" * 9 in string)


@pytest.mark.parametrize("spelling", ["обращение", "oбращение", "обpащение", "обращениe"])
def test_d13_latin_letters_in_a_cyrillic_word_are_matched_and_kept(spelling: str):
    """A word of mixed alphabets means what it looks like; the page's own letters stand in its text."""
    page = page_of(f"<main><p>Подать {spelling} онлайн</p></main>")

    assert spelling in page.text
    assert _concepts("Подать обращение онлайн") == _concepts(page.text)


def _concepts(text: str) -> set[str]:
    return {hit.concept for hit in KNOWLEDGE.lexicon.hits(fold(text), frozenset({"ru"}))}


@given(text=st.text(st.sampled_from("abchopxyzавсорхящ -1")))
def test_d13_a_word_in_one_alphabet_stays_as_long_and_changes_once(text: str):
    """Places in the folded text are places in the page's: quotes rest on it."""
    once = of_one_alphabet(text)

    assert (len(text), once) == (len(once), of_one_alphabet(once))
