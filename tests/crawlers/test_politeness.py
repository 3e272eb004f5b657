"""What a host is owed: pauses that grow when it asks, its robots.txt read anew, its hours, its no."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imagined import NOON, Imagined, Said, SwiftClock, linking, pages, visited

from crawlers.errors import RegistryError
from crawlers.outcomes import Outcome
from crawlers.policy import policy
from crawlers.politeness.decisions import Rule
from crawlers.politeness.opt_outs import OptOut
from crawlers.politeness.retry_after import retry_after
from crawlers.politeness.visiting_hours import VisitingHours
from crawlers.reports import Finish
from crawlers.sites import load_registry

BUSY = (429, {}, "")
NIGHT = VisitingHours(opens=time(22), closes=time(6), time_zone="Asia/Bishkek")


def in_bishkek(*moment: int) -> SwiftClock:
    """Return a clock that begins at a moment of Bishkek's."""
    return SwiftClock(datetime(*moment, tzinfo=ZoneInfo("Asia/Bishkek")))  # type: ignore[misc]  # a date's parts


def once(first: Said, then: Said) -> object:
    """Return what says `first` at the first request, and `then` at all others."""
    return lambda count: then if count else first


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


def test_b1_a_robots_txt_that_failed_is_tried_again_an_hour_later(tmp_path: Path):
    """It forbids all meanwhile; it is not cached for ever."""
    web = Imagined(pages(2) | {"/robots.txt": lambda count: (404, {}, "") if count >= 2 else (503, {}, "")})
    first = visited(tmp_path / "1", web)
    web.clock.time += policy().robots_failed_max_age_seconds + 1
    second = visited(tmp_path / "2", web)

    assert [("/", Outcome.ROBOTS_DISALLOWED)] == first.outcomes
    assert 3 == len(second.outcomes)


@pytest.mark.parametrize(
    "failure", [Outcome.UNREACHABLE_TIMEOUT, Outcome.UNREACHABLE_TLS, Outcome.UNREACHABLE_DNS, (500, {}, "")]
)
def test_b1_what_robots_txt_failed_with_stands_in_the_ledger(tmp_path: Path, failure: Said):
    """A site's owner reads why nothing was asked for."""
    visit = visited(tmp_path, Imagined({"/robots.txt": failure, "/": linking()}))

    assert [True] == [str(rule).startswith("robots.txt: ") for rule in visit.rules]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_b2_a_robots_txt_that_is_not_there_allows_everything(tmp_path: Path, status: int):
    """RFC 9309, section 2.3.1.3: unavailable."""
    visit = visited(tmp_path, Imagined({"/robots.txt": (status, {}, "no"), "/": linking()}))

    assert [("/", Outcome.OK)] == visit.outcomes


def test_b3_a_sixth_redirect_of_robots_txt_is_not_followed(tmp_path: Path):
    """Five are; a file behind the sixth is as good as none."""
    hops: dict[str, Said] = {f"/r{n}": (302, {"Location": f"/r{n + 1}"}, "") for n in range(6)}
    forbids = {"/r5": (200, {}, "User-agent: *\nDisallow: /")}
    web = Imagined(hops | forbids | {"/robots.txt": (302, {"Location": "/r0"}, ""), "/": linking()})
    visit = visited(tmp_path, web)

    assert "/r5" not in web.paths
    assert [("/", Outcome.OK)] == visit.outcomes


def test_b3_a_fifth_redirect_of_robots_txt_is_followed(tmp_path: Path):
    """And what stands there counts for the host that was asked."""
    hops: dict[str, Said] = {f"/r{n}": (302, {"Location": f"/r{n + 1}"}, "") for n in range(4)}
    forbids = {"/r4": (200, {}, "User-agent: *\nDisallow: /")}
    web = Imagined(hops | forbids | {"/robots.txt": (302, {"Location": "/r0"}, ""), "/": linking()})

    assert [("/", Outcome.ROBOTS_DISALLOWED)] == visited(tmp_path, web).outcomes


