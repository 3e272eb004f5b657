"""Case F9: everybody can read and use every page: by axe-core, by the Nu HTML checker, and by keyboard alone.

Here each type of page is judged once, the combinations of language, width and light in turn; `make soak`
judges every type in every combination, and asks Lighthouse.
"""

from pathlib import Path
from typing import Any

import pytest
from checkers import LANGUAGES, PLACES, SHAPES, nu_errors, violations

pytestmark = pytest.mark.browser
STOPS = """() => {
    const shapes = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    const shown = [...document.querySelectorAll(shapes)].filter(one => one.checkVisibility());
    return shown.map((one, place) => {
        one.dataset.stop = place;
        return place;
    });
}"""
USED = ("sample/services/tax-registration/", "datasets/out_services/", "sql/", "search/")


@pytest.mark.parametrize(
    "turn", [0, *(pytest.param(n, marks=pytest.mark.soak) for n in range(1, len(SHAPES)))]
)
def test_f9_axe_finds_no_violation(chromium: Any, host: str, turn: int):
    """In pages of each type, on a phone and a wide screen, by day and by night."""
    width, scheme = SHAPES[turn]
    mine = list(enumerate(PLACES))[turn :: len(SHAPES)]
    urls = [f"{host}{LANGUAGES[(place // len(SHAPES)) % 3]}/{name}" for place, name in mine]

    assert {} == violations(chromium, urls, width, scheme)


def test_f9_the_page_that_offers_the_languages_has_no_violation(chromium: Any, host: str):
    """It speaks three languages at once."""
    assert {} == violations(chromium, [host], *SHAPES[0])


@pytest.mark.parametrize(
    "language", ["ky", *(pytest.param(other, marks=pytest.mark.soak) for other in ("ru", "en"))]
)
def test_f9_every_page_of_a_release_is_valid_html(released: Path, language: str):
    """The Nu HTML checker has nothing against any of them."""
    assert [] == nu_errors(released, language)


@pytest.mark.parametrize("place", USED)
def test_f9_the_keyboard_alone_reaches_everything(chromium: Any, host: str, place: str):
    """Tab stops at each link, button and field once, in the order of reading; each stop is seen."""
    page = chromium.new_page()
    page.goto(f"{host}ru/{place}")
    there = page.evaluate(STOPS)
    reached, unseen = [], []
    for _ in there:
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const one = document.activeElement;
                return [one.dataset.stop, getComputedStyle(one).outlineStyle];
            }"""
        )
        reached.append(int(stop[0]))
        if stop[1] == "none":
            unseen.append(stop[0])
    page.close()

    assert (there, []) == (reached, unseen)


def test_f9_a_question_is_asked_by_keyboard(chromium: Any, host: str):
    """Type, and Ctrl and Enter; the answer says that it has come."""
    page = chromium.new_page()
    page.goto(f"{host}en/sql/")
    page.locator("#sql").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("select 42 as answer")
    page.keyboard.press("Control+Enter")
    page.get_by_role("cell", name="42").wait_for(timeout=60_000)
    said = page.get_by_role("status").inner_text()
    page.close()

    assert "Rows: 1" in said
