"""Visit one site politely: one request at a time, robots.txt first, every outcome recorded.

This is the spider's mind, free of Scrapy: it decides what to ask for, when, and what to do with the answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from crawlers.captures import Capture
from crawlers.network.addresses import Address, parse_address
from crawlers.network.answers import Answer, Failure, Original
from crawlers.network.redirects import Redirect, redirect_of, refresh_of
from crawlers.network.sniff import HTML
from crawlers.outcomes import Outcome, about
from crawlers.policy import policy
from crawlers.politeness.decisions import Refusal, Rule
from crawlers.politeness.host_book import HostBook
from crawlers.politeness.hosts import Host
from crawlers.politeness.left_over import left_over
from crawlers.reports import Finish
from crawlers.storing.recorder import Recorder
from crawlers.visiting.attempts import Attempt, judged
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.frontier import Frontier, Wanted
from crawlers.visiting.links import links_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to visit, and within which bounds."""

    seeds: tuple[str, ...]
    owns: Callable[[Address], bool]
    max_pages: int


@dataclass(slots=True, kw_only=True)
class Tools:
    """What a visit works with."""

    fetch: Callable[[str], Awaitable[Answer | Failure]]
    hosts: HostBook
    recorder: Recorder
    stop: asyncio.Event
    passes_by: Callable[[Wanted], Original | None] = field(default=lambda _: None)  # known, and not due
    on_capture: Callable[[Capture], None] = field(default=lambda _: None)
    on_refusal: Callable[[Refusal], None] = field(default=lambda _: None)
    render: Callable[[Attempt, Capture], Awaitable[Attempt | None]] | None = None


