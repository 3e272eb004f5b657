"""Pages that nobody means to be read: endless, deep, crooked. Reading them ends, and loses no text."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import page_from_html
from pipelines.records import Page

SHARED = Path(__file__).parents[2].parent / "shared"
NAUGHTY = SHARED / "vectors/injection/naughty_strings.json"
GOLD = SHARED / "corpus/gold.jsonl"
NESTING = [
    "div",
    "/div",
    "p",
    "h1",
    "/h1",
    "form",
    "/form",
    "nav",
    "/nav",
    "main",
    "aside",
    "footer",
    "table",
]
INLINE = [
    "a href=/x",
    "a",
    "/a",
    "br",
    "button",
    "/button",
    "label",
    "/label",
    "input name=q",
    "select",
    "option",
]
TAGS = st.sampled_from([*NESTING, *INLINE, "td class=menu", "script", "/script"])
MARKUP = st.lists(st.one_of(TAGS.map(lambda tag: f"<{tag}>"), st.text(max_size=12)), max_size=40).map("".join)


def _faults(page: Page) -> list[str]:
    """What a page may never be: words that are not where it says they are."""
    text, ends = page.text, [(one.start, one.end) for one in page.regions]
    claims = {
        "link": all(text[one.offset :][: len(one.text)] == one.text for one in page.links if one.offset >= 0),
        "heading": all(heading in text for _, heading in page.headings),
        "button": all(form.submit_text in text for form in page.forms),
        "region": all(0 <= start < end <= len(text) for start, end in ends),
        "order": all(before[1] <= after[0] for before, after in pairwise(ends)),
        "cover": sum(end - start for start, end in ends) + max(len(ends) - 1, 0) >= len(text),
        "line": all(line and line == " ".join(line.split()) for line in text.split("\n")) or not text,
    }
    return [name for name, holds in claims.items() if not holds]


@settings(max_examples=150, deadline=None)
@given(markup=MARKUP)
def test_whatever_the_markup_words_are_where_the_page_says(markup: str):
    """Links, headings and buttons are substrings of the text; regions cover all of it, in order."""
    assert [] == _faults(page_from_html(markup.encode("utf-8", "replace"), "https://example.kg/"))


def test_d3_l10_twenty_thousand_nested_elements_lose_no_text():
    """The usual parser silently drops all text below about 2,048 elements."""
    page = page_from_html(b"<div>" * 20_000 + b"deep" + b"</div>" * 20_000 + b"<p>after</p>", None)

    assert "deep\nafter" == page.text


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "кызмат " * 1_000_000 + "</p>",
        "<p " + "".join(f"a{number}=1 " for number in range(100_000)) + ">кызмат</p>",
        "<a href=/x>кызмат</a> " * 50_000,
        "<select>" + "<option>кызмат" * 50_000 + "</select>",
        "<!--" * 100_000 + "кызмат",
        "<div>" * 100_000 + "кызмат",
        "<UL><LI>" * 50_000 + "кызмат",
    ],
    ids=["text", "attributes", "links", "options", "comments", "depth", "lists"],
)
def test_d3_huge_nodes_take_seconds_not_minutes(html: str):
    """Time grows with size, not with its square."""
    started = time.process_time()
    page = page_from_html(html.encode(), None)

    assert (True, "<!--" not in html) == (time.process_time() - started < 20, "кызмат" in page.text)


@pytest.mark.skipif(not NAUGHTY.exists(), reason="shared test vectors are not beside this repository")
def test_d15_naughty_strings_are_read_in_one_line_each():
    """NUL, controls, direction overrides and the like are taken out in one place, and break nothing."""
    naughty = json.loads(NAUGHTY.read_text("utf-8"))
    pages = [
        page_from_html(f"<h1>{one}</h1><p>{one}</p>".encode("utf-8", "replace"), None) for one in naughty
    ]

    assert [] == [fault for page in pages for fault in _faults(page)]


def test_d15_numeric_references_to_surrogates_and_controls_are_no_text():
    """`&#xD800;` and `&#0;` must not reach a Parquet file."""
    page = page_from_html(b"<p>a&#xD800;b&#0;c&#1;d</p>", None)

    assert "abcd" == page.text.replace("\ufffd", "")


@pytest.mark.skipif(not GOLD.exists(), reason="the shared corpus is not beside this repository")
def test_every_page_of_the_corpus_is_read_without_a_fault():
    """255 real pages: no crash, words where the page says they are, 98 % of languages right."""
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    pages = [page_from_html((GOLD.parent / row["file"]).read_bytes(), row["url"]) for row in rows]
    right = sum(page.language == row["language"] for page, row in zip(pages, rows, strict=True))

    assert ([], True) == ([fault for page in pages for fault in _faults(page)], right >= 0.98 * len(rows))
