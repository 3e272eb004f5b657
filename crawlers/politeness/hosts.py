"""One host (with its port) during a visit: what its robots.txt says, and when it may be asked again."""

import asyncio
import math
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawlers.network.addresses import parse_address
from crawlers.network.answers import Answer
from crawlers.network.fetch import pause
from crawlers.outcomes import Outcome
from crawlers.policy import policy
from crawlers.politeness.robots import Robots
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.frontier import Wanted


@dataclass(slots=True, kw_only=True)
class Host:
    """One host of a site."""

    delay_seconds: float
    robots: Robots = field(default_factory=Robots)
    unreachable: tuple[Outcome, str] | None = None  # why robots.txt could not even be asked for
    is_closed: bool = False  # it asked to be left alone for longer than we wait
    _last_turn: float = -math.inf  # on the monotonic clock
    _not_before: float = -math.inf

    async def wait_for_turn(self, stop: asyncio.Event) -> bool:
        """Wait until the host may be asked again; return False where the visit was stopped meanwhile."""
        turn = max(self._last_turn + self.delay_seconds, self._not_before)
        await pause(turn - time.monotonic(), stop)
        self.note_turn()
        return not stop.is_set()

    def note_turn(self) -> None:
        """Count the host's pause from now: it was just asked, by us or by the process before us."""
        self._last_turn = time.monotonic()

    def refusal(self, wanted: Wanted) -> Attempt | None:
        """Return why `wanted` must not be asked for, as an attempt to record; None if it may."""
        if self.unreachable:
            outcome, detail = self.unreachable
            return Attempt(
                wanted=wanted, outcome=outcome, detail=f"not asked for, as robots.txt failed: {detail}"
            )
        decision = self.robots.decide(_path(wanted.url))
        if decision.is_allowed:
            return None
        return Attempt(wanted=wanted, outcome=Outcome.ROBOTS_DISALLOWED, robots_rule=decision.rule)

    def rule_for(self, url: str) -> str | None:
        """Return the line of robots.txt that lets us ask for `url`, if one does."""
        return self.robots.decide(_path(url)).rule

    def heed(self, attempt: Attempt) -> None:
        """Slow down as the host asks (RFC 9110, section 10.2.3), or leave it alone if that is too long."""
        if attempt.outcome is not Outcome.RATE_LIMITED or not isinstance(attempt.answer, Answer):
            return
        wait = retry_after(attempt.answer.header("Retry-After"), attempt.answer.asked.asked_at)
        if wait > policy().retry_after_cap_seconds:
            self.is_closed = True
        self._not_before = time.monotonic() + wait


def retry_after(value: str | None, asked_at: datetime) -> float:
    """Return the seconds that a Retry-After field asks for; 0 for none, for the past and for nonsense."""
    text = (value or "").strip()
    if text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - asked_at).total_seconds())


def _path(url: str) -> str:
    """Path and query of an absolute http or https address: what robots.txt speaks of."""
    address = parse_address(url)
    path, query = (address.path, address.query) if address else ("/", "")
    return f"{path}?{query}" if query else path
