"""Ask for one page through Scrapy, and turn whatever happens into an answer or a typed failure."""

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from crawlers.errors import CutShortError
from crawlers.network.addresses import parse_address
from crawlers.network.answers import Answer, Asked, Failure
from crawlers.network.failures import EXPECTED, meaning_of
from crawlers.network.wire import OVER_LIMIT, head_of
from crawlers.policy import policy

_VERBATIM = {"verbatim_url": True}  # canonical addresses need not be escaped once more
NO_MORE: Mapping[str, str] = MappingProxyType({})


class Fetcher:
    """Asks for pages of one site, one at a time."""

    def __init__(self, crawler: Crawler, headers: Mapping[str, str]) -> None:
        """Send `headers` with every request of `crawler`."""
        self._crawler = crawler
        self._headers: dict[bytes, list[bytes]] = dict(Headers(headers))  # in Scrapy's form, once for all
        self._waiting: set[asyncio.Timeout] = set()  # of each request in flight
        self._is_hurried = False

    def hurry(self) -> None:
        """Wait but a little longer for the requests in flight, and for those that may still follow."""
        self._is_hurried = True
        for waiting in self._waiting:
            waiting.reschedule(_soon())

    async def fetch(self, url: str, more: Mapping[str, str] = NO_MORE) -> Answer | Failure:
        """Return what came of asking for `url`, which must be canonical; `more`: further header fields.

        Raises:
            CutShortError: we were told to hurry, and no answer came soon.
        """
        request = Request(url, headers=more, dont_filter=True, meta=_VERBATIM)
        dict.update(request.headers, self._headers)
        begun = time.monotonic()
        asked_at = datetime.now(UTC)
        try:
            response = await self._in_time(request)
        except EXPECTED as error:
            asked = Asked(url=url, asked_at=asked_at, header=_request_header(request))
            return _failure(error, asked, _since(begun))
        asked = Asked(url=url, asked_at=asked_at, header=_request_header(request))
        return _answer(response, asked, _since(begun), head_of(request))

    async def _in_time(self, request: Request) -> Response:
        try:
            async with asyncio.timeout_at(_soon() if self._is_hurried else None) as waiting:
                self._waiting.add(waiting)
                return await self._download(request)
        except TimeoutError as error:
            if not waiting.expired():
                raise
            raise CutShortError(request.url) from error
        finally:
            self._waiting.discard(waiting)

    async def _download(self, request: Request) -> Response:
        """Ask through Scrapy's middlewares and handlers alone.

        Its queues, slots and signals would cost a fifth of a request's time, and what they are for (pauses,
        one request at a time) is the visit's business.
        """
        downloader = self._crawler.engine.downloader
        ask = downloader.handlers.download_request_async
        # No middleware that we use asks for another request in place of an answer.
        return cast("Response", await downloader.middleware.download_async(ask, request))


def _soon() -> float:
    return asyncio.get_running_loop().time() + policy().hurried_seconds


async def pause(seconds: float, stop: asyncio.Event) -> None:
    """Wait for `seconds`, or until `stop` is set."""
    if seconds > 0:
        try:
            await asyncio.wait_for(stop.wait(), seconds)
        except TimeoutError:
            return


def _answer(response: Response, asked: Asked, elapsed: float, head: bytes) -> Answer:
    faults = [flag.removeprefix("tls:") for flag in response.flags if flag.startswith("tls:")]
    return Answer(
        asked=asked,
        elapsed_seconds=elapsed,
        status=response.status,
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in dict.items(response.headers)  # as they stand: Scrapy's own would copy them
            for value in values
        ),
        body=response.body,
        ip_address=str(response.ip_address) if response.ip_address else None,
        tls_fault=", ".join(faults) or None,
        is_cut="dataloss" in response.flags,
        is_over_limit=OVER_LIMIT in response.flags,
        head=head,
    )


def _failure(error: BaseException, asked: Asked, elapsed: float) -> Failure:
    outcome, detail, tls_fault = meaning_of(error)
    return Failure(asked=asked, elapsed_seconds=elapsed, outcome=outcome, detail=detail, tls_fault=tls_fault)


def _request_header(request: Request) -> bytes:
    """The request as it went over the wire; Twisted itself adds the host, as the last field."""
    address = parse_address(request.url)
    host = address.host_port if address else ""
    target = request.url.partition("//")[2].partition("/")[2]
    lines = [f"GET /{target} HTTP/1.1"]
    lines += [
        f"{name.decode()}: {value.decode()}"
        for name, values in dict.items(request.headers)
        for value in values
    ]
    return ("\r\n".join([*lines, f"Host: {host}"]) + "\r\n\r\n").encode("latin-1", "replace")


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 3)
