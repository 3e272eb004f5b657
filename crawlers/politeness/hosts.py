"""One host (with its port) during a visit: what its robots.txt says, and when it may be asked again."""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from crawlers.errors import CutShortError
from crawlers.network.addresses import parse_address
from crawlers.network.answers import Answer
from crawlers.outcomes import Outcome
from crawlers.policy import policy
from crawlers.politeness.host_queue import HostQueue
from crawlers.politeness.manners import Manners
from crawlers.politeness.retry_after import retry_after
from crawlers.politeness.robots import Robots
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.frontier import Wanted


@dataclass(slots=True, kw_only=True)
class Host:
    """One host of a site."""

    delay_seconds: float
    queue: HostQueue
    manners: Manners
    robots: Robots = field(default_factory=Robots)
    robots_read_at: float = -math.inf  # by the manners' clock
    unreachable: tuple[Outcome, str] | None = None  # why robots.txt could not even be asked for
    is_closed: bool = False  # it asked to be left alone for longer than we wait
    _slowings: int = 0  # in a row
    _rest_seconds: float = 0.0  # that it asked for with its last answer
    _not_before: float = -math.inf  # by the manners' clock

    @asynccontextmanager
    async def turn(self, stop: asyncio.Event) -> AsyncIterator[bool]:
        """Wait until the host may be asked, keep everybody else from it meanwhile, and hand it on.

        Gives False where it must not be asked: the visit was stopped, the hours are over, or the host
        asked for a longer rest than we wait. No lock is held then. A turn that is cut short just ends.
        """
        if not await self._wait(stop):
            yield False
            return
        try:
            yield True
        except CutShortError:
            return
        finally:
            self.queue.give_back(self.manners.clock.now(), self._rest_seconds)
            self._rest_seconds = 0.0

    async def _wait(self, stop: asyncio.Event) -> bool:
        while self.manners.may_ask_now() and not self.is_closed and not stop.is_set():
            now = self.manners.clock.now()
            resting = self._not_before - now
            seconds = resting if resting > 0 else self.queue.take(self.delay_seconds, now)
            if seconds <= 0:
                return True
            if seconds > policy().retry_after_cap_seconds:  # another crawl was told to rest
                self.is_closed = True
            else:
                await self.manners.clock.pause(seconds, stop)
        return False

    def note_recalled(self, asked_at: datetime) -> None:
        """Keep the rest that the host asked for when the process before us asked it."""
        self._not_before = asked_at.timestamp() + self._rest_seconds
        self._rest_seconds = 0.0

    def refusal(self, wanted: Wanted) -> Attempt | None:
        """Return why `wanted` must not be asked for, as an attempt to record; None if it may."""
        if self.unreachable:
            outcome, detail = self.unreachable
            return Attempt(
                wanted=wanted,
                outcome=outcome,
                detail=f"not asked for, as robots.txt failed: {detail}",
                robots_rule=f"robots.txt: {detail}, which forbids all (RFC 9309, 2.3.1.4)",
            )
        decision = self.robots.decide(_path(wanted.url))
        if decision.is_allowed:
            return None
        return Attempt(wanted=wanted, outcome=Outcome.ROBOTS_DISALLOWED, robots_rule=decision.rule)

    def rule_for(self, url: str) -> str | None:
        """Return the line of robots.txt that lets us ask for `url`, if one does."""
        return self.robots.decide(_path(url)).rule

    def heed(self, attempt: Attempt) -> None:
        """Slow down as the host asks (RFC 9110, section 10.2.3), or leave it alone if that is too long.

        The whole host is slowed, not the address: each such answer grows the pause between any two requests.
        """
        if not isinstance(attempt.answer, Answer):
            return
        if attempt.outcome is not Outcome.RATE_LIMITED:
            self._slowings = 0
            return
        limits = policy()
        self._slowings += 1
        slowed = max(limits.slowed_delay_seconds, self.delay_seconds * limits.slowed_factor)
        self.delay_seconds = max(self.delay_seconds, min(slowed, limits.crawl_delay_cap_seconds))
        asked = retry_after(attempt.answer.header("Retry-After"), attempt.answer.asked.asked_at)
        self._rest_seconds = min(max(asked, self.delay_seconds), limits.rest_handed_over_cap_seconds)
        self.is_closed = (
            asked > limits.retry_after_cap_seconds or self._slowings >= limits.give_up_after_slowings
        )


def _path(url: str) -> str:
    """Path and query of an absolute http or https address: what robots.txt speaks of."""
    address = parse_address(url)
    path, query = (address.path, address.query) if address else ("/", "")
    return f"{path}?{query}" if query else path
