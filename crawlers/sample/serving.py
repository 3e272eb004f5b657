"""Start the sample republic for as long as somebody needs it, or use the one that already runs."""

import asyncio
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from crawlers.sample.model import World
from crawlers.sample.server import HOST, MARK, SampleError, listen

_START_SECONDS = 20
_ASK_SECONDS = 2


@contextmanager
def serving(world: World) -> Iterator[World]:
    """Serve `world` while the context lasts; one that is already served is used and left running.

    Raises:
        SampleError: a port is taken by something else, or the server did not start in time.
    """
    mark = mark_of(world)
    if _already_served(world, mark):
        yield world
        return
    runner = _Runner(world, mark)
    runner.start()
    try:
        yield world
    finally:
        runner.stop()


def mark_of(world: World) -> str:
    """Return what tells this republic from another: its size, and its content."""
    files = sorted(
        path for path in Path(__file__).parent.rglob("*") if path.suffix in {".py", ".yml", ".html"}
    )
    digest = sha256()
    for path in files:
        digest.update(path.read_bytes())
    size = f"{world.seed}-{world.year}-{len(world.sites)}-{world.extra_pages}"
    return f"{size}-{digest.hexdigest()[:12]}"


def _already_served(world: World, mark: str) -> bool:
    """Whether the first and the last listening site answer as this same republic."""
    ports = [site.port for site in world.sites.values() if "down" not in site.quirks]
    return all(_mark_at(port) == mark for port in (ports[0], ports[-1]))


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
