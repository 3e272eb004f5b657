"""An imagined site, and a clock that passes days in no time: for visits as their host lives them."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from small_sites import ROUND

from crawlers.network.answers import Answer, Asked, Failure
from crawlers.outcomes import Outcome
from crawlers.politeness.clock import Clock
from crawlers.politeness.host_book import HostBook
from crawlers.politeness.ledger import Ledger, Refused, read_ledger
from crawlers.politeness.manners import Manners
from crawlers.reports import Finish
from crawlers.storing.journal import read_journal
from crawlers.storing.recorder import Recorder, Whose
from crawlers.visiting.task import Task, Tools
from crawlers.visiting.visit import Visit

NOON = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
WHOSE = Whose(country_id="tt", round_id=ROUND, site_id="tt-a")
Said = Outcome | tuple[int, dict[str, str], str]  # no answer, or status, header fields and body


class SwiftClock(Clock):
    """A clock whose pauses are over at once."""

    def __init__(self, begins: datetime = NOON) -> None:
        """Begin at a moment."""
        self.time = begins.timestamp()

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self.time

    async def pause(self, seconds: float, stop: asyncio.Event) -> None:
        """Let the time pass."""
        del stop
        self.time += max(0.0, seconds)


@dataclass
class Imagined:
    """The site http://a.kg/: what it says to a path at its nth request for it, and when it was asked."""

    says: Mapping[str, Said | Callable[[int], Said]]
    clock: SwiftClock = field(default_factory=SwiftClock)
    asked: list[tuple[float, str]] = field(default_factory=list)  # seconds since the visit began, address
    began: float = field(init=False)

    def __post_init__(self) -> None:
        """Note when it begins."""
        self.began = self.clock.now()

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for _, path in self.asked]

    @property
    def gaps(self) -> list[float]:
        """The seconds between one request and the next."""
        times = [at for at, _ in self.asked]
        return [round(later - earlier, 3) for earlier, later in pairwise(times)]

    async def fetch(self, url: str) -> Answer | Failure:
        """Answer; 404 for what nobody thought of."""
        path = url.removeprefix("http://a.kg")
        said = self.says.get(path, (404, {}, ""))
        if callable(said):
            said = said(self.paths.count(path))
        self.asked.append((self.clock.now() - self.began, path))
        asked = Asked(url=url, asked_at=datetime.fromtimestamp(self.clock.now(), UTC), header=b"")
        if isinstance(said, Outcome):
            return Failure(asked=asked, elapsed_seconds=0.1, outcome=said, detail="imagined")
        return Answer(
            asked=asked,
            elapsed_seconds=0.1,
            status=said[0],
            headers=(("Content-Type", "text/html"), *said[1].items()),
            body=said[2].encode("utf-8", "surrogateescape"),
            ip_address=None,
            tls_fault=None,
            is_cut=False,
        )


@dataclass(frozen=True)
class Visited:
    """What a visit left."""

    finish: Finish
    outcomes: list[tuple[str, Outcome]]  # path and outcome, without robots.txt
    refused: list[Refused]
    rules: list[str | None]  # of the captures


def visited(
    folder: Path, web: Imagined, delay: float = 0, max_pages: int = 100, **manners: object
) -> Visited:
    """Visit http://a.kg/ with `delay` seconds between requests, and the manners given."""
    folder.mkdir(parents=True, exist_ok=True)

    async def visit() -> Finish:
        stop = asyncio.Event()
        own = Manners(**({"clock": web.clock, "queues": folder} | manners))  # type: ignore[arg-type]  # a test's shorthand
        hosts = HostBook(web.fetch, delay, stop, own)
        with Recorder(folder, WHOSE, "") as recorder, Ledger(folder, WHOSE) as ledger:
            tools = Tools(fetch=web.fetch, hosts=hosts, recorder=recorder, stop=stop, on_refusal=ledger.note)
            task = Task(seeds=("http://a.kg/",), owns=lambda at: at.host == "a.kg", max_pages=max_pages)
            try:
                return await Visit(task, tools).run()
            finally:
                hosts.close()

    finish = asyncio.run(visit())
    pages = [row for row in read_journal(folder) if row.depth >= 0]
    return Visited(
        finish=finish,
        outcomes=[(row.url.removeprefix("http://a.kg"), row.outcome) for row in pages],
        refused=list(read_ledger(folder)),
        rules=[row.robots_rule for row in pages],
    )


def linking(*links: str) -> Said:
    """Return a page with links."""
    return 200, {}, "<!doctype html>" + "".join(f"<a href='{link}'>x</a>" for link in links)


def pages(count: int) -> dict[str, Said | Callable[[int], Said]]:
    """Return a home page that links to `count` further pages."""
    paths = [f"/{number}" for number in range(count)]
    return {"/": linking(*paths)} | {path: _service(path) for path in paths}


def once(first: Said, then: Said) -> Callable[[int], Said]:
    """Return what says `first` at the first request, and `then` at all others."""
    return lambda count: then if count else first


def _service(path: str) -> Said:
    """A page of a service that no other page repeats."""
    words = " ".join(sha256(f"{path}{number}".encode()).hexdigest() for number in range(4))
    return 200, {}, f"<!doctype html><title>Услуга {path}: заявление</title><h1>Услуга</h1><p>{words}</p>"
