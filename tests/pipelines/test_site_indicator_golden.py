"""Each indicator of a site has pages that show it and pages that only look like it: a folder is a test.

`tests/golden/site_indicators/<indicator>/for-*.html` must show it, `against-*.html`
must not. All are invented.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.clean import clean, loose_capture
from pipelines.find import understand
from pipelines.judging.quotes import is_found_again
from pipelines.knowledge import load_knowledge
from pipelines.records import Finding, Page

GOLDEN = Path(__file__).parents[1] / "golden" / "site_indicators"
SEEN_AT = datetime(2026, 11, 2, tzinfo=UTC)  # the day on which the invented pages are looked at
CASES = sorted(GOLDEN.glob("*/*.html"))
NO_HTTPS = "secure-link/against-"


def seen_on(path: Path) -> tuple[Page, list[Finding]]:
    """Return a golden page, and the findings on it of the indicator that its folder is named after."""
    scheme = "http" if NO_HTTPS in path.as_posix() else "https"
    body = path.read_bytes()
    capture = replace(loose_capture(body, f"{scheme}://ministry.example/page"), captured_at=SEEN_AT)
    page = clean(capture, body)
    found = understand(page, load_knowledge()).site
    return page, [one for one in found if one.indicator_id == path.parent.name]


@pytest.mark.parametrize(
    "path",
    [path for path in CASES if path.name.startswith("for-")],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_a_page_that_shows_an_indicator_is_quoted(path: Path):
    """In the page's own words, which are found again at their place."""
    page, found = seen_on(path)

    assert found
    assert all(is_found_again(finding, page) for finding in found)


@pytest.mark.parametrize(
    "path",
    [path for path in CASES if path.name.startswith("against-")],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_a_page_that_only_looks_like_an_indicator_shows_nothing(path: Path):
    """The same words in another sense, or a shape that falls short."""
    _, found = seen_on(path)

    assert [] == found


def test_every_indicator_of_a_site_has_pages_for_and_against_it():
    """At least one of each; no folder is named after an indicator that there is not."""
    sides = {(path.parent.name, path.name.partition("-")[0]) for path in CASES}
    known = {one.id for one in load_knowledge().site_indicators}

    assert {(one, side) for one in known for side in ("for", "against")} == sides


def test_the_golden_pages_are_in_all_three_languages():
    """Each language has both sides."""
    sides = {path.stem for path in CASES}

    assert {f"{side}-{language}" for side in ("for", "against") for language in ("ky", "ru", "en")} == sides
