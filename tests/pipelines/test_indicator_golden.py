"""Golden indicators: each folder of `tests/golden/indicators` shows one indicator, and near misses of it.

`for-<language>.html` has the indicator; `against-<language>.html` has words like it, and is no such thing.
`expected.yml` names the address and kind of each page, and the words that show the indicator or seem to.
`gaps` names what we are known to miss on a page: such a case must fail, and is red on the day it is met.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.clean import page_from_html
from pipelines.find import Reading, understand
from pipelines.judging.quotes import is_found_again
from pipelines.knowledge import load_knowledge
from pipelines.records import Page

FOLDER = Path(__file__).parents[1] / "golden/indicators"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One page of one indicator's folder, and what a careful person says of it."""

    file: Path
    url: str
    kind: str
    words: str
    gaps: tuple[str, ...] = ()  # indicator | kind: what is known not to be told yet

    @property
    def indicator_id(self) -> str:
        """The folder is named after the indicator."""
        return self.file.parent.name

    def __str__(self) -> str:
        """Name the case in the words that a developer would open it with."""
        return f"{self.indicator_id}/{self.file.stem}"


def cases() -> list[Case]:
    """Return every page that an `expected.yml` names."""
    return [
        Case(file=expected.parent / name, **{**page, "gaps": tuple(page.get("gaps", ()))})
        for expected in sorted(FOLDER.glob("*/expected.yml"))
        for name, page in yaml.safe_load(expected.read_text("utf-8"))["pages"].items()
    ]


@cache
def read(case: Case) -> tuple[Page, Reading]:
    """Return the page of `case` and what is understood of it, worked out once for all tests."""
    page = page_from_html(case.file.read_bytes(), case.url)
    return page, understand(page, load_knowledge())


def told(what: str, *sides: str) -> list[Any]:
    """Return the cases of `sides`; those of which `what` is not told yet must fail."""
    return [
        pytest.param(case, id=str(case), marks=[GAP] if what in case.gaps else [])
        for case in cases()
        if case.file.name.startswith(sides)
    ]


GAP = pytest.mark.xfail(strict=True, reason="known not to be told yet: see `gaps` in expected.yml")


@pytest.mark.parametrize("case", told("indicator", "for-"))
def test_an_indicator_is_found_where_a_careful_person_finds_it(case: Case):
    """What the definitions call the indicator is found, and its quote stands on the page."""
    page, reading = read(case)
    findings = [finding for finding in reading.findings if finding.indicator_id == case.indicator_id]

    assert findings, f"{case}: {case.indicator_id} was not found; the page says {case.words!r}"
    assert all(is_found_again(finding, page) for finding in findings)


@pytest.mark.parametrize("case", told("indicator", "against-"))
def test_a_near_miss_is_not_taken_for_the_indicator(case: Case):
    """Words that look like the indicator, and by its definition are not, give no finding."""
    _, reading = read(case)
    quotes = [finding.quote for finding in reading.findings if finding.indicator_id == case.indicator_id]

    assert [] == quotes


@pytest.mark.parametrize("case", told("kind", "for-", "against-"))
def test_the_kind_of_each_page_is_recognised(case: Case):
    """A page's kind is what a careful person takes it for."""
    _, reading = read(case)

    assert case.kind == reading.kind


def test_every_folder_has_a_page_in_each_language_and_two_near_misses():
    """An indicator is shown in Kyrgyz, Russian, English and one more language, and missed twice."""
    for folder in sorted(FOLDER.iterdir()):
        pages = sorted(path.name for path in folder.glob("*.html"))
        named = sorted(yaml.safe_load((folder / "expected.yml").read_text("utf-8"))["pages"])

        assert named == pages
        assert {"for-ky.html", "for-ru.html", "for-en.html", "against-en.html"} <= set(pages)
        assert (4, 2) == tuple(sum(name.startswith(side) for name in pages) for side in ("for-", "against-"))
