"""Today's web is filed under this month, and a clock that is wrong files nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk_country import country, leave_captures

from crawlers.errors import WrongClockError
from pipelines.operating.exits import Exit
from pipelines.operating.failures import UsageError, exit_for
from pipelines.scope import Scope, scope_of
from pipelines.today import (
    refuse_a_clock_behind_its_rounds,
    refuse_months_to_come,
    refuse_other_months,
)

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def scope(tmp_path: Path) -> Scope:
    """A country of two sites, in November 2026."""
    return country(tmp_path)


@pytest.mark.parametrize(("month", "is_begun"), [("2026-11", False), ("2026-10", True)])
def test_this_month_and_last_month_once_begun_may_be_crawled(scope: Scope, month: str, *, is_begun: bool):
    """A harvest of the last day of a month may be gone on with on the first of the next."""
    if is_begun:
        (scope.data / "captures" / month).mkdir(parents=True)

    refuse_other_months(scope.at(month), NOW)


@pytest.mark.parametrize("month", ["2026-10", "2026-12"])
def test_a_round_that_nobody_began_is_not_crawled_late_or_early(scope: Scope, month: str):
    """Last month is over, and next month is not yet."""
    with pytest.raises(UsageError, match=f"round {month}: the web of today is that of 2026-11"):
        refuse_other_months(scope.at(month), NOW)


def test_a_month_that_is_over_is_not_crawled_though_it_was_begun(scope: Scope):
    """Its pages are in web archives; the message says how to get them."""
    (scope.data / "captures" / "2019-05").mkdir(parents=True)

    with pytest.raises(UsageError, match=r"baskych import CDX-URL --country xy --round 2019-05"):
        refuse_other_months(scope.at("2019-05"), NOW)


def test_a_republic_on_a_private_address_may_play_any_month_that_has_begun(tmp_path: Path):
    """The sample republic is invented, and so is its past."""
    refuse_other_months(scope_of("sample", None, tmp_path, "2019-05"), NOW)


@pytest.mark.parametrize("refuse", [refuse_other_months, refuse_months_to_come])
def test_e4_no_republic_plays_a_month_to_come(tmp_path: Path, refuse: Callable[[Scope, datetime], None]):
    """It would hide the rounds of this month: whatever is harvested next would be refused by the gate."""
    with pytest.raises(UsageError, match=r"round 2027-01: expected a month that has begun; .* says 2026-11"):
        refuse(scope_of("sample", None, tmp_path, "2027-01"), NOW)


def test_e4_no_archive_has_a_month_to_come(scope: Scope):
    """A typing error would hide every round until that month comes."""
    with pytest.raises(UsageError, match=r"round 2062-11: expected a month that has begun; .* says 2026-11"):
        refuse_months_to_come(scope.at("2062-11"), NOW)


@pytest.mark.parametrize("month", ["2026-11", "2010-05"])
def test_a_month_that_has_begun_may_be_imported(scope: Scope, month: str):
    """However long ago."""
    refuse_months_to_come(scope.at(month), NOW)


@pytest.mark.parametrize("newest", ["2036-11", "2026-12"])
def test_e4_a_round_of_a_month_to_come_stops_a_crawl(scope: Scope, newest: str):
    """Whichever clock was wrong, the one of then or that of now: both ways out are named, and an exit."""
    leave_captures(scope.at(newest), "xy-tax")

    with pytest.raises(
        WrongClockError, match=f"{newest}, and the clock of this machine says 2026-11"
    ) as said:
        refuse_a_clock_behind_its_rounds(scope, NOW)
    assert Exit.CRAWLER_FAILED == exit_for(said.value)


def test_e4_rounds_of_this_month_and_earlier_ones_are_no_contradiction(scope: Scope):
    """Nor is what another country, such as the sample republic, has of a month to come."""
    for round_id in ("2019-05", "2026-10", "2026-11"):
        leave_captures(scope.at(round_id), "xy-tax")
    leave_captures(scope.at("2036-11"), "sample-tax")

    refuse_a_clock_behind_its_rounds(scope, NOW)


def test_e4_a_republic_on_a_private_address_may_have_played_a_month_to_come(tmp_path: Path):
    """Its calendar is its own."""
    scope = scope_of("sample", None, tmp_path, "2026-11")
    leave_captures(scope.at("2036-11"), scope.asked_sites[0])

    refuse_a_clock_behind_its_rounds(scope, NOW)
