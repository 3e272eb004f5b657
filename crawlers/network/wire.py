"""One exchange as it was on the wire: the answer's header byte by byte, its body up to the limit.

Scrapy keeps a parsed copy of the header: names in its own spelling, repeated fields joined, the status
line and what belongs to the connection gone. An archive owes its readers what the server really sent.
"""

from functools import partial
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
    _ResponseReader,
    _ScrapyAgent,
)
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.web._newclient import STATUS, ParseError
from twisted.web.client import Agent
from twisted.web.iweb import UNKNOWN_LENGTH

from crawlers.policy import policy

OVER_LIMIT = "over_limit"  # flag of a response whose body is longer than we take
_HEAD = "baskych_head"  # key of a request's meta


def head_of(request: Request) -> bytes:
    """Return status line and header fields of the answer to `request`, as they came."""
    head: bytes = request.meta.get(_HEAD, b"")
    return head


class WireProtocol(_LenientHTTP11ClientProtocol):
    """Speaks HTTP/1.1 and keeps the header of each answer."""

    def request(self, request: Any) -> Any:
        """Send a request; what parses its answer is ours."""
        answer = super().request(request)
        self._parser.__class__ = _Parser
        return answer


def _error(words: str, beginning: bytearray | bytes) -> ParseError:
    return ParseError(words, bytes(beginning[:100]))  # type: ignore[no-untyped-call]  # Twisted has no types here


class _Parser(_LenientHTTPClientParser):
    """Keeps the lines of the header, and gives up on a header without end."""

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's interface
        if self.state == STATUS:
            self._head = bytearray()
        self._head += line
        self._head += b"\n"
        if len(self._head) > policy().max_header_bytes:
            raise _error("the header is longer than we read", self._head)
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 - Twisted's interface
        raise _error("a line of the header is longer than we read", line)

    def allHeadersReceived(self) -> None:  # noqa: N802 - Twisted's interface
        self.response.head = bytes(self._head)
        super().allHeadersReceived()  # type: ignore[no-untyped-call]  # Twisted has no types here


class WireAgent(_ScrapyAgent):
    """Asks for one page; a body over the limit is kept as far as the limit, and flagged."""

    def __init__(self, agent: Agent, **how: Any) -> None:
        """Ask through `agent`, which all requests of a handler share."""
        super().__init__(**how)
        self._agent = agent

    def _get_agent(self, *_: object) -> Agent:
        """Return the agent: Scrapy would make one for each request, as each may have its own proxy."""
        return self._agent

    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        """Note the header, then read the body, unless its length says that it is too long already."""
        request.meta[_HEAD] = txresponse.head
        if txresponse.length == 0:
            return self._without_body(txresponse)
        if txresponse.length is not UNKNOWN_LENGTH and txresponse.length > self._maxsize:
            self._cancel(None, txresponse)
            return self._without_body(txresponse) | {"flags": [OVER_LIMIT]}
        finished: Deferred[Any] = Deferred(partial(self._cancel, txresponse=txresponse))
        reader = _Reader(
            finished=finished,
            txresponse=txresponse,
            request=request,
            maxsize=self._maxsize,
            warnsize=0,
            fail_on_dataloss=False,
            crawler=self._crawler,
        )
        txresponse.deliverBody(reader)
        self._txresponse = txresponse  # for the time-out
        return finished

    def _cb_bodydone(self, result: Any, url: str) -> Response:
        """Return the answer as it is: what its body may be is judged by us (`sniff`), not by Scrapy."""
        txresponse = result["txresponse"]
        return Response(
            url,
            status=int(txresponse.code),
            headers=self._headers_from_twisted_response(txresponse),
            body=result.get("body", b""),
            flags=result.get("flags"),
            ip_address=result.get("ip_address"),
        )

    @staticmethod
    def _without_body(txresponse: Any) -> dict[str, Any]:
        return {"txresponse": txresponse, "ip_address": getattr(txresponse, "_scrapy_ip_address", None)}


class _Reader(_ResponseReader):
    """Takes in a body up to the limit; then the connection ends, and what came is kept."""

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's interface
        if self._finished.called:
            return  # buffered data after the end
        self._bodybuf.write(data)
        self._bytes_received += len(data)
        if self._bytes_received > self._maxsize:
            self._bodybuf.truncate(self._maxsize)
            self._txresponse._transport._producer.abortConnection()  # noqa: SLF001 - as Scrapy does
            self._finish_response(flags=[OVER_LIMIT])
