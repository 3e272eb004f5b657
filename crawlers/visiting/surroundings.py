"""Look around on each host of a site once: its sitemaps, and what it shows for a page that does not exist.

All requests go through the same door as those for pages, with robots.txt, pauses and captures; their
depth says that they are no pages.
"""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from crawlers.captures import AROUND_DEPTH
from crawlers.network.addresses import Address, parse_address
from crawlers.network.answers import Answer, Failure, Original
from crawlers.network.sniff import HTML, sniff
from crawlers.outcomes import Outcome
from crawlers.policy import policy
from crawlers.politeness.host_book import HostBook
from crawlers.politeness.hosts import Host
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.following import Following
from crawlers.visiting.frontier import Wanted
from crawlers.visiting.links import joined
from crawlers.visiting.missing_pages import MissingPages, address_of_nothing
from crawlers.visiting.parsed import ParsedPage
from crawlers.visiting.scoring import cues_in
from crawlers.visiting.sitemaps import read_sitemap, sitemap_rules
from crawlers.visiting.taking_in import attempt_of

_SEEN = {Outcome.OK, Outcome.UNCHANGED}


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """What is around the pages of one site."""

    fetch: Callable[[str], Awaitable[Answer | Failure]]
    hosts: HostBook
    stop: asyncio.Event
    owns: Callable[[Address], bool]
    following: Following
    max_pages: int
    on_attempt: Callable[[Attempt], object]
    passes_by: Callable[[Wanted], Original | None] = field(default=lambda _: None)
    missing: MissingPages = field(default_factory=MissingPages)
    _looked_at: set[str] = field(default_factory=set)

    def is_missing(self, page: ParsedPage) -> bool:
        """Whether `page`, which came with a status of success, is what its host shows for no page."""
        origin = origin_of(page.url)
        return self.missing.knows(origin) and self.missing.is_missing(origin, page.url, page.lines)

    async def look_around(self, url: str, first_page: ParsedPage) -> None:
        """Look around on the host of `url`, which gave `first_page`, unless that was done or is too dear."""
        origin = origin_of(url)
        if origin in self._looked_at or self.max_pages < sitemap_rules().least_pages:
            return
        self._looked_at.add(origin)
        await self._ask_for_nothing(origin, first_page)
        await self._read_sitemaps(origin)

    async def _ask_for_nothing(self, origin: str, first_page: ParsedPage) -> None:
        """Learn what the host shows for a page that does not exist."""
        attempt = await self._ask(address_of_nothing(origin))
        page = _page_of(attempt) if attempt else None
        if attempt and page:
            self.missing.learn(origin, attempt.wanted.url, page.lines, first_page.lines)

    async def _read_sitemaps(self, origin: str) -> None:
        """Put what the host's sitemaps list into the frontier: those first that promise services."""
        rules = sitemap_rules()
        address = parse_address(origin)
        host = await self.hosts.of(address) if address else None
        named = host.robots.sitemaps if host else ()
        listed = (joined(origin, href) for href in named or (rules.default_path,))
        waiting = [_ranked(url, origin) for url in listed if url]
        heapq.heapify(waiting)
        seen: set[str] = set()
        left = min(rules.max_sitemaps, max(rules.least, int(self.max_pages * rules.share)))
        while waiting and left > 0 and not self.stop.is_set():
            url = canonical_url(heapq.heappop(waiting).url)
            if url is None or url in seen:
                continue
            seen.add(url)
            left -= 1
            for further in await self._read_sitemap(url):
                heapq.heappush(waiting, _ranked(further, origin))

    async def _read_sitemap(self, url: str) -> list[str]:
        """Take in what one sitemap lists; return the further sitemaps that it names."""
        attempt = await self._ask(url)
        if attempt is None or attempt.outcome not in _SEEN:
            return []
        sitemap = read_sitemap(attempt.body, attempt.wanted.url)
        for target in sitemap.pages:
            if self.following.frontier.is_new_spelling(target):
                self.following.consider(target, Wanted(url=target, depth=1, referrer_url=url))
        return sitemap.sitemaps

    async def _ask(self, url: str) -> Attempt | None:
        """Ask for what is no page, through its redirects; None where we must not or may no longer."""
        wanted = Wanted(url=url, depth=AROUND_DEPTH)
        while wanted.hops <= policy().max_redirects:
            address = parse_address(wanted.url)
            if address is None or not self.owns(address):
                return None
            attempt, follow = await self._ask_once(wanted, address)
            if attempt is None or follow is None:
                return attempt
            wanted = Wanted(url=follow, depth=AROUND_DEPTH, referrer_url=wanted.url, hops=wanted.hops + 1)
        return None

    async def _ask_once(self, wanted: Wanted, address: Address) -> tuple[Attempt | None, str | None]:
        """One request, recorded, and where it leads."""
        if self.hosts.manners.opt_out(address):
            return None, None
        host = await self.hosts.of(address)
        recalled = self.hosts.recall(wanted.url)
        if recalled is not None:  # asked for before this process began
            taken = self._taken_in(wanted, host, recalled)
            host.note_recalled(recalled.asked.asked_at)
            return taken
        unasked = host.refusal(wanted) or self._passed_by(wanted)
        if unasked:
            self.on_attempt(unasked)
            return None, None
        async with host.turn(self.stop) as may_ask:
            if may_ask:
                return self._taken_in(wanted, host, await self.fetch(wanted.url))
        return None, None

    def _passed_by(self, wanted: Wanted) -> Attempt | None:
        """What stands for asking again where there was nothing not long ago."""
        original = self.passes_by(wanted)
        if original is None:
            return None
        return Attempt(wanted=wanted, outcome=Outcome.NOT_DUE, body=original.body, passed_by=original)

    def _taken_in(self, wanted: Wanted, host: Host, answer: Answer | Failure) -> tuple[Attempt, str | None]:
        """Record what came; return it, and where it leads."""
        attempt, redirect = attempt_of(wanted, answer, host, self.owns)
        self.on_attempt(attempt)
        host.heed(attempt)
        return attempt, redirect.follow if redirect else None


def origin_of(url: str) -> str:
    """Return scheme and host of an address."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def _page_of(attempt: Attempt) -> ParsedPage | None:
    """The page that an attempt gave, if it gave one."""
    is_page = attempt.outcome in _SEEN and sniff(attempt.body, attempt.content_type) == HTML
    return ParsedPage(attempt.body, attempt.wanted.url, attempt.content_type) if is_page else None


class _Ranked(NamedTuple):
    """A sitemap's address; the lesser, the sooner it is asked for."""

    is_elsewhere: bool
    cues: int
    url: str


def _ranked(url: str, origin: str) -> _Ranked:
    """An address with its rank on the host of `origin`: its own first, then what promises services."""
    is_promised, is_other = cues_in(url.partition("//")[2].partition("/")[2])
    return _Ranked(origin_of(url) != origin, is_other - is_promised, url)
