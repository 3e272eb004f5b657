"""Which pages need not be looked at in a round, and what is said of them: never more than was seen."""

from pathlib import Path

import pytest
from changing_web import ChangingWeb, Sheet, folder_of, outcomes, tagged, visit_round
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from crawlers.captures_io import read_body
from crawlers.outcomes import Outcome
from crawlers.reports import read_report
from crawlers.visiting.coming_back import ComingBackRules, coming_back_rules, interval

ROUNDS = [f"2026-{month:02}" for month in range(1, 11)]
DEEP = "/a/b"  # two links from the front page
NO_SERVICES: frozenset[str] = frozenset()


def site() -> ChangingWeb:
    """A front page, a list, and a page behind it that leads on to another."""
    return ChangingWeb(
        {
            "/": tagged("/a"),
            "/a": tagged(DEEP, words="list"),
            DEEP: tagged("/c", words="deep"),
            "/c": tagged(words="deeper"),
        }
    )


def history(data: Path, web: ChangingWeb, services: frozenset[str] | None = NO_SERVICES) -> list[Outcome]:
    """What came of the deep page in round after round."""
    return [visit_round(data, round_id, web, services)[DEEP].outcome for round_id in ROUNDS]


def test_a_page_that_never_changes_is_passed_by_in_some_rounds(tmp_path: Path):
    """Seen unchanged three times in a row, it is looked at every second round; after six, every third.

    In full it is asked for at the sixth round, whatever else.
    """
    new, same, skip = Outcome.OK, Outcome.UNCHANGED, Outcome.NOT_DUE

    assert [new, same, same, same, skip, same, same, skip, same, skip] == history(tmp_path, site())


def test_a_page_that_is_passed_by_is_not_asked_for(tmp_path: Path):
    """Not one request goes out for it."""
    web = site()
    seen = history(tmp_path, web)

    assert len(ROUNDS) - seen.count(Outcome.NOT_DUE) == len(web.statuses(DEEP))


def test_a_page_that_is_passed_by_is_not_said_to_have_been_seen(tmp_path: Path):
    """Its row has the time of the last look, no status and no record, and says so by its outcome."""
    web = site()
    pages = [visit_round(tmp_path, round_id, web, NO_SERVICES)[DEEP] for round_id in ROUNDS[:5]]
    last, row = pages[3:]

    assert Outcome.NOT_DUE == row.outcome
    assert (last.captured_at, None, None) == (row.captured_at, row.http_status, row.warc_file)
    assert pages[0].capture_id == row.revisit_of
    assert b"deep" in read_body(folder_of(tmp_path, ROUNDS[4]), row)


def test_a_page_that_is_passed_by_is_not_counted_as_seen(tmp_path: Path):
    """The site's report tells how many there were, apart from those that were looked at."""
    web = site()
    for round_id in ROUNDS[:5]:
        visit_round(tmp_path, round_id, web, NO_SERVICES)
    report = read_report(folder_of(tmp_path, ROUNDS[4]))

    assert (2, {"not_due": 2, "unchanged": 2}) == (report.seen_count, report.counts)


def test_links_of_a_page_that_is_passed_by_are_followed(tmp_path: Path):
    """What lies behind it stays known."""
    web = site()
    for round_id in ROUNDS[:5]:
        pages = visit_round(tmp_path, round_id, web, NO_SERVICES)

    assert {Outcome.NOT_DUE} == {pages[path].outcome for path in (DEEP, "/c")}


def test_a_page_that_changed_is_looked_at_every_round_again(tmp_path: Path):
    """Its history begins anew."""
    web = site()
    for round_id in ROUNDS[:5]:
        visit_round(tmp_path, round_id, web, NO_SERVICES)
    web.sheets[DEEP] = tagged("/c", words="changed")
    seen = [visit_round(tmp_path, round_id, web, NO_SERVICES)[DEEP].outcome for round_id in ROUNDS[5:8]]

    assert [Outcome.OK, Outcome.UNCHANGED, Outcome.UNCHANGED] == seen


def test_a_page_of_a_service_is_looked_at_in_every_round(tmp_path: Path):
    """That is the floor: what verdicts rest on is never older than its round."""
    assert Outcome.NOT_DUE not in history(tmp_path, site(), frozenset({f"http://a.kg{DEEP}"}))


def test_where_nobody_knows_the_services_every_page_is_looked_at(tmp_path: Path):
    """A round that was not understood names no services; any page may be one's."""
    assert Outcome.NOT_DUE not in history(tmp_path, site(), None)


def test_first_addresses_and_pages_near_them_are_looked_at_in_every_round(tmp_path: Path):
    """That is where new pages are announced."""
    web = site()
    seen = [outcomes(visit_round(tmp_path, round_id, web, NO_SERVICES)) for round_id in ROUNDS]

    assert Outcome.NOT_DUE not in {pages[path] for pages in seen for path in ("/", "/a")}


def test_robots_txt_is_looked_at_in_every_round(tmp_path: Path):
    """And what it forbids now is not passed by as if it were allowed."""
    web = site()
    web.sheets["/robots.txt"] = Sheet("User-agent: *\nAllow: /", etag='"1"')
    for round_id in ROUNDS[:4]:
        visit_round(tmp_path, round_id, web, NO_SERVICES)
    web.sheets["/robots.txt"] = Sheet(f"User-agent: *\nDisallow: {DEEP}", etag='"2"')

    assert Outcome.ROBOTS_DISALLOWED == visit_round(tmp_path, ROUNDS[4], web, NO_SERVICES)[DEEP].outcome


def test_a_page_whose_original_is_lost_is_always_due(tmp_path: Path):
    """What cannot be read again is not known any more."""
    web = site()
    for round_id in ROUNDS[:4]:
        visit_round(tmp_path, round_id, web, NO_SERVICES)
    for archive in folder_of(tmp_path, ROUNDS[0]).glob("*.warc.gz"):
        archive.unlink()

    assert Outcome.OK == visit_round(tmp_path, ROUNDS[4], web, NO_SERVICES)[DEEP].outcome


@given(st.integers(min_value=0, max_value=1000))
def test_the_longer_unchanged_the_longer_the_interval_and_never_beyond_the_last(looks: int):
    """It never shrinks as a page goes on unchanged."""
    longest = coming_back_rules().look_every[-1].rounds

    assert 1 <= interval(looks) <= interval(looks + 1) <= longest


@pytest.mark.parametrize(
    "steps", [[(3, 2), (3, 3)], [(3, 3), (6, 2)], [(6, 2), (3, 3)]], ids=["same", "shrinking", "unsorted"]
)
def test_intervals_that_do_not_grow_are_refused(steps: list[tuple[int, int]]):
    """A table in a wrong order would say one thing and do another."""
    rules = coming_back_rules().model_dump()
    rules["look_every"] = [{"unchanged_looks": looks, "rounds": rounds} for looks, rounds in steps]

    with pytest.raises(ValidationError, match="expected both numbers to grow"):
        ComingBackRules.model_validate(rules)
