"""The hours of the day at which a site is visited, on its own clock: at night, where it asks for that."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitingHours:
    """From when to when, each day; over midnight where the end is not after the beginning."""

    opens: time
    closes: time
    time_zone: str  # IANA name

    def seconds_until_open(self, now: float) -> float:
        """Return how long after `now` (seconds since 1970) the hours begin; 0 while they last.

        Days on which clocks are moved need no care: what the clock on the wall shows is compared, and the
        wait is measured in the seconds that pass (zoneinfo).
        """
        zone = ZoneInfo(self.time_zone)
        here = datetime.fromtimestamp(now, zone)
        if self._is_open(here.time()):
            return 0.0
        opening = datetime.combine(here.date(), self.opens, zone)
        if self.opens <= here.time():
            opening = datetime.combine(here.date() + timedelta(days=1), self.opens, zone)
        return max(0.0, (opening.astimezone(UTC) - here.astimezone(UTC)).total_seconds())

    def _is_open(self, hour: time) -> bool:
        if self.opens < self.closes:
            return self.opens <= hour < self.closes
        return hour >= self.opens or hour < self.closes
