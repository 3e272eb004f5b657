"""What a visit is asked to do, and what it works with."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from crawlers.captures import Capture
from crawlers.network.addresses import Address
from crawlers.network.answers import Answer, Failure, Original
from crawlers.politeness.decisions import Refusal
from crawlers.politeness.host_book import HostBook
from crawlers.storing.recorder import Recorder
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.frontier import Wanted


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
    passes_by: Callable[[Wanted], Original | None] = field(default=lambda _: None)  # known, and not due
    is_of_service: Callable[[str], bool] = field(default=lambda _: False)  # an address, when last seen
    on_capture: Callable[[Capture], None] = field(default=lambda _: None)
    on_refusal: Callable[[Refusal], None] = field(default=lambda _: None)
    render: Callable[[Attempt, Capture], Awaitable[Attempt | None]] | None = None

    def record(self, attempt: Attempt) -> Capture:
        """Keep an attempt, tell of its capture and return that."""
        capture = self.recorder.record(attempt)
        self.on_capture(capture)
        return capture
