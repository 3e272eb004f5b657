"""Serve the sample republic on loopback: one listener a site, all in one thread."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus

from crawlers.sample.model import Site, World
from crawlers.sample.replies import Answers
from crawlers.sample.reply import Reply

HOST = "127.0.0.1"
MARK = "X-Sample-Republic"  # the header by which a server that already runs is known as ours
_LAST_MODIFIED = "Thu, 01 Jan {year} 00:00:00 GMT"
_LONGEST_REQUEST = 64 * 1024  # bytes of a request's head
_LONGEST_BODY = 1024 * 1024  # bytes of a request's body, which is read and thrown away


class SampleError(RuntimeError):
    """The sample republic cannot be served."""


async def listen(world: World, mark: str) -> Sequence[asyncio.Server]:
    """Start a listener for each site but those that are down.

    Raises:
        SampleError: a port is taken; names it, and says what to do.
    """
    servers: list[asyncio.Server] = []
    for site in world.sites.values():
        if "down" in site.quirks:
            continue
        try:
            servers.append(await asyncio.start_server(_Handler(world, site, mark).serve, HOST, site.port))
        except OSError as error:
            for server in servers:
                server.close()
            raise SampleError(
                f"port {site.port} of {HOST}, for {site.id}, cannot be used ({error.strerror}): "
                "end the program that has it, or choose another first port (--port, BASKYCH_SAMPLE_PORT)"
            ) from error
    return servers


class _Handler:
    """Reads requests of one site and writes the answers."""

    def __init__(self, world: World, site: Site, mark: str) -> None:
        self._answers = Answers(world, site)
        self._mark = mark
        self._modified = _LAST_MODIFIED.format(year=world.year)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the other side is gone or speaks no HTTP: there is nobody to answer
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether the connection stays open."""
        head = (await reader.readuntil(b"\r\n\r\n"))[:_LONGEST_REQUEST].decode("latin-1")
        first, *lines = head.split("\r\n")
        method, target, _ = (*first.split(" "), "", "", "")[:3]
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
        }
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length):
            await reader.readexactly(min(int(length), _LONGEST_BODY))
        keeps = headers.get("connection", "").lower() != "close"
        writer.write(self._answer(method, target, headers, keeps))
        await writer.drain()
        return keeps

    def _answer(self, method: str, target: str, headers: dict[str, str], keeps: bool) -> bytes:  # noqa: FBT001 - internal
        if method not in {"GET", "HEAD"}:
            refused = Reply(status=405, content_type="text/plain", body=b"Only GET and HEAD\n")
            return self._bytes(refused, keeps=keeps, with_body=True)
        reply = self._answers.reply(target)
        if reply.status == HTTPStatus.OK and headers.get("if-none-match") == reply.etag:
            unchanged = Reply(status=304, content_type=reply.content_type, body=b"")
            return self._bytes(unchanged, keeps=keeps, with_body=False, etag=reply.etag)
        return self._bytes(reply, keeps=keeps, with_body=method == "GET")

    def _bytes(self, reply: Reply, *, keeps: bool, with_body: bool, etag: str = "") -> bytes:
        lines = [
            f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}",
            f"Content-Type: {reply.content_type}",
            f"Content-Length: {len(reply.body)}",
            f"{MARK}: {self._mark}",
            f"Connection: {'keep-alive' if keeps else 'close'}",
        ]
        if reply.status in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            lines += [f"ETag: {etag or reply.etag}", f"Last-Modified: {self._modified}"]
        if reply.location:
            lines.append(f"Location: {reply.location}")
        if reply.status == HTTPStatus.METHOD_NOT_ALLOWED:
            lines.append("Allow: GET, HEAD")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        return head + reply.body if with_body else head
