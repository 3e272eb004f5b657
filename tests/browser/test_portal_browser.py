"""The portal as people use it: in a real browser, on a phone, from a disk, without a script."""

import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PLACES = (
    "",
    "sample/",
    "sample/services/",
    "sample/services/tax-registration/",
    "sample/services/tax-appeal/",
    "sample/institutions/tax/",
    "sample/stages/3/",
    "sample/indicators/",
    "sample/indicators/apply-online/",
    "sample/coverage/",
    "datasets/",
    "datasets/out_services/",
    "method/",
    "about/",
)
FIRST_PAGE_LIMIT = 100_000


def complaints(page: Any) -> list[str]:
    """Return the list to which `page` will add what it complains about."""
    found: list[str] = []
    page.on(
        "console",
        lambda message: found.append(message.text) if message.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    return found


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_no_page_scrolls_sideways_on_a_small_phone(chromium: Any, address: str, language: str):
    """At 320 px tables scroll in their own box; nothing complains."""
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    said = complaints(page)
    wide = {}
    for place in PLACES:
        page.goto(f"{address}{language}/{place}index.html")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[place] = width
    page.close()

    assert ({}, []) == (wide, said)


# Tables of figures, side by side: they scroll, and say so.
SIDE_BY_SIDE = ("", "sample/", "sample/institutions/tax/", "method/", "datasets/out_services/")
WIDER = """[...document.querySelectorAll(".table")].filter(each => each.scrollWidth > each.clientWidth)"""


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_what_is_read_on_a_phone_is_not_cut(chromium: Any, address: str, language: str):
    """At 360 px a row of long texts is a record, each text under its column's name; nothing must scroll."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    cut = {}
    for place in PLACES:
        page.goto(f"{address}{language}/{place}index.html")
        tables = ".records, .told" if place in SIDE_BY_SIDE else ".table"
        script = f"{WIDER}.filter(each => each.matches('{tables}')).map(each => each.ariaLabel)"
        if found := page.evaluate(script):
            cut[place] = found
    page.close()

    assert {} == cut


def test_what_scrolls_on_a_phone_can_be_reached_and_says_so(chromium: Any, address: str):
    """A shadow at the edge, and a region that the keyboard reaches and a screen reader names."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}ky/sample/institutions/index.html")
    found = page.evaluate(
        f"""{WIDER}.map(each => [each.tabIndex, each.role, Boolean(each.ariaLabel),
            getComputedStyle(each).backgroundImage.split("linear-gradient").length - 1])"""
    )
    page.close()

    assert [[0, "region", True, 4]] == found


def test_f8_it_works_from_a_disk(chromium: Any, portal: Path):
    """Style is applied and links lead on, under the strict policy, without a server."""
    page = chromium.new_page()
    said = complaints(page)
    page.goto((portal / "index.html").as_uri())
    page.get_by_role("link", name="Кыргызча").click()
    page.get_by_role("link", name="Country sample (ky)").click()
    page.get_by_role("link", name="Ministry of tax (ky)").first.click()
    page.get_by_role("link", name="Service tax-registration").click()
    shown = (
        page.locator("blockquote").first.inner_text(),
        page.evaluate("getComputedStyle(document.body).display"),
    )
    page.close()

    assert ("words that show online-payment", "flex", []) == (shown[0].split("\n")[0], shown[1], said)


def test_changing_the_language_stays_on_the_same_thing(chromium: Any, address: str):
    """From the Kyrgyz page of a service to its Russian one."""
    page = chromium.new_page()
    page.goto(f"{address}ky/sample/services/birth-certificate/index.html")
    page.get_by_role("link", name="Русский").click()
    arrived = (page.url, page.locator("h1").inner_text(), page.locator("html").get_attribute("lang"))
    page.close()

    assert (
        f"{address}ru/sample/services/birth-certificate/index.html",
        "Свидетельство о рождении",
        "ru",
    ) == arrived


def test_f9_it_says_the_same_without_a_script(chromium: Any, address: str):
    """The words of a page do not come from a script."""
    words = []
    for is_on in (True, False):
        context = chromium.new_context(java_script_enabled=is_on)
        page = context.new_page()
        page.goto(f"{address}en/sample/services/tax-registration/index.html")
        said = str(page.locator("main").text_content())
        for button in page.locator("main button").all_text_contents():  # what one does, not what is said
            said = said.replace(button, "", 1)
        words.append(said)
        context.close()

    assert words[0] == words[1]


def test_f10_the_first_page_is_light_and_asks_nobody_else(chromium: Any, address: str):
    """All that a browser fetches for a country's page, over the wire."""
    page = chromium.new_page()
    fetched: list[Any] = []
    page.on("response", lambda response: fetched.append(response))  # noqa: PLW0108 - a built-in cannot be marked
    page.goto(f"{address}ky/sample/index.html", wait_until="networkidle")
    size = sum(len(response.body()) for response in fetched)
    page.close()

    assert {True} == {response.url.startswith(address) for response in fetched}
    assert size <= FIRST_PAGE_LIMIT


def test_the_keyboard_reaches_the_content_first(chromium: Any, address: str):
    """The first stop is the link that skips the menu, and it can be seen."""
    page = chromium.new_page()
    page.goto(f"{address}en/sample/index.html")
    page.keyboard.press("Tab")
    box = page.locator(":focus").bounding_box()
    page.keyboard.press("Enter")
    reached = page.evaluate("document.activeElement.id")
    page.close()

    assert (True, "main") == (box["y"] >= 0, reached)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_stage_colours_are_four_and_grow_lighter(chromium: Any, address: str, scheme: str):
    """So their order survives grey print and colour blindness."""
    page = chromium.new_page(color_scheme=scheme)
    page.goto(f"{address}en/index.html")
    lightness = page.evaluate(
        """() => [1, 2, 3, 4].map(stage => {
            const colour = getComputedStyle(document.querySelector(`.stage-${stage} b`)).backgroundColor;
            const [red, green, blue] = colour.match(/[0-9.]+/g).map(Number);
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        })"""
    )
    page.close()

    assert sorted(lightness) == lightness
    assert all(later - earlier >= 20 for earlier, later in pairwise(lightness))


def test_a_hostile_page_of_ours_is_stopped_by_the_policy(chromium: Any, portal: Path, tmp_path: Path):
    """Were a script ever to slip into a page, the policy in the page would not let it run."""
    folder = tmp_path / "portal"
    shutil.copytree(portal, folder)
    path = folder / "en" / "about" / "index.html"
    html = path.read_text(encoding="utf-8")
    path.write_text(
        html.replace("<h1>", "<script>alert(1)</script><img src=x onerror=alert(2)><h1>"), encoding="utf-8"
    )
    page = chromium.new_page()
    said = complaints(page)
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    page.close()

    assert not {"1", "2"} & set(said)
    assert any("Content Security Policy" in text for text in said)
