"""Budget: how many of a republic's services are found in 15 % of its pages, and breadth-first beside.

The republic is generated and deep: services behind a catalogue by groups, news and documents behind
archives of many pages, a quarter of the news speaking of services. Each site may be asked for 15 % of as
many addresses as it has pages; whatever is asked for counts, also a sitemap or a page that is not there.
A service is found when a page that describes it was seen, in whichever language, at its provider or on
the joint portal.
"""

import asyncio
import math
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from crawlers.captures import Capture
from crawlers.network.answers import Answer, Asked, Failure
from crawlers.politeness.host_book import HostBook
from crawlers.sample import World, generate
from crawlers.sample.deep import deepen
from crawlers.sample.model import Site
from crawlers.sample.replies import Answers
from crawlers.sample.routes import key
from crawlers.storing.recorder import Whose, capture_of
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.frontier import Frontier, Wanted
from crawlers.visiting.task import Task, Tools
from crawlers.visiting.visit import Visit

SHARE = 0.15  # of a site's pages
SITES, PAGES = 38, 235  # some 200 services among some 10,000 pages
SEEDS = (2026, 7, 91, 404, 1999)
_NOW = datetime(2026, 11, 5, tzinfo=UTC)


class BreadthFirst(Frontier):
    """What crawlers do as they come: the first that was seen is the first that is asked for."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        super().__init__()
        self._line: deque[Wanted] = deque()

    def put_back(self, wanted: Wanted) -> None:
        """Wait at the end."""
        self._line.append(wanted)

    def take(self) -> Wanted | None:
        """Return what waits longest."""
        return self._line.popleft() if self._line else None


@dataclass
class NoRecorder:
    """Makes captures without keeping anything."""

    site_id: str
    asked: list[Capture] = field(default_factory=list)

    has_more = False  # to recall

    def recall(self, url: str) -> None:
        """Know nothing from before."""

    recall_version = recall

    def record(self, attempt: Attempt) -> Capture:
        """Return the capture of `attempt`."""
        whose = Whose(country_id="sample", round_id="2026-11", site_id=self.site_id)
        self.asked.append(capture_of(attempt, None, whose, len(self.asked)))
        return self.asked[-1]


def republic(seed: int) -> World:
    """Return the republic of the measure."""
    return deepen(generate(SITES, PAGES, seed))


def asked_of(world: World, site: Site, frontier: Frontier, share: float) -> list[Capture]:
    """Visit `site` without a network until `share` of its pages is spent; return what was asked for."""
    answers = Answers(world, site)
    root = site.root.rstrip("/")

    async def fetch(url: str) -> Answer | Failure:
        reply = answers.reply(url.removeprefix(root))
        headers = [("Content-Type", reply.content_type)]
        headers += [("Location", reply.location)] if reply.location else []
        asked = Asked(url=url, asked_at=_NOW, header=b"")
        return Answer(
            asked=asked,
            elapsed_seconds=0.0,
            status=reply.status,
            headers=tuple(headers),
            body=reply.body,
            ip_address=None,
            tls_fault=None,
            is_cut=False,
        )

    async def visit() -> None:
        stop = asyncio.Event()
        tools = Tools(fetch=fetch, hosts=HostBook(fetch, 0, stop), recorder=recorder, stop=stop)
        limit = math.ceil(share * len(answers.pages))
        task = Task(
            seeds=(site.root,),
            owns=lambda address: address.host_port == site.host,
            max_pages=limit,
            looks_around=type(frontier) is Frontier,
        )
        await Visit(task, tools, frontier).run()

    recorder = NoRecorder(site.id)
    asyncio.run(visit())
    return recorder.asked


def found_in(world: World, frontiers: Iterator[Frontier], share: float = SHARE) -> tuple[int, int, int]:
    """Return how many services there are, how many were found, and how many addresses were asked for."""
    asked = 0
    known: set[str] = set()
    found: set[str] = set()
    for site in world.sites.values():
        pages = Answers(world, site).pages
        if not pages:
            continue
        described = {
            key(page.target): page.service_id
            for page in pages.values()
            if page.role == "service" and page.service_id
        }
        known |= set(described.values())
        captures = asked_of(world, site, next(frontiers), share)
        asked += len(captures) - 1  # robots.txt is no page of anybody's budget
        targets = {key(capture.url.removeprefix(site.root.rstrip("/"))) for capture in captures}
        found |= {described[target] for target in described.keys() & targets}
    return len(known), len(found), asked


def fresh(kind: type[Frontier]) -> Iterator[Frontier]:
    """Yield new frontiers without end."""
    while True:
        yield kind()


def main() -> None:
    """Print one row for each seed."""
    for seed in SEEDS:
        world = republic(seed)
        pages = sum(len(Answers(world, site).pages) for site in world.sites.values())
        count, ours, asked = found_in(world, fresh(Frontier))
        _, plain, _ = found_in(world, fresh(BreadthFirst))
        print(
            f"budget | seed {seed} | {count} services, {pages} pages, {asked} asked for |"
            f" {ours / count:.1%} found | breadth-first {plain / count:.1%}"
        )


if __name__ == "__main__":
    main()
