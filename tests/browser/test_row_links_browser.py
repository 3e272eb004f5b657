"""A link to one row of a table: made, followed, and what is said where it leads nowhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from warehouse.portal.row_links import row_id

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # ms, for a machine that is busy
TABLE = "datasets/out_service_rounds/index.html"
ROW = "row=tax-registration,2026-11"
LENGTHS = ("a" * 59 + "ң", "a" * 60 + "ң", "ң" * 200, "😀" * 61, "'!*()~ ,&\"<%", "", None, 7)

IS_SEEN = """one => {
    const box = one.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """Yield a page that may write to the clipboard."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def marked(page: Any) -> str:
    """Wait for a marked row that can be seen; return its id."""
    row = page.locator(".preview .named")
    row.wait_for(timeout=PATIENCE)
    assert row.evaluate(IS_SEEN)
    found: str = row.get_attribute("id")
    return found


def test_a_link_leads_to_its_row(page: Any, host: str):
    """Which is marked, seen, and where the keyboard goes on."""
    page.goto(f"{host}ru/{TABLE}#{ROW}")

    assert ROW == marked(page)
    assert ROW == page.evaluate("document.activeElement.id")


def test_a_link_leads_to_its_row_without_a_script(chromium: Any, host: str):
    """As far as it is among the first rows."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}ru/{TABLE}#{ROW}")
    colours = [
        page.locator(f"{row}").evaluate("one => getComputedStyle(one).backgroundColor")
        for row in ("tr:target", ".preview tbody tr:first-child")
    ]
    found = page.locator("tr:target").get_attribute("id")
    context.close()

    assert ROW == found
    assert colours[0] != colours[1]


def test_a_row_that_is_not_shown_is_read_from_the_file(page: Any, host: str):
    """With those that follow it; what was filtered away is found again."""
    page.goto(f"{host}en/{TABLE}")
    page.get_by_label("contains").fill("birth")
    page.get_by_role("button", name="Filter").click()
    page.locator("#filtered", has_text="rows found").wait_for(timeout=PATIENCE)
    page.evaluate(f"location.hash = '{ROW}'")
    found = marked(page)
    said = page.locator("#filtered").inner_text()

    assert ROW == found == page.locator(".preview tbody tr").first.get_attribute("id")
    assert "from the one that the link names" in said


def test_a_link_to_no_row_says_so(page: Any, host: str):
    """Where it is read; the rows stay."""
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{host}en/{TABLE}")
    rows = page.locator(".preview tbody tr").count()
    page.goto(f"{host}en/{TABLE}#row=nobody,2026-11")
    page.locator("#filtered", has_text="not in this table of this release").wait_for(timeout=PATIENCE)

    assert page.locator("#filtered").evaluate(IS_SEEN)
    assert rows == page.locator(".preview tbody tr").count()


def test_from_a_disk_a_link_leads_to_the_rows_shown(page: Any, portal: Path):
    """And says of others that they are not among them."""
    address = (portal / "en" / TABLE).as_uri()
    page.goto(f"{address}#{ROW}")
    found = marked(page)
    page.goto(f"{address}#row=nobody,2026-11")
    said = page.locator("#filtered").inner_text()

    assert ROW == found
    assert "The row that the link names is not among the rows shown here." == said


def test_a_link_is_copied_by_keyboard(page: Any, host: str):
    """The control says to which row; the address is that of this release, not of the next one."""
    page.goto(f"{host}en/{TABLE}")
    control = page.get_by_role("button", name="Copy the link to the row tax-registration, 2026-11")
    control.focus()
    page.keyboard.press("Enter")
    page.locator("#filtered", has_text="The link to the row is copied.").wait_for(timeout=PATIENCE)
    copied = page.evaluate("navigator.clipboard.readText()")
    is_focused = control.evaluate("one => one === document.activeElement")

    assert f"{host}en/{TABLE}#{ROW}" == copied
    assert is_focused


def test_a_browser_that_lets_nothing_be_copied_is_told_so(page: Any, host: str):
    """The address bar has the link then."""
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto(f"{host}en/{TABLE}")
    page.locator(".preview .link").first.click()

    page.locator("#filtered", has_text="The link to the row is in the address bar.").wait_for(
        timeout=PATIENCE
    )


def test_a_copied_link_stays_with_its_release(page: Any, host: str, released: Path):
    """A page below latest/ gives the address of the release that latest/ is now."""
    page.route("**/latest/**", lambda route: route.fulfill(path=under(released, route.request.url)))
    page.goto(f"{host}latest/en/{TABLE}")
    page.get_by_role("button", name="Copy the link to the row tax-registration, 2026-11").click()
    page.locator("#filtered", has_text="The link to the row is copied.").wait_for(timeout=PATIENCE)

    assert f"{host}{released.name}/en/{TABLE}#{ROW}" == page.evaluate("navigator.clipboard.readText()")


def under(folder: Path, url: str) -> Path:
    """Return the file of `folder` that an address below latest/ asks for."""
    return folder / url.split("/latest/")[1]


def test_browser_and_python_name_rows_alike(page: Any, host: str):
    """Also where values are long, missing, or made of signs that addresses know."""
    page.goto(f"{host}en/{TABLE}")
    found = page.evaluate("values => values.map(value => `row=${rowPart(value)}`)", list(LENGTHS))

    assert [row_id({"key": value}, ("key",)) for value in LENGTHS] == found


def test_rows_from_the_file_have_the_names_that_the_page_gave_them(page: Any, host: str):
    """Nothing of a link depends on who shows the row."""
    page.goto(f"{host}en/datasets/out_service_facts/index.html")
    rows = page.locator(".preview tbody tr")
    given = rows.evaluate_all("all => all.map(one => one.id)")
    page.get_by_role("button", name="Show all").click()
    page.locator("#filtered", has_text="rows found").wait_for(timeout=PATIENCE)

    assert sorted(given) == sorted(rows.evaluate_all("all => all.map(one => one.id)"))
