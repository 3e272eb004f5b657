"""Serve made-up sites on loopback, each on a port of its own, in a process of its own.

`python loopback.py '{"pages": [625, 625], "crawl_delay": 0, "answer_seconds": 0}'` serves two sites of 625
pages, prints their ports as JSON, and goes on until its standard input ends. A page has 27 links and 150
words, about 3 KB, as in the measurements that we compare ourselves with; every tenth is of a service, as a
crawler that looks for services leaves addresses alone that never lead to any.
"""

import asyncio
import contextlib
import json
import sys
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

_LINKS = 27
_WORDS = 150
_SECTION = 3000  # pages that link to one another, and to the first page of the next section
_A_SERVICE_EVERY = 10
_SYLLABLES = ("ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu")


@dataclass(frozen=True, slots=True, kw_only=True)
class Republic:
    """The sites to serve."""

    pages: list[int]  # of each site
    crawl_delay: float  # seconds, in each robots.txt; 0: none is asked for
    answer_seconds: float  # before each answer


async def serve(republic: Republic) -> None:
    """Serve until standard input ends."""
    servers = [await _serve_site(count, republic) for count in republic.pages]
    print(json.dumps([server.sockets[0].getsockname()[1] for server in servers]), flush=True)
    await asyncio.to_thread(sys.stdin.read)


async def _serve_site(page_count: int, republic: Republic) -> asyncio.Server:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):  # the client went away
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await asyncio.sleep(republic.answer_seconds)
                writer.write(_answer(head.split(b" ", 2)[1].decode(), page_count, republic.crawl_delay))
                await writer.drain()
        writer.close()

    return await asyncio.start_server(talk, "127.0.0.1", 0)


def _answer(path: str, page_count: int, crawl_delay: float) -> bytes:
    if path == "/robots.txt":
        delay = f"Crawl-delay: {crawl_delay:g}\n" if crawl_delay else ""
        return _reply(HTTPStatus.OK, "text/plain", f"User-agent: *\n{delay}Disallow: /private\n".encode())
    number = "0" if path == "/" else path.removeprefix("/p/")
    if not number.isdigit() or int(number) >= page_count:
        return _reply(HTTPStatus.NOT_FOUND, "text/plain", b"no such page")
    return _page(int(number), page_count)


def _path(number: int) -> str:
    return f"/p/{number}" if number else "/"


def _word(number: int) -> str:
    """One of a thousand words."""
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:03}")


@lru_cache(maxsize=2048)
def _page(number: int, page_count: int) -> bytes:
    """A page as it goes over the wire; following links from page 0 leads to every page."""
    begin, place = number - number % _SECTION, number % _SECTION
    size = min(_SECTION, page_count - begin)
    targets = [begin + (place * (_LINKS - 1) + step) % size for step in range(_LINKS - 1)]
    targets.append(begin + _SECTION if begin + _SECTION < page_count else 0)  # the next section
    links = "".join(f'<li><a href="{_path(target)}">Page {target} of the site</a></li>' for target in targets)
    title = f"Page {number}" if number % _A_SERVICE_EVERY else f"Apply for permit {number}"
    words = " ".join(_word((number * 31 + step * (number // 997 + 1)) % 997) for step in range(_WORDS))
    return _reply(
        HTTPStatus.OK,
        "text/html; charset=utf-8",
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>{words}</p><ul>{links}</ul></body></html>".encode(),
    )


def _reply(status: HTTPStatus, content_type: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} {status.phrase}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


if __name__ == "__main__":
    asyncio.run(serve(Republic(**json.loads(sys.argv[1]))))
