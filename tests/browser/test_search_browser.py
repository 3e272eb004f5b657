"""Searching as people do it: on their keyboard, in their language, also from a disk."""

import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def results(page: Any, address: str, query: str) -> list[str]:
    """Return the names that a search finds, after it has said how many."""
    page.goto(address)
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("searchbox").press("Enter")
    page.locator("#status", has_text=re.compile(r"\S")).wait_for()
    return list(page.locator("#results a").all_inner_texts())


@pytest.mark.parametrize("query", ["туулгандыгы", "ТУУЛГАНДЫГЫ КУБОЛУК", "туулг күбө", "birth cert"])
def test_a_service_is_found_by_any_of_its_names(chromium: Any, address: str, query: str):
    """And shown in the language of the page, whatever the letters at hand or how much of a word was typed."""
    page = chromium.new_page()
    found = results(page, f"{address}ru/search/index.html", query)
    page.close()

    assert ["Свидетельство о рождении"] == found


def test_search_works_from_a_disk(chromium: Any, portal: Path):
    """The index is scripts, which a page on a disk may load."""
    page = chromium.new_page()
    found = results(page, (portal / "ky" / "search" / "index.html").as_uri(), "tax")
    page.locator("#results a").first.click()
    heading = page.locator("h1").inner_text()
    page.close()

    assert found
    assert heading == found[0]


def test_nothing_found_is_said(chromium: Any, address: str):
    """In the reader's language."""
    page = chromium.new_page()
    found = results(page, f"{address}ky/search/index.html", "жокжокжок")
    said = page.locator("#status").inner_text()
    page.close()

    assert ([], "Эч нерсе табылган жок.") == (found, said)