def test_b3_a_robots_txt_on_another_host_counts_for_the_host_that_was_asked(tmp_path: Path):
    """RFC 9309, section 2.3.1.2."""
    elsewhere = {"http://b.kg/robots.txt": (200, {}, "User-agent: *\nDisallow: /")}
    web = Imagined(
        elsewhere | {"/robots.txt": (301, {"Location": "http://b.kg/robots.txt"}, ""), "/": linking()}
    )

    assert [("/", Outcome.ROBOTS_DISALLOWED)] == visited(tmp_path, web).outcomes


def test_b4_a_rule_within_the_first_500_kib_counts_and_one_behind_them_does_not(tmp_path: Path):
    """RFC 9309, section 2.5, asks for at least so much."""
    rules = "User-agent: *\nDisallow: /0\n"
    filler = "#" * (policy().robots_max_bytes - len(rules) - 1) + "\n"
    web = Imagined(pages(2) | {"/robots.txt": (200, {}, f"{rules}{filler}Disallow: /1\n")})
    outcomes = dict(visited(tmp_path, web).outcomes)

    assert (Outcome.ROBOTS_DISALLOWED, Outcome.OK) == (outcomes["/0"], outcomes["/1"])


def test_b6_a_crawl_delay_holds_between_all_requests(tmp_path: Path):
    """Ten seconds are ten seconds, the first page's too; a shorter one than ours does not hurry us."""
    web = Imagined(pages(2) | {"/robots.txt": (200, {}, "User-agent: *\nCrawl-delay: 10")})
    visited(tmp_path / "1", web, delay=5)
    hurried = Imagined(pages(2) | {"/robots.txt": (200, {}, "User-agent: *\nCrawl-delay: 0.1")})
    visited(tmp_path / "2", hurried, delay=5)

    assert [10, 10, 10] == web.gaps
    assert [5, 5, 5] == hurried.gaps


def test_b7_robots_txt_is_read_again_after_a_day_and_its_new_rules_count(tmp_path: Path):
    """A long visit to a slow host does not live by yesterday's rules."""
    count = 24 * 60 + 30  # pages, a minute apart
    rules = once((404, {}, ""), (200, {}, "User-agent: *\nDisallow: /"))
    web = Imagined(pages(count) | {"/robots.txt": rules})
    visit = visited(tmp_path, web, delay=60, max_pages=10_000)
    read_at = [at for at, path in web.asked if path == "/robots.txt"]

    assert 2 == len(read_at)
    assert 24 * 3600 <= read_at[1] <= 24 * 3600 + 120
    assert "/robots.txt" == web.paths[-1]
    assert Outcome.ROBOTS_DISALLOWED == visit.outcomes[-1][1]


def test_a_site_is_visited_in_its_hours_only(tmp_path: Path):
    """At noon we wait for ten in the evening, on the site's own clock."""
    web = Imagined(pages(2), in_bishkek(2026, 11, 5, 12, 0))
    visit = visited(tmp_path, web, hours=NIGHT)

    assert Finish.FINISHED == visit.finish
    assert 10 * 3600 == web.asked[0][0]


def test_a_visit_ends_with_the_hours_and_tells_what_it_left(tmp_path: Path):
    """Ten minutes are left of the night, and a minute passes between requests."""
    web = Imagined(pages(30), in_bishkek(2026, 11, 5, 5, 50))
    visit = visited(tmp_path, web, delay=60, hours=NIGHT)

    assert Finish.HOURS_OVER == visit.finish
    assert 10 == len(web.paths)
    assert {Rule.VISITING_HOURS} == {row.rule for row in visit.refused}
    assert 31 == len(visit.outcomes) + len(visit.refused)


@pytest.mark.parametrize(
    ("moment", "hours_to_wait"),
    [
        # Summer time begins on 29 March 2026 and ends on 25 October.
        (datetime(2026, 3, 29, 12, tzinfo=UTC), 8.0),
        (datetime(2026, 3, 28, 21, 0, tzinfo=UTC), 0.0),
        (datetime(2026, 10, 25, 3, 30, tzinfo=UTC), 0.0),
        (datetime(2026, 10, 25, 5, 0, tzinfo=UTC), 16.0),
    ],
)
def test_hours_are_right_on_days_when_clocks_are_moved(moment: datetime, hours_to_wait: float):
    """The clock on the wall decides, the wait is in hours that pass."""
    night = VisitingHours(opens=time(22), closes=time(6), time_zone="Europe/Berlin")

    assert hours_to_wait * 3600 == night.seconds_until_open(moment.timestamp())


