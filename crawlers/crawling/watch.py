"""What may end all visits of a crawl before their time."""

import asyncio
from dataclasses import dataclass

from crawlers.crawling.server_clocks import ServerClocks
from crawlers.storing.disk import Disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A person's word, the disk and the clock; each sets `stop`."""

    stop: asyncio.Event
    disk: Disk
    clocks: ServerClocks
