"""An imagined site whose visitor may be killed at any request, and what is left of the visit then."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from changing_web import KilledError
from small_sites import ROUND
from tabled_web import Web, html, is_own

from crawlers.captures import Capture
from crawlers.network.answers import Answer, Failure
from crawlers.outcomes import Outcome
from crawlers.politeness.host_book import HostBook
from crawlers.reports import Finish
from crawlers.storing.memory import Memory
from crawlers.storing.recorder import Recorder, Whose
from crawlers.storing.repair import repair
from crawlers.visiting.task import Task, Tools
from crawlers.visiting.visit import Visit

WHOSE = Whose(country_id="tt", round_id=ROUND, site_id="tt-a")
SITE = {
    "/robots.txt": (200, {}, "User-agent: *\nDisallow: /secret"),
    "/": html("/a", "/b", "/old", "/secret", "/flaky", "/none"),
    "/a": html("/c", "/d", "/"),
    "/b": html("/a", "/secret/2"),
    "/c": html("/e"),
    "/d": (503, {}, ""),
    "/e": html(),
    "/old": (302, {"Location": "/new"}, ""),
    "/new": html("/f"),
    "/f": html(),
    "/flaky": Outcome.UNREACHABLE_TIMEOUT,
}


@dataclass
class MortalWeb(Web):
    """A web during whose `dies_at`-th request we are killed."""

    dies_at: int = -1
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def fetch(self, url: str) -> Answer | Failure:
        """Answer, unless this is the one."""
        if len(self.asked) == self.dies_at:
            raise KilledError
        answer = await super().fetch(url)
        return replace(answer, asked=replace(answer.asked, asked_at=self.now))


def visit(folder: Path, web: Web) -> Finish:
    """Visit http://a.kg/ into `folder`, or go on there."""

    async def run() -> Finish:
        stop = asyncio.Event()
        memory = Memory(folder, repair(folder).sums)
        with Recorder(folder, WHOSE, "", memory) as recorder:
            tools = Tools(fetch=web.fetch, hosts=HostBook(web.fetch, 0, stop), recorder=recorder, stop=stop)
            return await Visit(Task(seeds=("http://a.kg/",), owns=is_own, max_pages=100), tools).run()

    return asyncio.run(run())


def killed(folder: Path, dies_at: int, web: MortalWeb | None = None) -> MortalWeb:
    """Visit until the `dies_at`-th request, then die."""
    web = web or MortalWeb(SITE)
    web.dies_at = dies_at
    with pytest.raises(KilledError):
        visit(folder, web)
    web.dies_at = -1
    return web


def told(captures: list[Capture]) -> list[tuple[str, Outcome, int]]:
    """What matters of captures, in their order."""
    return [(capture.url, capture.outcome, capture.seq) for capture in captures]


def cut(path: Path, count: int) -> None:
    """Cut `count` bytes off the end of a file."""
    content = path.read_bytes()
    path.write_bytes(content[: max(0, len(content) - count)])


def warc(folder: Path) -> Path:
    """The one WARC file."""
    (path,) = folder.glob("*.warc.gz")
    return path
