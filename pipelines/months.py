"""Which months a command is about: rounds are months, and the web of today is of no other.

What was on the web in an earlier month is known to web archives only: such a round is imported, not crawled.
"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pipelines.operating.failures import UsageError

_ROUND = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_MONTHS = 12  # of a year
_BETWEEN = ".."
_MOST_ROUNDS = 600  # of one import: fifty years, month by month


def this_round(time_zone: str, now: datetime | None = None) -> str:
    """Return the month of `now` (UTC) in `time_zone`, as YYYY-MM."""
    return (now or datetime.now(UTC)).astimezone(ZoneInfo(time_zone)).strftime("%Y-%m")


def checked_round(round_id: str) -> str:
    """Return `round_id` if it is a month.

    Raises:
        UsageError: it is not.
    """
    if not _ROUND.fullmatch(round_id):
        raise UsageError(f"--round {round_id}: expected a month as YYYY-MM, for example 2026-11")
    return round_id


def rounds_between(asked: str, every: int) -> tuple[str, ...]:
    """Return the rounds that `asked` names: one month, or from one to another (2010-05..2024-05).

    `every`: months from one round to the next. The last month is among them only where the steps meet it.

    Raises:
        UsageError: an end is no month, they stand the wrong way round, or there are too many between them.
    """
    first, between, last = asked.partition(_BETWEEN)
    if not between:
        return (checked_round(asked),)
    begin, end = _number(checked_round(first)), _number(checked_round(last))
    if begin > end:
        raise UsageError(f"--round {asked}: expected the earlier month first, as {last}{_BETWEEN}{first}")
    numbers = range(begin, end + 1, every)
    if len(numbers) > _MOST_ROUNDS:
        raise UsageError(f"--round {asked}: {len(numbers)} rounds; expected at most {_MOST_ROUNDS}")
    return tuple(_month(number) for number in numbers)


def months_between(earlier: str, later: str) -> int:
    """Return the months from one month to another, both as YYYY-MM; below zero if back in time."""
    return _number(later) - _number(earlier)


def _number(round_id: str) -> int:
    """Months since the year 0."""
    year, month = map(int, round_id.split("-"))
    return year * _MONTHS + month - 1


def _month(number: int) -> str:
    return f"{number // _MONTHS:04}-{number % _MONTHS + 1:02}"