class Visit:
    """One visit of one site."""

    def __init__(self, task: Task, tools: Tools) -> None:
        """Be ready to visit `task` with `tools`."""
        self._task, self._tools = task, tools
        tools.hosts.on_attempt = self._record
        tools.hosts.recall = tools.recorder.recall
        self._frontier = Frontier()
        self._page_count = 0
        self._unanswered = 0  # in a row
        self._server_errors = 0  # in a row
        self._waited_seconds = 0.0  # for answers; pauses are not the site's doing
        self._is_opted_out = False  # the site, or a part of it

    async def run(self) -> Finish:
        """Visit the site; return why the visit ended. What was not asked for by then is noted as refused."""
        finish = await self._run()
        for refusal in left_over(self._frontier.take, finish):
            self._tools.on_refusal(refusal)
        return finish

    async def _run(self) -> Finish:
        for seed in self._task.seeds:
            url = canonical_url(seed)
            if url:
                self._frontier.add(Wanted(url=url, depth=0, is_seed=True))
        while wanted := self._frontier.take():
            if self._page_count >= self._task.max_pages:
                self._frontier.put_back(wanted)
                return Finish.PAGE_LIMIT
            await self._look_at(wanted)
            if self._tools.stop.is_set():
                return Finish.INTERRUPTED
            if ending := self._ending():
                return ending
        return Finish.OPTED_OUT if self._is_opted_out and not self._page_count else Finish.FINISHED

    def _ending(self) -> Finish | None:
        """Why the visit should end: going on would only be a burden to the site, or its hours are over."""
        if self._unanswered >= policy().give_up_after:
            return Finish.GAVE_UP
        if self._server_errors >= policy().give_up_after_errors:
            return Finish.GAVE_UP
        if self._waited_seconds >= policy().site_seconds:
            return Finish.TIME_LIMIT
        return self._tools.hosts.ending()

    async def _look_at(self, wanted: Wanted) -> None:
        """Ask for one address, if robots.txt lets us, and go on from its answer."""
        address = parse_address(wanted.url)
        if address is None:
            return
        opt_out = self._tools.hosts.manners.opt_out(address)
        if opt_out:
            self._stay_out(wanted, opt_out.told())
            return
        host = await self._tools.hosts.of(address)
        recalled = self._tools.recorder.recall(wanted.url)
        if recalled is not None:  # asked for before this process began: neither waited nor asked for again
            await asyncio.sleep(0)
            attempt, capture = self._take_in(wanted, host, recalled)
            host.note_recalled(recalled.asked.asked_at)
            await self._recall_version(attempt, capture)
            return
        refusal = host.refusal(wanted)
        if refusal:
            self._record(refusal)
            return
        original = self._tools.passes_by(wanted)
        if original:
            self._pass_by(wanted, original)
            await asyncio.sleep(0)  # other sites' answers may have come meanwhile
            return
        async with host.turn(self._tools.stop) as may_ask:
            if may_ask:
                answer = await self._tools.fetch(wanted.url)
                attempt, capture = self._take_in(wanted, host, answer)
            else:
                self._frontier.put_back(wanted)
        if may_ask:  # outside its turn: a page's scripts wait for turns of their own
            await self._render(attempt, capture)

    async def _render(self, attempt: Attempt, capture: Capture) -> None:
        """Follow the links that scripts put into a page, where those are run."""
        if self._tools.render and (rendered := await self._tools.render(attempt, capture)):
            self._follow_links(rendered)

    async def _recall_version(self, attempt: Attempt, capture: Capture) -> None:
        """The same for a page that the process before us asked for; only its last may not be rendered yet."""
        version = self._tools.recorder.recall_version(capture.url)
        if version is not None:
            self._follow_links(replace(attempt, body=version))
        elif not self._tools.recorder.has_more:
            await self._render(attempt, capture)

    def _stay_out(self, wanted: Wanted, why: str) -> None:
        """Leave an address alone whose owner wrote to us; a seed has a row all the same."""
        self._is_opted_out = True
        refusal = Refusal(url=wanted.url, referrer_url=wanted.referrer_url, rule=Rule.OPT_OUT, detail=why)
        self._tools.on_refusal(refusal)
        if wanted.is_seed:
            self._record(Attempt(wanted=wanted, outcome=Outcome.OPTED_OUT, detail=why))

    def _pass_by(self, wanted: Wanted, original: Original) -> None:
        """Record what a page was that is not due, and follow its links as they were."""
        attempt = Attempt(wanted=wanted, outcome=Outcome.NOT_DUE, body=original.body, passed_by=original)
        if self._record(attempt).media_type == HTML:
            self._follow_links(attempt)

    def _take_in(self, wanted: Wanted, host: Host, answer: Answer | Failure) -> tuple[Attempt, Capture]:
        """Record what came, count it, and follow where it leads."""
        outcome, detail, body = judged(answer)
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
        elif outcome in {Outcome.OK, Outcome.UNCHANGED} and capture.media_type == HTML:
            self._follow_links(attempt)
        return attempt, capture

    def _record(self, attempt: Attempt) -> Capture:
        capture = self._tools.recorder.record(attempt)
        self._tools.on_capture(capture)
        self._waited_seconds += capture.elapsed_seconds
        return capture

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
        is_seen = self._frontier.has_seen(target)
        if is_seen and not (target == wanted.url and redirect.sets_cookie):
            return
        self._frontier.see(target)
        hop = replace(wanted, url=target, referrer_url=wanted.url, hops=wanted.hops + 1)
        self._frontier.put_back(hop)

    def _follow_links(self, attempt: Attempt) -> None:
        """Put the links of a page into the frontier; those that we shall not follow are noted."""
        wanted, answer = attempt.wanted, attempt.answer
        links = links_of(attempt.body, wanted.url, attempt.content_type)
        refreshes = refresh_of(answer, wanted.url) if isinstance(answer, Answer) else ()
        for target, text in (*links, *refreshes):
            if self._frontier.is_new_spelling(target):
                self._consider(target, text, wanted)

    def _consider(self, target: str, text: str, page: Wanted) -> None:
        """Put one link into the frontier, or note the rule against it."""
        url = canonical_url(target)
        rule = self._rule_against(url, page)
        if url and not rule:
            link = Wanted(url=url, depth=page.depth + 1, referrer_url=page.url, link_text=text or None)
            rule = self._frontier.add(link)
        if rule:
            self._tools.on_refusal(Refusal(url=url or target, referrer_url=page.url, rule=rule))

    def _rule_against(self, url: str | None, page: Wanted) -> Rule | None:
        """The rule that keeps a link of `page` out of the frontier, whatever it promises."""
        address = parse_address(url) if url else None
        if url is None or address is None:
            return Rule.SCHEME
        if not self._task.owns(address):
            return Rule.OFF_SITE
        if len(url) > policy().max_url_characters:
            return Rule.TOO_LONG
        return Rule.TOO_DEEP if page.depth >= policy().max_depth else None
