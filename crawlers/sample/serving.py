"""Start the sample republic for as long as somebody needs it, or use the one that already runs."""

import asyncio
import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from crawlers.sample.model import World
from crawlers.sample.server import HOST, MARK, SampleError, listen

_START_SECONDS = 20
_ASK_SECONDS = 2
_PATIENCE_SECONDS = 300
_PASSING = " passing"  # said by a republic that ends with the harvest that it is served for


@contextmanager
def serving(world: World, *, lasts: bool = False) -> Iterator[World]:
    """Serve `world` while the context lasts; one that is already served to last is used and left running.

    One that is served for another harvest would go away in the middle of ours: we wait until it has.

    Raises:
        SampleError: a port is taken by something else, or the server did not start in time.
    """
    mark = mark_of(world)
    if _told(world) == mark:
        yield world
        return
    _wait_for_others(world, mark + _PASSING)
    runner = _Runner(world, mark if lasts else mark + _PASSING)
    runner.start()
    try:
        yield world
    finally:
        runner.stop()


def mark_of(world: World) -> str:
    """Return what tells this republic from another: its size, its content, and what became of it."""
    files = sorted(
        path for path in Path(__file__).parent.rglob("*") if path.suffix in {".py", ".yml", ".html"}
    )
    digest = sha256()
    for path in files:
        digest.update(path.read_bytes())
    digest.update(json.dumps(asdict(world), default=sorted, sort_keys=True).encode())
    size = f"{world.seed}-{world.year}-{len(world.sites)}-{world.extra_pages}"
    return f"{size}-{digest.hexdigest()[:12]}"


def _told(world: World) -> str | None:
    """Return what the first and the last listening site both say they are, if they do."""
    ports = [site.port for site in world.sites.values() if "down" not in site.quirks]
    first, last = (_mark_at(port) for port in (ports[0], ports[-1]))
    return first if first == last else None


def _wait_for_others(world: World, mark: str) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while _told(world) == mark and time.monotonic() < end:
        time.sleep(_ASK_SECONDS / 4)


def _mark_at(port: int) -> str | None:
    connection = http.client.HTTPConnection(HOST, port, timeout=_ASK_SECONDS)
    try:
        connection.request("HEAD", "/robots.txt")
        return connection.getresponse().getheader(MARK)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


class _Runner(threading.Thread):
    """An event loop of its own in a daemon thread."""

    def __init__(self, world: World, mark: str) -> None:
        super().__init__(name="sample-republic", daemon=True)
        self._world = world
        self._mark = mark
        self._loop = asyncio.new_event_loop()
        self._is_ready = threading.Event()
        self._failure: SampleError | None = None
        self._servers: tuple[asyncio.Server, ...] = ()

    def start(self) -> None:
        super().start()
        if not self._is_ready.wait(_START_SECONDS):
            self.stop()
            raise SampleError(f"the sample republic did not start within {_START_SECONDS} seconds")
        if self._failure:
            self.join()
            raise self._failure

    def run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._servers = tuple(self._loop.run_until_complete(listen(self._world, self._mark)))
        except SampleError as failure:
            self._failure = failure
            self._is_ready.set()
            return
        self._is_ready.set()
        self._loop.run_forever()

    def stop(self) -> None:
        """Close the listeners and what is still connected, and end the thread."""
        self._loop.call_soon_threadsafe(self._end)
        self.join(_START_SECONDS)

    def _end(self) -> None:
        for server in self._servers:
            server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.call_soon(self._loop.stop)
