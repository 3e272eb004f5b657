"""An imagined web that answers from a table, and visits to it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from small_sites import ROUND

from crawlers.captures import Capture
from crawlers.network.addresses import Address
from crawlers.network.answers import Answer, Asked, Failure
from crawlers.outcomes import Outcome
from crawlers.politeness.decisions import Refusal
from crawlers.politeness.host_book import HostBook
from crawlers.reports import Finish
from crawlers.storing.journal import read_journal
from crawlers.storing.recorder import Recorder, Whose
from crawlers.visiting.task import Task, Tools
from crawlers.visiting.visit import Visit

NOW = datetime(2026, 11, 5, 6, 7, 8, tzinfo=UTC)


@dataclass
class Web:
    """Answers by address: an outcome for no answer, else (status, header fields, body)."""

    answers: Mapping[str, Outcome | tuple[int, dict[str, str], str]]
    asked: list[str] = field(default_factory=list)

    async def fetch(self, url: str) -> Answer | Failure:
        """Answer from the table; 404 for all else."""
        self.asked.append(url.removeprefix("http://a.kg"))
        asked = Asked(url=url, asked_at=NOW, header=b"")
        answer = self.answers.get(self.asked[-1], (404, {}, ""))
        if isinstance(answer, Outcome):
            return Failure(asked=asked, elapsed_seconds=0.1, outcome=answer, detail="imagined")
        status, headers, body = answer
        return Answer(
            asked=asked,
            elapsed_seconds=0.1,
            status=status,
            headers=(("Content-Type", "text/html"), *headers.items()),
            body=body.encode(),
            ip_address=None,
            tls_fault=None,
            is_cut=False,
        )


def is_own(address: Address) -> bool:
    """Whether an address is of the imagined site."""
    return address.host == "a.kg"


def visited(
    folder: Path,
    web: Web,
    *,
    on_refusal: Callable[[Refusal], None] = lambda _: None,
    **task: Any,
) -> tuple[Finish, list[Capture]]:
    """Visit http://a.kg/ and return how it ended and what was captured, without robots.txt."""
    chosen = Task(**{"seeds": ("http://a.kg/",), "owns": is_own, "max_pages": 100} | task)

    async def visit() -> Finish:
        stop = asyncio.Event()
        whose = Whose(country_id="tt", round_id=ROUND, site_id="tt-a")
        with Recorder(folder, whose, "") as recorder:
            tools = Tools(
                fetch=web.fetch,
                hosts=HostBook(web.fetch, 0, stop),
                recorder=recorder,
                stop=stop,
                on_refusal=on_refusal,
            )
            return await Visit(chosen, tools).run()

    finish = asyncio.run(visit())
    return finish, [capture for capture in read_journal(folder) if capture.depth >= 0]


def html(*links: str) -> tuple[int, dict[str, str], str]:
    """Return a page with links."""
    return 200, {}, "<!doctype html>" + "".join(f"<a href='{link}'>x</a>" for link in links)
