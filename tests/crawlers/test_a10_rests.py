"""A host that asks for a rest has it: pauses grow with each refusal, and a long one ends the visit (A10)."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imagined import NOON, Imagined, linking, once, pages, visited

from crawlers.outcomes import Outcome
from crawlers.policy import policy
from crawlers.politeness.decisions import Rule
from crawlers.politeness.retry_after import retry_after
from crawlers.reports import Finish

BUSY = (429, {}, "")


def test_a10_the_whole_host_waits_as_long_as_it_asked(tmp_path: Path):
    """Retry-After stood on one page; the next request, for another page, waits for it."""
    web = Imagined(pages(3) | {"/0": once((429, {"Retry-After": "120"}, ""), linking())})
    visit = visited(tmp_path, web, delay=2)

    assert ["/robots.txt", "/", "/0", "/1", "/2", "/0"] == web.paths
    assert [2, 2, 120, 4, 4] == web.gaps
    assert Finish.FINISHED == visit.finish


def test_a10_a_date_is_waited_for_as_well(tmp_path: Path):
    """An HTTP-date says when, not how long."""
    moment = (NOON + timedelta(seconds=100)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    web = Imagined(pages(2) | {"/0": once((429, {"Retry-After": moment}, ""), linking())})
    visited(tmp_path, web)

    assert 100 == pytest.approx(web.asked[3][0], abs=1)


def test_a10_503_with_retry_after_is_a_request_for_a_rest_too(tmp_path: Path):
    """RFC 9110, section 10.2.3, names both."""
    web = Imagined(pages(2) | {"/0": once((503, {"Retry-After": "60"}, ""), linking())})
    visit = visited(tmp_path, web)

    assert 60 == web.gaps[2]
    assert ("/0", Outcome.RATE_LIMITED) in visit.outcomes


@pytest.mark.parametrize("value", ["-5", "soon", "Thu, 05 Nov 2020 06:08:08 GMT", "²", ""])
def test_a10_the_past_and_nonsense_ask_for_no_more_than_the_grown_pause(tmp_path: Path, value: str):
    """The pause doubles all the same, for too many requests are too many."""
    web = Imagined(pages(3) | {"/0": once((429, {"Retry-After": value}, ""), linking())})
    visited(tmp_path, web, delay=5)

    assert [5, 5, 10, 10, 10] == web.gaps


@pytest.mark.parametrize("value", ["301", "9" * 400, "Thu, 05 Nov 2099 06:08:08 GMT"])
def test_a10_a_longer_rest_than_we_wait_ends_the_visit_politely(tmp_path: Path, value: str):
    """Not one more request; what was not asked for is told."""
    web = Imagined(pages(3) | {"/0": (429, {"Retry-After": value}, "")})
    visit = visited(tmp_path, web)

    assert Finish.GAVE_UP == visit.finish
    assert ["/robots.txt", "/", "/0"] == web.paths
    assert [Rule.GAVE_UP] * 2 == [row.rule for row in visit.refused]


def test_a10_a_host_that_goes_on_refusing_is_left_alone(tmp_path: Path):
    """Each refusal doubles the pause, up to the longest one; the fifth in a row is the last."""
    web = Imagined(pages(20) | {f"/{number}": BUSY for number in range(20)})
    visit = visited(tmp_path, web, delay=5)

    assert Finish.GAVE_UP == visit.finish
    assert [5, 5, 10, 20, 40, 60] == web.gaps


def test_a10_an_answer_forgives_the_refusals_before_it_but_the_pause_stays(tmp_path: Path):
    """Only refusals in a row make us give up; a host that was hurried once is not hurried again."""
    web = Imagined(pages(20) | {f"/{number}": once(BUSY, linking()) for number in range(0, 8, 2)})
    visit = visited(tmp_path, web, delay=5)

    assert Finish.FINISHED == visit.finish
    assert policy().crawl_delay_cap_seconds == web.gaps[-1]


@given(st.text())
def test_a10_no_retry_after_field_whatsoever_is_an_error(value: str):
    """Nor is it ever less than no time."""
    assert retry_after(value, NOON) >= 0


@given(st.integers(-(10**12), 10**12))
def test_a10_no_zone_of_a_retry_after_date_is_an_error(offset: int):
    """A date that no calendar has asks for nothing."""
    assert retry_after(f"Thu, 05 Nov 2026 06:08:08 {offset:+05d}", NOON) >= 0
