"""What a browser asks for while it renders a page: fetched through our own door, or refused.

The browser has no network. Each of its requests is answered here, with what the crawler's own fetcher got:
so the guard, robots.txt and the host's pause hold for it as for any other request, and it is recorded with
depth -2. Requests go out one after the other, at the host's pace. Only what may bear words goes out: GET
requests for scripts, styles and data of the same site, at most so many a page.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from crawlers.captures import ERRAND_DEPTH
from crawlers.network.addresses import Address, parse_address
from crawlers.network.answers import Answer, Failure
from crawlers.network.redirects import redirect_of
from crawlers.outcomes import Outcome
from crawlers.policy import policy
from crawlers.politeness.decisions import Refusal, Rule
from crawlers.politeness.host_book import HostBook
from crawlers.politeness.hosts import Host
from crawlers.rendering.rules import rendering_rules
from crawlers.visiting.attempts import Attempt, judged
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.frontier import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What errands are run with: the same that the visit works with."""

    fetch: Callable[[str], Awaitable[Answer | Failure]]
    hosts: HostBook
    owns: Callable[[Address], bool]
    stop: asyncio.Event
    record: Callable[[Attempt], object]
    on_refusal: Callable[[Refusal], None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What the browser is given."""

    status: int
    headers: dict[str, str]
    body: bytes


class Errands:
    """The requests of one site's rendered pages."""

    def __init__(self, means: Means) -> None:
        """Run errands with `means`."""
        self._means = means
        self._one_at_a_time = asyncio.Lock()
        self._kept: dict[str, Served] = {}
        self._left = 0
        self._page_url = ""

    def begin(self, page_url: str) -> None:
        """Begin with the requests of another page."""
        self._page_url, self._left = page_url, rendering_rules().requests_per_page

    async def run(self, url: str, kind: str, method: str) -> Served | None:
        """Return the answer to a request of the page, None where it is refused.

        `kind`: what the browser wants it for, in its words: script, fetch, image.
        """
        rules = rendering_rules()
        if kind not in rules.resource_types or method not in rules.methods:
            self._refuse(url, Rule.FILE_TYPE, f"{method} {kind}")
            return None
        async with self._one_at_a_time:
            if url not in self._kept:
                served = await self._asked(Wanted(url=url, depth=ERRAND_DEPTH, referrer_url=self._page_url))
                if served is None or kind not in rules.kept_types or not self._has_room(served):
                    return served
                self._kept[url] = served
            return self._kept[url]

    async def _asked(self, wanted: Wanted) -> Served | None:
        """Ask for an address, through its redirects."""
        while True:
            address = parse_address(wanted.url)
            if address is None or not self._means.owns(address):
                self._refuse(wanted.url, Rule.OFF_SITE, None)
                return None
            if self._left <= 0 or self._means.stop.is_set():
                return None
            attempt = await self._attempt(address, wanted)
            if attempt is None or not isinstance(attempt.answer, Answer):
                return None
            redirect = redirect_of(attempt.answer, wanted, self._means.owns)
            if redirect is None:
                return _served(attempt, attempt.answer)
            if redirect.follow is None:
                return None
            wanted = replace(wanted, url=redirect.follow, hops=wanted.hops + 1)

    async def _attempt(self, address: Address, wanted: Wanted) -> Attempt | None:
        """Ask once, if robots.txt lets us, when the host's pause is over; record what came."""
        means = self._means
        if means.hosts.manners.opt_out(address):
            return None
        host = await means.hosts.of(address)
        attempt = host.refusal(wanted)
        if attempt is None:
            async with host.turn(means.stop) as may_ask:
                if may_ask:
                    self._left -= 1
                    attempt = _attempt_of(wanted, await means.fetch(wanted.url), host)
                    host.heed(attempt)
        if attempt:
            means.record(attempt)
        return attempt

    def _refuse(self, url: str, rule: Rule, detail: str | None) -> None:
        refusal = Refusal(
            url=canonical_url(url) or url, referrer_url=self._page_url, rule=rule, detail=detail
        )
        self._means.on_refusal(refusal)

    def _has_room(self, served: Served) -> bool:
        kept = sum(len(one.body) for one in self._kept.values())
        return kept + len(served.body) <= rendering_rules().kept_bytes


def _attempt_of(wanted: Wanted, answer: Answer | Failure, host: Host) -> Attempt:
    outcome, detail, body = judged(answer)
    return Attempt(
        wanted=wanted,
        outcome=outcome,
        detail=detail,
        answer=answer,
        body=body,
        robots_rule=host.rule_for(wanted.url),
        delay_seconds=host.delay_seconds,
    )


def _served(attempt: Attempt, answer: Answer) -> Served | None:
    """The answer as the browser may see it; none where it could not be unpacked."""
    if (
        attempt.outcome in {Outcome.BOMB, Outcome.BAD_CONTENT}
        or len(attempt.body) > policy().max_unpacked_bytes
    ):
        return None
    withheld = rendering_rules().withheld_fields
    headers = {name: value for name, value in answer.headers if name.lower() not in withheld}
    return Served(status=answer.status, headers=headers, body=attempt.body)
