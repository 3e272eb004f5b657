"""Visit one site politely: one request at a time, robots.txt first, every outcome recorded.

This is the spider's mind, free of Scrapy: it decides what to ask for, when, and what to do with the answer.
"""

import asyncio
from dataclasses import dataclass, replace
from functools import partial

from crawlers.captures import Capture
from crawlers.network.addresses import parse_address
from crawlers.network.answers import Answer, Failure, Original
from crawlers.network.sniff import HTML
from crawlers.outcomes import Outcome
from crawlers.politeness.decisions import Refusal, Rule
from crawlers.politeness.hosts import Host
from crawlers.politeness.left_over import left_over
from crawlers.reports import Finish
from crawlers.visiting.asking_again import next_try
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.following import Following
from crawlers.visiting.frontier import Frontier, Wanted
from crawlers.visiting.parsed import ParsedPage
from crawlers.visiting.patience import Patience
from crawlers.visiting.surroundings import Surroundings
from crawlers.visiting.taking_in import attempt_of
from crawlers.visiting.task import Task, Tools


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of an address, recorded."""

    attempt: Attempt
    capture: Capture
    page: ParsedPage | None  # None: no page came


_PAGES = {Outcome.OK, Outcome.UNCHANGED}
_SAME_AS_NOTHING = "the host shows the same for a page that does not exist"


class Visit:
    """One visit of one site."""

    def __init__(self, task: Task, tools: Tools, frontier: Frontier | None = None) -> None:
        """Be ready to visit `task` with `tools`, in the order that `frontier` gives."""
        self._task, self._tools = task, tools
        self._patience = Patience()
        self._is_opted_out = False  # the site, or a part of it
        self._frontier = Frontier() if frontier is None else frontier
        # Nothing below leads back to the visit: what it remembers is free as it ends, before its captures are
        # put away, and not only when Python's collector of cycles comes by.
        tools.hosts.on_attempt, tools.hosts.recall = tools.record, tools.recorder.recall
        self._frontier.on_drop = partial(_drop, tools)
        self._following = Following(frontier=self._frontier, owns=task.owns, on_refusal=tools.on_refusal)
        self._around = Surroundings(
            fetch=tools.fetch,
            hosts=tools.hosts,
            stop=tools.stop,
            owns=task.owns,
            following=self._following,
            max_pages=task.max_pages,
            on_attempt=partial(_record_no_page, tools, self._patience),
            passes_by=tools.passes_by,
        )

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
            if self._patience.page_count >= self._task.max_pages:
                _drop(self._tools, wanted, Rule.PAGE_LIMIT)
                self._frontier.drop_all()
                return Finish.PAGE_LIMIT
            renamed = self._following.renamed(wanted)
            if renamed:
                await self._look_at(renamed)
            if self._tools.stop.is_set():
                return Finish.INTERRUPTED
            if ending := self._patience.ending() or self._tools.hosts.ending():
                return ending
        is_shut = self._is_opted_out and not self._patience.page_count
        return Finish.OPTED_OUT if is_shut else Finish.FINISHED

    async def _look_at(self, wanted: Wanted) -> None:
        """Go on from what an address gives: from before, from now, or by not asking."""
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
            await self._go_on(self._take_in(wanted, host, recalled), is_recalled=True)
            host.note_recalled(recalled.asked.asked_at)
        elif refusal := host.refusal(wanted):
            self._tools.record(refusal)
        elif original := self._tools.passes_by(wanted):
            self._pass_by(wanted, original)
            await asyncio.sleep(0)  # other sites' answers may have come meanwhile
        else:
            await self._ask(wanted, host)

    async def _ask(self, wanted: Wanted, host: Host) -> None:
        """Ask for one address when it is its host's turn, and go on from its answer."""
        taken = None
        async with host.turn(self._tools.stop) as may_ask:
            if may_ask:
                taken = self._take_in(wanted, host, await self._tools.fetch(wanted.url))
        if taken:  # outside its turn: what follows waits for turns of its own
            await self._go_on(taken)
        else:
            self._frontier.put_back(wanted)

    async def _go_on(self, taken: Taken, *, is_recalled: bool = False) -> None:
        """Do what a page calls for beside following its links: run its scripts, look around on its host."""
        if taken.page is None:
            return
        version = self._tools.recorder.recall_version(taken.capture.url) if is_recalled else None
        if version is not None:
            self._follow(replace(taken.attempt, body=version))
        elif self._tools.render and not (is_recalled and self._tools.recorder.has_more):
            # Of the pages that the process before us asked for, only the last may not be rendered yet.
            rendered = await self._tools.render(taken.attempt, taken.capture)
            if rendered:
                self._follow(rendered)
        if self._task.looks_around:
            await self._around.look_around(taken.attempt.wanted.url, taken.page)

    def _stay_out(self, wanted: Wanted, why: str) -> None:
        """Leave an address alone whose owner wrote to us; a seed has a row all the same."""
        self._is_opted_out = True
        refusal = Refusal(url=wanted.url, referrer_url=wanted.referrer_url, rule=Rule.OPT_OUT, detail=why)
        self._tools.on_refusal(refusal)
        if wanted.is_seed:
            self._tools.record(Attempt(wanted=wanted, outcome=Outcome.OPTED_OUT, detail=why))

    def _pass_by(self, wanted: Wanted, original: Original) -> None:
        """Record what a page was that is not due, and follow its links as they were."""
        attempt = Attempt(wanted=wanted, outcome=Outcome.NOT_DUE, body=original.body, passed_by=original)
        if self._tools.record(attempt).media_type == HTML:
            self._follow(attempt)

    def _take_in(self, wanted: Wanted, host: Host, answer: Answer | Failure) -> Taken:
        """Record what came, count it, and follow where it leads."""
        attempt, redirect = attempt_of(wanted, answer, host, self._task.owns)
        page = ParsedPage(attempt.body, wanted.url, attempt.content_type)
        if attempt.outcome is Outcome.OK and self._around.is_missing(page):
            attempt = replace(attempt, outcome=Outcome.SOFT_404, detail=_SAME_AS_NOTHING)
        capture = self._tools.record(attempt)
        self._patience.count(attempt)
        host.heed(attempt)
        is_page = attempt.outcome in _PAGES and capture.media_type == HTML
        if redirect:
            self._following.follow_redirect(wanted, redirect)
        elif again := next_try(attempt, is_of_service=self._tools.is_of_service(wanted.url)):
            self._frontier.put_back(again)
        elif is_page:
            self._following.follow(attempt, page)
        return Taken(attempt=attempt, capture=capture, page=page if is_page else None)

    def _follow(self, attempt: Attempt) -> None:
        """Put the links of a page's other version into the frontier."""
        page = ParsedPage(attempt.body, attempt.wanted.url, attempt.content_type)
        self._following.follow(attempt, page)


def _record_no_page(tools: Tools, patience: Patience, attempt: Attempt) -> None:
    """Record what was asked for beside pages; it costs as much of the site's budget as a page does."""
    tools.record(attempt)
    patience.count_page(attempt)


def _drop(tools: Tools, wanted: Wanted, rule: Rule) -> None:
    """Note that an address that waited is not asked for; one that was asked for before is none."""
    if wanted.attempts:
        return
    tools.on_refusal(Refusal(url=wanted.url, referrer_url=wanted.referrer_url, rule=rule))
