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


@pytest.mark.soak
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


def test_a_service_found_in_kyrgyz_leads_to_the_words_that_prove_its_stage(chromium: Any, address: str):
    """From the menu to the words, the archive file and the checksum, by links that a reader sees."""
    page = chromium.new_page()
    page.goto(f"{address}ky/index.html")
    page.get_by_role("link", name="Издөө").click()
    page.get_by_role("searchbox").fill("tax-registration")
    page.locator("#results a").first.click()
    proof = page.locator(".proof").first
    said = proof.locator("blockquote").first.inner_text()
    kept = proof.locator("figcaption").inner_text()
    page.close()

    assert "words that show" in said
    assert all(part in kept for part in ("captures/", ".warc.gz", "SHA-256"))


def test_search_pages_say_what_to_do_where_no_script_runs(chromium: Any, address: str):
    """All services are listed too, and the page says where."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}ru/search/index.html")
    links = page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    context.close()

    assert any("services" in link or "sample" in link for link in links)
