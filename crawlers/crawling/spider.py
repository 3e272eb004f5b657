"""The one Scrapy spider, for every site of every country: it lends Scrapy's downloader to a visit."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from scrapy import Spider

from crawlers.network.fetch import Fetcher
from crawlers.policy import policy
from crawlers.reports import Finish

Errand = Callable[[Fetcher], Awaitable[Finish]]


class SiteSpider(Spider):
    """Runs one errand (the visit of a site) and ends."""

    name = "site"

    def __init__(self, errand: Errand, headers: Mapping[str, str], **kwargs: Any) -> None:
        """Take the errand, and the header fields to send with every request of it."""
        super().__init__(**kwargs)
        self._errand, self._request_headers = errand, headers
        self.visit: asyncio.Task[Finish] | None = None  # its result, or its error, is the visit's

    async def start(self) -> AsyncIterator[Any]:
        """Run the errand; nothing is ever scheduled through Scrapy's own queue."""
        errand = self._errand(Fetcher(self.crawler, self._request_headers))
        self.visit = asyncio.ensure_future(errand)
        await asyncio.wait([self.visit])
        scheduled: tuple[Any, ...] = ()
        for request in scheduled:
            yield request  # makes this the asynchronous generator that Scrapy expects


def scrapy_settings() -> dict[str, Any]:
    """Return Scrapy's settings: nothing between us and the wire but the guarded handler."""
    rules = policy()
    return {
        "BOT_NAME": rules.user_agent_token,
        "COOKIES_ENABLED": True,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,  # the visit keeps the delays: Scrapy knows nothing of Crawl-delay
        "DOWNLOAD_FAIL_ON_DATALOSS": False,  # a cut answer is kept, and marked
        "DOWNLOAD_HANDLERS_BASE": {
            "http": "crawlers.network.door.GuardedHandler",
            "https": "crawlers.network.door.GuardedHandler",
        },
        "DOWNLOAD_MAXSIZE": rules.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": rules.timeout_seconds,
        # Robots, redirects, retries and encodings are ours: each is recorded, none happens unseen.
        "DOWNLOADER_MIDDLEWARES_BASE": {"crawlers.network.cookies.SpareCookies": 700},
        "EXTENSIONS_BASE": {},
        "LOG_ENABLED": False,  # the child hands Python's log to its parent
        "LOG_VERSIONS": [],
        "SPIDER_MIDDLEWARES_BASE": {},
        "TELNETCONSOLE_ENABLED": False,
        "USER_AGENT": None,
    }
