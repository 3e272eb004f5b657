"""What a host is owed beside robots.txt and pauses: its hours, and its no."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imagined import Imagined, SwiftClock, linking, pages, visited

from crawlers.errors import RegistryError
from crawlers.outcomes import Outcome
from crawlers.politeness.decisions import Rule
from crawlers.politeness.opt_outs import OptOut
from crawlers.politeness.visiting_hours import VisitingHours
from crawlers.reports import Finish
from crawlers.sites import load_registry

NIGHT = VisitingHours(opens=time(22), closes=time(6), time_zone="Asia/Bishkek")


def in_bishkek(*moment: int) -> SwiftClock:
    """Return a clock that begins at a moment of Bishkek's."""
    return SwiftClock(datetime(*moment, tzinfo=ZoneInfo("Asia/Bishkek")))  # type: ignore[misc]  # a date's parts


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
