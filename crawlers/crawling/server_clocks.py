"""What the servers' clocks say of ours: a round under a false month would hide all true ones before it comes.

Each answer tells its server's time (RFC 9110, section 6.6.1), and servers lie. So several machines must have
spoken, and more than half of them must agree with each other, before they are believed against our own.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median_low

from crawlers.network.answers import Answer, Failure
from crawlers.policy import policy
from crawlers.visiting.returning import Fetch

_SHOWN = "%Y-%m-%d %H:%M"


class ServerClocks:
    """Our clock beside those of the servers that one crawl asks; the first of each machine counts."""

    def __init__(self, stop: asyncio.Event) -> None:
        """Set `stop` when our clock is found to be wrong."""
        self._stop = stop
        self._ahead: dict[str, timedelta] = {}  # how far ours is ahead of a machine's, by its IP address
        self._is_believed = False
        self.fault: str | None = None  # for a person: why all visits stop

    def listening(self, fetch: Fetch) -> Fetch:
        """Return `fetch`, whose answers are listened to."""

        async def fetch_and_listen(url: str, more: Mapping[str, str]) -> Answer | Failure:
            came = await fetch(url, more)
            if isinstance(came, Answer) and came.ip_address:
                self.hear(came.ip_address, told_by(came), datetime.now(UTC))
            return came

        return fetch_and_listen

    def hear(self, machine: str, told: datetime | None, now: datetime) -> None:
        """Take in that the server at `machine` told the time when our clock said `now`.

        Once our clock is believed it stays so: that it jumps later changes no round (E4).
        """
        if told is None or machine in self._ahead or self._is_believed or self.fault:
            return
        self._ahead[machine] = now - told
        if len(self._ahead) >= policy().clock_witnesses:
            self._judge(now)

    def _judge(self, now: datetime) -> None:
        tolerance = timedelta(seconds=policy().clock_tolerance_seconds)
        ahead = median_low(self._ahead.values())
        agreed = sum(abs(one - ahead) <= tolerance for one in self._ahead.values())
        if 2 * agreed <= len(self._ahead):
            return  # they contradict each other: let more of them speak
        self._is_believed = abs(ahead) <= tolerance
        if not self._is_believed:
            self.fault = (
                f"the clock of this machine says {now:{_SHOWN}} UTC, and {agreed} of the {len(self._ahead)}"
                f" servers that were asked say {now - ahead:{_SHOWN}}"
            )
            self._stop.set()


def told_by(answer: Answer) -> datetime | None:
    """Return when `answer` was sent by its server's clock; None where it tells no time that can be read.

    A shared cache repeats the `Date` of the answer that it kept, and says its `Age` (RFC 9111, section 5.1).
    """
    age = (answer.header("Age") or "").strip()
    try:
        sent = parsedate_to_datetime(answer.header("Date") or "")
        sent = sent if sent.tzinfo else sent.replace(tzinfo=UTC)
        return sent.astimezone(UTC) + timedelta(seconds=int(age) if age.isascii() and age.isdigit() else 0)
    except (ValueError, OverflowError):  # no date, or none that a calendar has
        return None
