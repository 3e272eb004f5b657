"""Crawls that are interrupted: a long site, a process that visits it, and what must be there afterwards."""

import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_sites import ROUND, SmallSite, own_words, page, registry_of

from crawlers.captures import Capture
from crawlers.captures_io import read_captures
from crawlers.errors import LockHeldError
from crawlers.sites import Registry
from crawlers.storing.lock import only_one
from crawlers.storing.manifest import check_manifest

PAGES = 25
PATIENCE_SECONDS = 60
# Another process that crawls: what it prints are the captures' counts.
CRAWL = """
import sys
from pathlib import Path
from crawlers.harvest import crawl
from crawlers.sites import Registry
from pipelines.operating.stopping import stopping
registry = Registry.model_validate_json(Path(sys.argv[1]).read_bytes())
with stopping():
    crawl(registry, round_id=sys.argv[2], data=Path(sys.argv[3]),
          on_progress=lambda event: print(event.kind, event.count, flush=True))
"""


@pytest.fixture
def long_site() -> Iterator[SmallSite]:
    """A site of a home page and many pages."""
    links = [f"/{number}" for number in range(PAGES)]
    made = SmallSite({"/": page(*links)} | {link: page(words=own_words(link)) for link in links})
    yield made
    made.close()


class SilentSite:
    """Takes connections, and never answers."""

    def __init__(self) -> None:
        """Listen on loopback."""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"

    def close(self) -> None:
        """Take no more."""
        self._socket.close()


def registry(*sites: SmallSite | SilentSite, delay: float = 0.03) -> Registry:
    """A registry of these sites, with a pause long enough to be interrupted in."""
    hosts = {f"tt-{chr(97 + number)}": one.host for number, one in enumerate(sites)}
    return registry_of(hosts, allow=tuple(hosts.values()), delay_seconds=delay)


def started(registry: Registry, folder: Path) -> subprocess.Popen[str]:
    """Start a crawl in a process group of its own."""
    file = folder / "registry.json"
    file.write_text(registry.model_dump_json(), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-c", CRAWL, str(file), ROUND, str(folder / "data")],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(crawling: subprocess.Popen[str], count: int) -> None:
    """Wait until a site has `count` captures."""
    assert crawling.stdout
    for line in crawling.stdout:
        if line.startswith(("captured", "finished")) and int(line.split()[1]) >= count:
            return
    pytest.fail("the crawl ended before it was to be interrupted")


def child_of(process: subprocess.Popen[str]) -> int:
    """The process id of the crawling child."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    return int(children[0])


def until_unlocked(data: Path) -> None:
    """Wait until nobody works in `data` any more."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with only_one(data):
                return
        except LockHeldError:
            assert time.monotonic() < end, "a child outlived its parent"
            time.sleep(0.02)


def pages(folder: Path) -> list[Capture]:
    """The captures of pages in a folder."""
    return [row for row in read_captures(folder) if row.depth >= 0]


def assert_whole(folder: Path, site: SmallSite, *, in_flight: int) -> None:
    """Every page is there once, and at most `in_flight` were asked for once more than they are there."""
    asked = Counter(site.paths)
    captured = Counter("/" + row.url.partition("//")[2].partition("/")[2] for row in pages(folder))

    assert dict.fromkeys(["/", *(f"/{n}" for n in range(PAGES))], 1) == dict(captured)
    assert sum(asked.values()) - asked["/robots.txt"] <= PAGES + 1 + in_flight
    assert [] == list(check_manifest(folder))
