"""The crawling process: visits a batch of sites at the same time, each host one request at a time.

It is a process of its own because Scrapy's engine can run once in a process only, and because whatever
kills it must not take the rest of the work with it. It is started by `harvest` as
`python -m crawlers.crawling.child`; nobody else needs to.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Coroutine
from typing import Any, TextIO

# First: for each caller of its it looks through all modules so far (`inspect.stack`), a seventh of our start.
from scrapy.core.downloader import contextfactory  # noqa: F401 - for the time that it saves here
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor

from crawlers.crawling.jobs import STOP, Job, LogLine, Progress, as_line
from crawlers.crawling.ownership import lanes
from crawlers.crawling.server_clocks import ServerClocks
from crawlers.crawling.shared_settings import SharedSettings
from crawlers.crawling.site_crawl import SiteCrawl
from crawlers.crawling.spider import scrapy_settings
from crawlers.crawling.telling import Teller
from crawlers.crawling.watch import Watch
from crawlers.network.cancelled import forget_cancelled_calls
from crawlers.network.door import install_guard
from crawlers.network.guard import Guard
from crawlers.politeness.manners import manners_of
from crawlers.reports import as_json
from crawlers.sites import Site
from crawlers.storing.disk import Disk

_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
_LOOP = "uvloop.Loop"
_READ_BYTES = 65536  # a pipe's worth
_ORPHANED = 1  # exit code, which nobody is left to read


class _ToParent(logging.Handler):
    """Hands the log to the parent process."""

    def __init__(self, events: TextIO) -> None:
        super().__init__()
        self._events = events

    def emit(self, record: logging.LogRecord) -> None:
        message = self.format(record)
        self._events.write(as_line(LogLine(level=record.levelno, name=record.name, message=message)))
        self._events.flush()


def main() -> int:
    """Read a job from standard input, do it, and return the exit code: 0 when every site came to an end."""
    job, said_already = _read_job()
    events = _take_over_stdout()
    logging.basicConfig(level=logging.INFO, handlers=[_ToParent(events)], force=True)
    for name in ("scrapy", "twisted"):
        logging.getLogger(name).setLevel(logging.WARNING)
    install_reactor(_REACTOR, _LOOP)
    install_guard(Guard(job.registry.allow_private))
    outcome: list[BaseException | None] = []
    forget_cancelled_calls()
    reactor = _reactor()
    reactor.callWhenRunning(_run_until_done, _crawl(job, events, said_already), outcome)
    reactor.run(installSignalHandlers=False)
    if outcome and outcome[0] is None:
        return 0
    if outcome and outcome[0] is not None:
        raise outcome[0]
    return 1


def _read_job() -> tuple[Job, bytes]:
    """The job, and what the parent said right after it: a word kept in a buffer would never be heeded."""
    said = b""
    while b"\n" not in said:
        said += _heard()
    job, _, more = said.partition(b"\n")
    return Job.model_validate_json(job), more


def _reactor() -> Any:
    from twisted.internet import reactor  # noqa: PLC0415 - importing it earlier would choose another

    return reactor


def _take_over_stdout() -> TextIO:
    """Keep standard output for events; whatever else prints goes to standard error."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return events


def _run_until_done(work: Coroutine[Any, Any, None], outcome: list[BaseException | None]) -> None:
    """Run `work` in the reactor's loop, note how it ended, and stop the reactor."""

    def note(task: asyncio.Task[None]) -> None:
        outcome.append(asyncio.CancelledError() if task.cancelled() else task.exception())
        _reactor().stop()

    asyncio.ensure_future(work).add_done_callback(note)


async def _crawl(job: Job, events: TextIO, said_already: bytes) -> None:
    """Visit the job's sites, at most `concurrent_sites` at once."""
    stop = asyncio.Event()
    _heed(said_already, stop)
    asyncio.get_running_loop().add_reader(0, lambda: _heed(_heard(), stop))
    watch = Watch(stop=stop, disk=Disk(job.data, stop), clocks=ServerClocks(stop))
    watch.disk.look()
    runner = AsyncCrawlerRunner(SharedSettings(scrapy_settings()))
    room = asyncio.Semaphore(job.registry.crawler.concurrent_sites)

    say = Teller(events).say

    async def follow(lane: list[Site]) -> None:
        for site in lane:
            # A site that waits for its night keeps nobody else from theirs.
            await manners_of(site, job.registry).wait_for_hours(stop)
            async with room:
                if stop.is_set():
                    return
                report = await SiteCrawl(job, site, say, watch).run(runner)
                say(Progress(kind="finished", site_id=site.id, report=as_json(report)))

    sites = tuple(job.registry.site(site_id) for site_id in job.site_ids)
    await asyncio.gather(*(follow(lane) for lane in lanes(sites)))
    if watch.clocks.fault:
        say(Progress(kind="wrong_clock", site_id="", detail=watch.clocks.fault))
    asyncio.get_running_loop().remove_reader(0)


def _heard() -> bytes:
    """What the parent says next. It waits for us while it lives; when it is gone, we end at once."""
    said = os.read(0, _READ_BYTES)
    if not said:
        os._exit(_ORPHANED)
    return said


def _heed(said: bytes, stop: asyncio.Event) -> None:
    """Stop tidily when the parent says so."""
    if STOP.encode() in said:
        stop.set()


if __name__ == "__main__":
    sys.exit(main())
