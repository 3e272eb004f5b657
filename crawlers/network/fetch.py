"""Ask for one page through Scrapy, and turn whatever happens into an answer or a typed failure."""

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from OpenSSL import SSL
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.web._newclient import ParseError, ResponseFailed

from crawlers.network.addresses import parse_address
from crawlers.network.answers import Answer, Asked, Failure
from crawlers.network.guard import PolicyRefusedError
from crawlers.outcomes import Outcome

# The first that fits counts.
_OUTCOMES: tuple[tuple[type[BaseException], Outcome], ...] = (
    (PolicyRefusedError, Outcome.POLICY_REFUSED),
    (CannotResolveHostError, Outcome.UNREACHABLE_DNS),
    (DownloadConnectionRefusedError, Outcome.UNREACHABLE_REFUSED),
    (DownloadTimeoutError, Outcome.UNREACHABLE_TIMEOUT),
    (DownloadCancelledError, Outcome.TOO_LARGE),
    (ResponseDataLossError, Outcome.TRUNCATED),
    (SSL.Error, Outcome.UNREACHABLE_TLS),
    (ParseError, Outcome.BAD_CONTENT),
    (ConnectionClosed, Outcome.UNREACHABLE_RESET),
    (ConnectError, Outcome.UNREACHABLE_REFUSED),
    (DownloadFailedError, Outcome.UNREACHABLE_RESET),
)
_EXPECTED = tuple(kind for kind, _ in _OUTCOMES)
NO_MORE: Mapping[str, str] = MappingProxyType({})


class Fetcher:
    """Asks for pages of one site, one at a time."""

    def __init__(self, crawler: Crawler, headers: Mapping[str, str]) -> None:
        """Send `headers` with every request of `crawler`."""
        self._crawler, self._headers = crawler, headers

    async def fetch(self, url: str, more: Mapping[str, str] = NO_MORE) -> Answer | Failure:
        """Return what came of asking for `url`, which must be canonical; `more`: further header fields."""
        request = Request(url, headers={**self._headers, **more}, dont_filter=True)
        begun = time.monotonic()
        asked_at = datetime.now(UTC)
        try:
            response = await self._crawler.engine.download_async(request)
        except _EXPECTED as error:
            asked = Asked(url=url, asked_at=asked_at, header=_request_header(request))
            outcome, detail = _outcome_of(error)
            return Failure(asked=asked, elapsed_seconds=_since(begun), outcome=outcome, detail=detail)
        asked = Asked(url=url, asked_at=asked_at, header=_request_header(request))
        return _answer(response, asked, _since(begun))


async def pause(seconds: float, stop: asyncio.Event) -> None:
    """Wait for `seconds`, or until `stop` is set."""
    if seconds > 0:
        try:
            await asyncio.wait_for(stop.wait(), seconds)
        except TimeoutError:
            return


def _answer(response: Response, asked: Asked, elapsed: float) -> Answer:
    faults = [flag.removeprefix("tls:") for flag in response.flags if flag.startswith("tls:")]
    return Answer(
        asked=asked,
        elapsed_seconds=elapsed,
        status=response.status,
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ),
        body=response.body,
        ip_address=str(response.ip_address) if response.ip_address else None,
        tls_fault=", ".join(faults) or None,
        is_cut="dataloss" in response.flags,
    )


def _outcome_of(error: BaseException) -> tuple[Outcome, str]:
    """What an error means, by the innermost cause that we know."""
    causes = list(_causes(error))
    for kind, outcome in _OUTCOMES:
        for cause in causes:
            if isinstance(cause, kind):
                return outcome, str(cause).rstrip(".") or type(cause).__name__
    raise error


def _causes(error: BaseException) -> list[BaseException]:
    """The error and all that stands behind it."""
    found = [error]
    inner = error.__cause__
    if isinstance(inner, ResponseFailed):
        found += [reason.value for reason in inner.reasons if reason.value is not None]
    elif inner is not None:
        found += _causes(inner)
    return found


def _request_header(request: Request) -> bytes:
    """The request as it went over the wire; Twisted adds the host itself."""
    address = parse_address(request.url)
    host = address.host_port if address else ""
    target = request.url.partition("//")[2].partition("/")[2]
    lines = [f"GET /{target} HTTP/1.1", f"Host: {host}"]
    lines += [
        f"{name.decode()}: {value.decode()}" for name, values in request.headers.items() for value in values
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 3)
