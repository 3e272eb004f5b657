"""E6: a page of a service that is "not found" is asked for once more at the end of the visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from changing_web import ChangingWeb, KilledError, Sheet, folder_of, tagged, visit_round

from crawlers.captures_io import read_captures
from crawlers.network.answers import Answer, Failure
from crawlers.outcomes import Outcome
from crawlers.policy import policy
from crawlers.visiting.missing_pages import address_of_nothing

NOV, DEC = "2026-11", "2026-12"
SERVICES = {"http://a.kg/service"}
MISSING = Sheet("<p>Sorry, not found", status=404)
REMOVED = Sheet("<p>Removed", status=410)
SOFT = Sheet("<p>Nothing of that name is here", status=200)
DOWN = Sheet("<p>Down", status=503)
NOTHING = address_of_nothing("http://a.kg").removeprefix("http://a.kg")


@dataclass
class Faulty(ChangingWeb):
    """A site some of whose next answers are others than its sheets say."""

    faults: dict[str, list[Sheet]] = field(default_factory=dict)  # path -> what comes first, in order

    async def fetch(self, url: str, more: Mapping[str, str] | None = None) -> Answer | Failure:
        """Answer with the next fault of the path; when they are over, as the sheets say."""
        path = url.removeprefix("http://a.kg")
        if not self.faults.get(path):
            return await super().fetch(url, more)
        well, self.sheets[path] = self.sheets[path], self.faults[path].pop(0)
        try:
            return await super().fetch(url, more)
        finally:
            self.sheets[path] = well


def site() -> Faulty:
    """A front page that links to a service and to news."""
    return Faulty(
        {
            "/": tagged("/service", "/news"),
            "/service": tagged(words="Passport"),
            "/news": tagged(words="News"),
            NOTHING: SOFT,
        }
    )


def second_visit(data: Path, web: Faulty, *faults: Sheet, at: str = "/service") -> list[str]:
    """Visit once, then again with faults at a page; return the paths of the second visit, in order."""
    visit_round(data, NOV, web, looks_around=True)
    web.faults[at] = list(faults)
    before = len(web.sent)
    visit_round(data, DEC, web, SERVICES, looks_around=True)
    return [path for path, _, _ in web.sent[before:]]


def said(data: Path, path: str = "/service") -> list[Outcome]:
    """What came of each time that a page was asked for in the second visit."""
    rows = read_captures(folder_of(data, DEC))
    return [row.outcome for row in rows if row.url == f"http://a.kg{path}"]


def test_e6_a_service_that_is_not_found_is_asked_for_again_at_the_end(tmp_path: Path):
    """After all else; there it is, and both answers are captured."""
    asked = second_visit(tmp_path, site(), MISSING)

    assert ["/service", "/service"] == [path for path in asked if path == "/service"]
    assert "/service" == asked[-1]
    assert asked.index("/service") < asked.index("/news") < len(asked) - 1
    assert [Outcome.GONE, Outcome.UNCHANGED] == said(tmp_path)


@pytest.mark.parametrize(
    ("faults", "outcomes"),
    [
        ([MISSING] * 9, [Outcome.GONE] * 2),
        ([REMOVED] * 9, [Outcome.GONE]),
        ([MISSING, REMOVED], [Outcome.GONE] * 2),
        ([SOFT] * 9, [Outcome.SOFT_404] * 2),
        ([DOWN, MISSING], [Outcome.UNREACHABLE_HTTP_5XX, Outcome.GONE]),
        ([MISSING, DOWN], [Outcome.GONE, Outcome.UNREACHABLE_HTTP_5XX]),
    ],
)
def test_e6_not_found_is_asked_twice_and_gone_for_good_once(
    tmp_path: Path, faults: list[Sheet], outcomes: list[Outcome]
):
    """Also where the host says so with a success; what fails in between is no "not found"."""
    second_visit(tmp_path, site(), *faults)

    assert outcomes == said(tmp_path)


def test_e6_asking_again_keeps_what_the_portal_promises():
    """No address that failed, for whatever reason, is asked for oftener than the page on the robot says."""
    assert policy().gone_asks - 1 <= policy().max_retries


def test_e6_other_pages_are_asked_for_once(tmp_path: Path):
    """What spoke of no service in the last round costs the site nothing more."""
    second_visit(tmp_path, site(), MISSING, at="/news")

    assert [Outcome.GONE] == said(tmp_path, "/news")


def test_e6_asking_again_counts_in_the_page_budget(tmp_path: Path):
    """A visit that has come to its limit does not ask again: one answer is all that there is."""
    web = site()
    visit_round(tmp_path, NOV, web)
    web.faults["/service"] = [MISSING]
    visit_round(tmp_path, DEC, web, SERVICES, max_pages=3)

    assert [Outcome.GONE] == said(tmp_path)


@pytest.mark.parametrize("request_number", range(5))
def test_e6_a_visit_that_is_killed_asks_no_oftener(tmp_path: Path, request_number: int):
    """What the visit before it had asked is not forgotten."""
    web = site()
    visit_round(tmp_path, NOV, web)
    web.faults["/service"] = [MISSING] * 9
    web.dies_at = len(web.sent) + request_number
    with pytest.raises(KilledError):
        visit_round(tmp_path, DEC, web, SERVICES)
    visit_round(tmp_path, DEC, web, SERVICES)

    assert [Outcome.GONE] * policy().gone_asks == said(tmp_path)