def test_a_night_that_a_moved_clock_shortens_is_waited_for_an_hour_less():
    """From six in the evening before summer time to four in the morning are nine hours."""
    early = VisitingHours(opens=time(4), closes=time(5), time_zone="Europe/Berlin")
    evening = datetime(2026, 3, 28, 18, tzinfo=ZoneInfo("Europe/Berlin"))

    assert 9 * 3600 == early.seconds_until_open(evening.timestamp())


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - UTC is added
    st.times(),
    st.times(),
    st.sampled_from(["Asia/Bishkek", "Europe/Berlin", "America/Lima", "Pacific/Apia"]),
)
def test_after_the_wait_the_hours_have_begun(moment: datetime, opens: time, closes: time, zone: str):
    """Whatever the zone, the day and the hours; and no wait is longer than a day and an hour."""
    hours = VisitingHours(
        opens=opens.replace(microsecond=0), closes=closes.replace(microsecond=0), time_zone=zone
    )
    wait = hours.seconds_until_open(moment.timestamp())
    again = hours.seconds_until_open(moment.timestamp() + wait)

    assert 0 <= wait <= 25 * 3600
    # An hour that clocks jump over does not come on that day: then the hours begin when they have jumped.
    assert again <= 3600


def test_a_letter_keeps_us_away_before_robots_txt_is_asked_for(tmp_path: Path):
    """Not one request reaches the site; its row says why, and since when."""
    letter = OptOut(stay_out_of="a.kg", since=date(2026, 11, 1), reason="letter of the ministry")
    web = Imagined(pages(3))
    visit = visited(tmp_path, web, opt_outs=(letter,))

    assert [] == web.paths
    assert (Finish.OPTED_OUT, [("/", Outcome.OPTED_OUT)]) == (visit.finish, visit.outcomes)
    assert ["opt-out of a.kg since 2026-11-01: letter of the ministry"] == [
        row.detail for row in visit.refused
    ]


def test_a_letter_on_a_part_of_a_site_leaves_the_rest_open(tmp_path: Path):
    """Links, redirects and retries into it are refused by its rule."""
    letter = OptOut(stay_out_of="a.kg/staff", since=date(2026, 11, 1), reason="letter")
    web = Imagined(
        {
            "/": linking("/staff/1", "/old", "/open"),
            "/old": (302, {"Location": "/staff/2"}, ""),
            "/open": linking(),
        }
    )
    visit = visited(tmp_path, web, opt_outs=(letter,))

    assert {"/robots.txt", "/", "/old", "/open"} == set(web.paths)
    assert [Rule.OPT_OUT] * 2 == [row.rule for row in visit.refused]
    assert Finish.FINISHED == visit.finish


def test_robots_txt_of_today_counts_from_the_next_request(tmp_path: Path):
    """Whoever names us there is left alone in the very next round."""
    web = Imagined(
        pages(2) | {"/robots.txt": once((404, {}, ""), (200, {}, "User-agent: Baskych\nDisallow: /"))}
    )
    visited(tmp_path / "1", web)
    visit = visited(tmp_path / "2", web)

    assert [("/", Outcome.ROBOTS_DISALLOWED)] == visit.outcomes


@pytest.mark.parametrize("hour", ["22", "25:00", "22:00:00", "1320"])
def test_an_hour_that_nobody_would_write_is_refused_with_what_was_expected(tmp_path: Path, hour: str):
    """YAML reads 22:00 without quotes as 1320."""
    text = Path("crawlers/registry/kg.yml").read_text(encoding="utf-8")
    path = tmp_path / "kg.yml"
    path.write_text(
        text.replace("  max_pages: 500\n", f"  visiting_hours: {{from: {hour}, to: '06:00'}}\n", 1)
    )

    with pytest.raises(RegistryError, match="expected an hour and minutes in quotes"):
        load_registry(path)
