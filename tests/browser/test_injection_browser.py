"""Case F1 in a real browser: pages full of hostile words open no dialog and make no element that is not ours.

The policy is switched off, so that only the escaping is between the words and the reader.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "warehouse"))
from test_portal_safety import PAYLOADS, SHARED, WORDS, harmless_like, portal_with
from tiny_release import built_once

pytestmark = pytest.mark.browser
PAGES = (
    "sample/index.html",
    "sample/institutions/tax/index.html",
    "sample/services/index.html",
    "sample/services/tax-registration/index.html",
    "sample/services/birth-certificate/index.html",
    "sample/coverage/index.html",
    "sample/stages/3/index.html",
    "datasets/out_services/index.html",
    "datasets/out_service_findings/index.html",
    "datasets/out_service_facts/index.html",
    "search/index.html",
)
SHAPE = """() => [...document.querySelectorAll('*')].map(
    one => one.localName + ' ' + [...one.attributes].map(attribute => attribute.name).sort().join(' '))"""
TRAP = """window.caught = [];
for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => caught.push(name);"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tiny country, built."""
    return built_once(tmp_path_factory)


@pytest.fixture(scope="module")
def ours(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a portal whose crawled words are our payloads."""
    return portal_with(data, tmp_path_factory.mktemp("ours") / "x", WORDS, PAYLOADS)


def shapes(browser: Any, folder: Path) -> tuple[list[list[str]], list[str]]:
    """Return the elements with their attributes of each page as the browser made them, and what ran."""
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(TRAP)
    page, ran, found = context.new_page(), [], []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    for name in PAGES:
        page.goto((folder / "ky" / name).as_uri())
        page.evaluate(
            "for (const one of document.querySelectorAll('main *')) one.dispatchEvent(new Event('mouseover'))"
        )
        ran += page.evaluate("window.caught")
        found.append(page.evaluate(SHAPE))
    context.close()
    return found, ran


def harmless(browser: Any, data: Path, folder: Path, words: Sequence[str]) -> list[list[str]]:
    """Return the elements of pages whose crawled words are harmless ones in place of `words`."""
    return shapes(browser, portal_with(data, folder, WORDS, harmless_like(words)))[0]


def test_f1_no_dialog_opens_and_no_element_is_added(chromium: Any, data: Path, ours: Path, tmp_path: Path):
    """The browser makes of hostile words the very elements and attributes that it makes of harmless ones."""
    expected = harmless(chromium, data, tmp_path / "harmless", PAYLOADS)

    assert (expected, []) == shapes(chromium, ours)


@pytest.mark.soak
def test_f1_the_public_payloads_open_no_dialog_and_add_no_element(chromium: Any, data: Path, tmp_path: Path):
    """Every tenth of a public list of cross-site scripting payloads."""
    public = SHARED / "xss_payloads_every_tenth.txt"
    if not public.is_file():
        pytest.skip("the shared injection vectors are not beside the project")
    lines = [line for line in public.read_text(encoding="utf-8").splitlines() if line]
    expected = harmless(chromium, data, tmp_path / "harmless", lines)

    assert (expected, []) == shapes(chromium, portal_with(data, tmp_path / "x", WORDS, lines))


def test_f1_hostile_words_are_found_and_shown_as_words(chromium: Any, ours: Path):
    """Searching puts crawled names into the page by script: as text, too."""
    page = chromium.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.goto((ours / "ru" / "search" / "index.html").as_uri())
    page.get_by_role("searchbox").fill("alert")
    page.locator("#results li").first.wait_for()
    made = page.evaluate("[...document.querySelectorAll('#results *')].map(one => one.localName)")
    page.close()

    assert [] == ran
    assert {"li", "span", "b", "a"} >= set(made)
