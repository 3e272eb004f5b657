"""Visit one site politely: one request at a time, robots.txt first, every outcome recorded.

This is the spider's mind, free of Scrapy: it decides what to ask for, when, and what to do with the answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from crawlers.captures import Capture
from crawlers.network.addresses import Address, parse_address
from crawlers.network.answers import Answer, Failure
from crawlers.network.redirects import Redirect, redirect_of
from crawlers.network.sniff import HTML
from crawlers.outcomes import Outcome, about
from crawlers.policy import policy
from crawlers.politeness.decisions import Refusal, Rule
from crawlers.politeness.host_book import HostBook
from crawlers.politeness.hosts import Host
from crawlers.reports import Finish
from crawlers.storing.recorder import Recorder
from crawlers.visiting.attempts import Attempt, judged
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.following import Following
from crawlers.visiting.frontier import Frontier, Wanted
from crawlers.visiting.parsed import ParsedPage
from crawlers.visiting.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to visit, and within which bounds."""

    seeds: tuple[str, ...]
    owns: Callable[[Address], bool]
    max_pages: int
    looks_around: bool = False  # whether sitemaps and a page that cannot exist are asked for too


@dataclass(slots=True, kw_only=True)
class Tools:
    """What a visit works with."""

    fetch: Callable[[str], Awaitable[Answer | Failure]]
    hosts: HostBook
    recorder: Recorder
    stop: asyncio.Event
    on_capture: Callable[[Capture], None] = field(default=lambda _: None)
    on_refusal: Callable[[Refusal], None] = field(default=lambda _: None)


class Visit:
    """One visit of one site."""

    def __init__(self, task: Task, tools: Tools, frontier: Frontier | None = None) -> None:
        """Be ready to visit `task` with `tools`, in the order that `frontier` gives."""
        self._task, self._tools = task, tools
        tools.hosts.on_attempt = self._record
        self._frontier = Frontier() if frontier is None else frontier
        self._frontier.on_drop = self._drop
        self._following = Following(frontier=self._frontier, owns=task.owns, on_refusal=tools.on_refusal)
        self._around = Surroundings(
            fetch=tools.fetch,
            hosts=tools.hosts,
            stop=tools.stop,
            owns=task.owns,
            following=self._following,
            max_pages=task.max_pages,
            on_attempt=self._record_no_page,
        )
        self._page_count = 0
        self._unanswered = 0  # in a row
        self._server_errors = 0  # in a row

    async def run(self) -> Finish:
        """Visit the site; return why the visit ended."""
        for seed in self._task.seeds:
            url = canonical_url(seed)
            if url:
                self._frontier.add(Wanted(url=url, depth=0, is_seed=True))
        while wanted := self._frontier.take():
            if self._page_count >= self._task.max_pages:
                self._drop(wanted, Rule.BUDGET)
                self._frontier.drop_all()
                return Finish.PAGE_LIMIT
            renamed = self._following.renamed(wanted)
            if renamed:
                await self._look_at(renamed)
            if self._tools.stop.is_set():
                return Finish.INTERRUPTED
            if self._has_had_enough():
                return Finish.GAVE_UP
        return Finish.FINISHED

    def _has_had_enough(self) -> bool:
        """Whether going on would only be a burden to the site."""
        return (
            self._unanswered >= policy().give_up_after
            or self._server_errors >= policy().give_up_after_errors
            or self._tools.hosts.is_any_closed()
        )

    async def _look_at(self, wanted: Wanted) -> None:
        """Ask for one address, if robots.txt lets us, and go on from its answer."""
        address = parse_address(wanted.url)
        if address is None:
            return
        host = await self._tools.hosts.of(address)
        refusal = host.refusal(wanted)
        if refusal:
            self._record(refusal)
            return
        if not await host.wait_for_turn(self._tools.stop):
            return
        answer = await self._tools.fetch(wanted.url)
        page = self._take_in(wanted, host, answer)
        if page and self._task.looks_around:
            await self._around.look_around(wanted.url, page)

    def _take_in(self, wanted: Wanted, host: Host, answer: Answer | Failure) -> ParsedPage | None:
        """Record what came, count it, and follow where it leads; return the page, if one came."""
        outcome, detail, body = judged(answer)
        said = answer.header("Content-Type") if isinstance(answer, Answer) else None
        page = ParsedPage(body, wanted.url, said)
        if outcome is Outcome.OK and self._around.is_missing(page):
            outcome, detail = Outcome.SOFT_404, "the host shows the same for a page that does not exist"
        redirect = redirect_of(answer, wanted, self._task.owns) if isinstance(answer, Answer) else None
        attempt = Attempt(
            wanted=wanted,
            outcome=redirect.outcome if redirect else outcome,
            detail=redirect.detail if redirect else detail,
            answer=answer,
            body=body,
            redirect_url=redirect.url if redirect else None,
            robots_rule=host.rule_for(wanted.url),
            delay_seconds=host.delay_seconds,
        )
        capture = self._record(attempt)
        self._count(attempt.outcome)
        host.heed(attempt)
        if redirect:
            self._follow_redirect(wanted, redirect)
        elif about(outcome).can_retry and wanted.attempts < policy().max_retries:
            self._frontier.put_back(replace(wanted, attempts=wanted.attempts + 1))
        elif outcome is Outcome.OK and capture.media_type == HTML:
            self._following.same_hosts.answered(wanted.url, body)
            self._following.follow(wanted, page)
            return page
        return None

    def _record(self, attempt: Attempt) -> Capture:
        capture = self._tools.recorder.record(attempt)
        self._tools.on_capture(capture)
        return capture

    def _record_no_page(self, attempt: Attempt) -> None:
        """Record what was asked for beside pages; it costs as much of the site's budget as a page does."""
        self._record(attempt)
        self._page_count += attempt.outcome is not Outcome.REDIRECTED

    def _count(self, outcome: Outcome) -> None:
        """Keep the counts by which a visit ends."""
        is_unanswered = outcome.startswith("unreachable_") and not outcome.startswith("unreachable_http")
        self._unanswered = self._unanswered + 1 if is_unanswered else 0
        is_error = outcome is Outcome.UNREACHABLE_HTTP_5XX
        self._server_errors = self._server_errors + 1 if is_error else 0
        if outcome is not Outcome.REDIRECTED:
            self._page_count += 1

    def _follow_redirect(self, wanted: Wanted, redirect: Redirect) -> None:
        """Ask for a redirect's target next, unless it was asked for already."""
        target = redirect.follow
        if target is None:
            return
        self._following.same_hosts.redirected(wanted.url, target)
        is_seen = self._frontier.has_seen(target)
        if is_seen and not (target == wanted.url and redirect.sets_cookie):
            return
        self._frontier.see(target)
        hop = replace(wanted, url=target, referrer_url=wanted.url, hops=wanted.hops + 1)
        self._frontier.put_back(hop)

    def _drop(self, wanted: Wanted, rule: Rule) -> None:
        """Note that an address that waited is not asked for."""
        self._tools.on_refusal(Refusal(url=wanted.url, referrer_url=wanted.referrer_url, rule=rule))
