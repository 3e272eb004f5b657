"""Memory stays flat however many pages a site has: what is captured goes to the disk, not into a list.

python -m pytest -m soak tests/soak/test_crawl_memory.py -s        prints the figures

BASKYCH_SOAK_SIZES=5000,50000 compares other sizes.
"""

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from crawlers.sites import Registry

pytestmark = pytest.mark.soak

SIZES = tuple(map(int, os.environ.get("BASKYCH_SOAK_SIZES", "5000,20000").split(",")))
KIB_A_PAGE = 1.5  # of growth: the addresses that a frontier must remember to ask for each once
WORDS = "Кызмат көрсөтүү жөнүндө маалымат. " * 20
# Crawls, and prints the most memory that parent and child ever had, in KiB.
CRAWL = """
import json, resource, sys
from pathlib import Path
from crawlers.harvest import crawl
from crawlers.sites import Registry
registry = Registry.model_validate_json(Path(sys.argv[1]).read_bytes())
(report,) = crawl(registry, round_id="2026-11", data=Path(sys.argv[2]), max_pages=int(sys.argv[3]))
most = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([report.seen_count, *most]))
"""


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer for a site that is a tree of pages without end: each links to two more."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode().strip("/")
            number = int(path) if path.isdigit() else 0
            links = "".join(f"<a href='/{2 * number + n}'>{n}</a>" for n in (1, 2))
            own = sha256(path.encode()).hexdigest()  # a page that says nothing of its own is left
            is_page = path.isdigit() or not path
            body = (
                f"<!doctype html><title>Кызмат {number}</title><p>{WORDS}<p>{own}<p>{links}".encode()
                if is_page
                else b""
            )
            status = "200 OK" if is_page else "404 Not Found"
            said = (
                f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}"
            )
            writer.write(said.encode() + b"\r\n\r\n" + body)
    except (ConnectionError, asyncio.IncompleteReadError):
        return  # the other side has gone
    finally:
        writer.close()


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """Serve that site; yield its host and port."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(_answer, "127.0.0.1", 0))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    yield "{}:{}".format(*server.sockets[0].getsockname())
    loop.call_soon_threadsafe(loop.stop)


def crawled(host: str, folder: Path, pages: int) -> tuple[int, int]:
    """Crawl so many pages; return the most memory of parent and child, in KiB."""
    folder.mkdir()
    registry = {
        "country": {
            "id": "tt",
            "name": {"en": "Testland"},
            "time_zone": "UTC",
            "currency": "KGS",
            "languages": ["ky"],
        },
        "crawler": {"contact": "mailto:crawler@example.org", "delay_seconds": 0, "looks_around": False},
        "allow_private": [host],
        "institutions": [{"id": "tt-body", "kind": "ministry", "name": {"en": "Body"}, "source": "test"}],
        "sites": [
            {
                "id": "tt-a",
                "institution": "tt-body",
                "seeds": [f"http://{host}/"],
                "stay_under": [host],
                "source": "test",
            }
        ],
    }
    file = folder / "registry.json"
    file.write_text(Registry.model_validate(registry).model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-c", CRAWL, str(file), str(folder / "data"), str(pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seen, parent, child = json.loads(done.stdout.splitlines()[-1])

    assert pages == seen
    return parent, child


def test_memory_does_not_grow_with_the_pages(tmp_path: Path, host: str):
    """Neither the process that crawls nor the one that waits for it holds what was captured."""
    few, many = SIZES
    before, after = (crawled(host, tmp_path / str(pages), pages) for pages in SIZES)
    for who, less, more in zip(("parent", "child"), before, after, strict=True):
        growth = (more - less) / (many - few)
        sys.stdout.write(
            f"\n{who}: {less // 1024} MiB at {few} pages, {more // 1024} MiB at {many}:"
            f" {growth:.2f} KiB a page"
        )

        assert growth < KIB_A_PAGE
