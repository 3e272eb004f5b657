"""The hosts of one visit, each made known by its robots.txt before anything else is asked of it."""

import asyncio
from collections.abc import Awaitable, Callable

from crawlers.captures import ROBOTS_DEPTH
from crawlers.network.addresses import Address, parse_address
from crawlers.network.answers import Answer, Failure
from crawlers.network.redirects import redirect_of
from crawlers.outcomes import Outcome, about
from crawlers.policy import policy
from crawlers.politeness.host_queue import HostQueue
from crawlers.politeness.hosts import Host
from crawlers.politeness.manners import Manners
from crawlers.politeness.robots import Robots, parse_robots
from crawlers.reports import Finish
from crawlers.visiting.attempts import Attempt, judged
from crawlers.visiting.frontier import Wanted

_FORBID_ALL = {
    Outcome.UNREACHABLE_HTTP_5XX,
    Outcome.RATE_LIMITED,
    Outcome.BOMB,
    Outcome.BAD_CONTENT,
    Outcome.TOO_LARGE,
}


class HostBook:
    """The hosts of one visit, each made known by its robots.txt."""

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[Answer | Failure]],
        delay_seconds: float,
        stop: asyncio.Event,
        manners: Manners | None = None,
    ) -> None:
        """Ask each host with `fetch`, at least `delay_seconds` apart."""
        self._fetch, self._delay, self._stop = fetch, delay_seconds, stop
        self.manners = manners or Manners()
        self._hosts: dict[str, Host] = {}
        self.on_attempt: Callable[[Attempt], object] = lambda _: (
            None
        )  # hears of every request for a robots.txt
        self.recall: Callable[[str], Answer | Failure | None] = lambda _: None  # what came of it before

    async def of(self, address: Address) -> Host:
        """Return the host of `address`, after having read its robots.txt; again, where that is too old."""
        await self.manners.wait_for_hours(self._stop)
        key = f"{address.scheme}://{address.host_port}"
        host = self._host(key, address.host_port)
        if self.manners.clock.now() - host.robots_read_at > _lasts(host):
            await self._read_robots(host, f"{key}/robots.txt")
        return host

    def ending(self) -> Finish | None:
        """Return why the visit should end, if a host asked to be left alone or the site's hours are over."""
        if self.manners.are_hours_over:
            return Finish.HOURS_OVER
        return Finish.GAVE_UP if any(host.is_closed for host in self._hosts.values()) else None

    def close(self) -> None:
        """Leave all queues."""
        for host in self._hosts.values():
            host.queue.close()
        self._hosts.clear()

    def _host(self, key: str, host_port: str) -> Host:
        """The host of that key; both schemes of a host stand in one queue."""
        if key not in self._hosts:
            queue = HostQueue(self.manners.queues, host_port)
            self._hosts[key] = Host(delay_seconds=self._delay, queue=queue, manners=self.manners)
        return self._hosts[key]

    async def _read_robots(self, host: Host, url: str) -> None:
        """Ask for robots.txt, once more where that may help, and heed what comes."""
        for _ in range(policy().max_retries + 1):
            attempt = await self._ask(Wanted(url=url, depth=ROBOTS_DEPTH))
            if attempt is None:
                return
            host.robots_read_at = self.manners.clock.now()
            _apply(host, attempt)
            if host.is_closed or not about(attempt.outcome).can_retry:
                return

    async def _ask(self, wanted: Wanted) -> Attempt | None:
        """Ask for robots.txt through its redirects; return the last attempt, None where we must not ask."""
        attempt = None
        while wanted.hops <= policy().robots_max_redirects:
            address = parse_address(wanted.url)
            if address is None or self.manners.opt_out(address):
                break
            # A redirect may lead to another host, which is owed its own pause.
            asked = self._host(f"{address.scheme}://{address.host_port}", address.host_port)
            taken = await self._answered(asked, wanted)
            if taken is None:
                break
            attempt, follow = taken
            self.on_attempt(attempt)
            if follow is None:
                break
            wanted = Wanted(url=follow, depth=ROBOTS_DEPTH, referrer_url=wanted.url, hops=wanted.hops + 1)
        return attempt

    async def _answered(self, host: Host, wanted: Wanted) -> tuple[Attempt, str | None] | None:
        """What came of asking, now or before this process began, and where it leads; None: we may not ask."""
        recalled = self.recall(wanted.url)
        if recalled is not None:
            taken = _taken_in(host, wanted, recalled)
            host.note_recalled(recalled.asked.asked_at)
            return taken
        async with host.turn(self._stop) as may_ask:
            if may_ask:
                return _taken_in(host, wanted, await self._fetch(wanted.url))
        return None


def _taken_in(host: Host, wanted: Wanted, answer: Answer | Failure) -> tuple[Attempt, str | None]:
    """The attempt of an answer, heeded by `host`, and where it leads."""
    outcome, detail, body = judged(answer)
    redirect = redirect_of(answer, wanted, lambda _: True) if isinstance(answer, Answer) else None
    attempt = Attempt(
        wanted=wanted,
        outcome=outcome,
        detail=detail,
        answer=answer,
        body=body,
        redirect_url=redirect.url if redirect else None,
        delay_seconds=host.delay_seconds,
    )
    host.heed(attempt)
    return attempt, redirect.follow if redirect else None


def _lasts(host: Host) -> int:
    """For how many seconds what was read of robots.txt counts."""
    is_failure = host.unreachable is not None or host.robots.forbidden_because is not None
    return policy().robots_failed_max_age_seconds if is_failure else policy().robots_max_age_seconds


def _apply(host: Host, attempt: Attempt) -> None:
    """Let `host` be asked for what its robots.txt allows, by status class (RFC 9309, section 2.3.1)."""
    host.unreachable, host.robots = None, Robots()
    if isinstance(attempt.answer, Failure):
        host.unreachable = (attempt.outcome, attempt.answer.detail)
    elif attempt.outcome in {Outcome.OK, Outcome.UNCHANGED, Outcome.TRUNCATED}:
        text = attempt.body[: policy().robots_max_bytes].decode("utf-8", "replace")
        host.robots = parse_robots(text, policy().user_agent_token)
    elif attempt.outcome in _FORBID_ALL:
        because = f"robots.txt: {attempt.detail}, which forbids all (RFC 9309, 2.3.1.4)"
        host.robots = Robots(forbidden_because=because)
    _slow_down(host)


def _slow_down(host: Host) -> None:
    """Keep the Crawl-delay, if it is not longer than we wait."""
    asked = host.robots.crawl_delay or 0.0
    if asked > policy().crawl_delay_cap_seconds:
        cap = policy().crawl_delay_cap_seconds
        because = f"Crawl-delay: {asked:g}; we wait at most {cap} seconds, so we stay away"
        host.robots = Robots(forbidden_because=because)
    else:
        host.delay_seconds = max(host.delay_seconds, asked)
