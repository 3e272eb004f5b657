"""Case F1 in a real browser: pages full of hostile words open no dialog and make no element that is not ours.

The policy is switched off, so that only the escaping is between the words and the reader.
"""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "warehouse"))
from test_portal_safety import PAYLOADS, SHARED, WORDS, portal_with
from tiny import tiny_data

from warehouse.build import build

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
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return portals of harmless words, of our payloads and of the public ones."""
    data = tiny_data(tmp_path_factory.mktemp("tiny"))
    build(data, threads=1)
    public = SHARED / "xss_payloads_every_tenth.txt"
    lines = public.read_text(encoding="utf-8").splitlines() if public.is_file() else []
    words = {
        "harmless": ["harmless words", "other words"],
        "ours": PAYLOADS,
        "public": [line for line in lines if line],
    }
    folder = tmp_path_factory.mktemp("portals")
    return {kind: portal_with(data, folder / kind, WORDS, given) for kind, given in words.items() if given}


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


@pytest.mark.parametrize("kind", ["ours", "public"])
def test_f1_no_dialog_opens_and_no_element_is_added(chromium: Any, folders: dict[str, Path], kind: str):
    """The browser makes of hostile words the very elements and attributes that it makes of harmless ones."""
    if kind not in folders:
        pytest.skip("the shared injection vectors are not beside the project")
    harmless, _ = shapes(chromium, folders["harmless"])
    hostile, ran = shapes(chromium, folders[kind])

    assert [] == ran
    assert harmless == hostile


def test_f1_hostile_words_are_found_and_shown_as_words(chromium: Any, folders: dict[str, Path]):
    """Searching puts crawled names into the page by script: as text, too."""
    page = chromium.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.goto((folders["ours"] / "ru" / "search" / "index.html").as_uri())
    page.get_by_role("searchbox").fill("alert")
    page.locator("#results li").first.wait_for()
    made = page.evaluate("[...document.querySelectorAll('#results *')].map(one => one.localName)")
    page.close()

    assert [] == ran
    assert {"li", "span", "b", "a"} >= set(made)
