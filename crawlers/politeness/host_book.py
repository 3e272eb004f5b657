"""The hosts of one visit, each made known by its robots.txt before anything else is asked of it."""

import asyncio
from collections.abc import Awaitable, Callable

from crawlers.network.addresses import Address
from crawlers.network.answers import Answer, Failure
from crawlers.network.redirects import redirect_of
from crawlers.outcomes import Outcome, about
from crawlers.policy import policy
from crawlers.politeness.hosts import Host
from crawlers.politeness.robots import Robots, parse_robots
from crawlers.visiting.attempts import Attempt, judged
from crawlers.visiting.frontier import Wanted

ROBOTS_DEPTH = -1  # of a capture of robots.txt: it is no page of the site

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
        self, fetch: Callable[[str], Awaitable[Answer | Failure]], delay_seconds: float, stop: asyncio.Event
    ) -> None:
        """Ask each host with `fetch`, at least `delay_seconds` apart."""
        self._fetch, self._delay, self._stop = fetch, delay_seconds, stop
        self._hosts: dict[str, Host] = {}
        self.on_attempt: Callable[[Attempt], object] = lambda _: (
            None
        )  # hears of every request for a robots.txt
        self.recall: Callable[[str], Answer | Failure | None] = lambda _: None  # what came of it before

    async def of(self, address: Address) -> Host:
        """Return the host of `address`, after having read its robots.txt."""
        key = f"{address.scheme}://{address.host_port}"
        if key not in self._hosts:
            host = self._hosts[key] = Host(delay_seconds=self._delay)
            await self._read_robots(host, f"{key}/robots.txt")
        return self._hosts[key]

    def is_any_closed(self) -> bool:
        """Whether a host asked to be left alone."""
        return any(host.is_closed for host in self._hosts.values())

    async def _read_robots(self, host: Host, url: str) -> None:
        """Ask for robots.txt, once more where that may help, and heed what comes."""
        for _ in range(policy().max_retries + 1):
            attempt = await self._ask(host, Wanted(url=url, depth=ROBOTS_DEPTH))
            if attempt is None:
                return
            _apply(host, attempt)
            if not about(attempt.outcome).can_retry:
                return

    async def _ask(self, host: Host, wanted: Wanted) -> Attempt | None:
        """Ask for robots.txt through its redirects; return the last attempt, None where we were stopped."""
        attempt = None
        while wanted.hops <= policy().robots_max_redirects:
            answer = self.recall(wanted.url)
            if answer is None:
                if not await host.wait_for_turn(self._stop):
                    break
                answer = await self._fetch(wanted.url)
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
            self.on_attempt(attempt)
            if redirect is None or redirect.follow is None:
                break
            hops = wanted.hops + 1
            wanted = Wanted(url=redirect.follow, depth=ROBOTS_DEPTH, referrer_url=wanted.url, hops=hops)
        return attempt


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
