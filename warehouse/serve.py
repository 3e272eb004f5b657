"""Show a released portal on this machine, as any static host would, and let readers take parts of files.

Nothing here is needed to read the portal: the same folder opens from disk. A server adds what a disk
cannot: range requests, by which a browser reads three rows out of a large Parquet file, and headers
that keep a page from doing anything but showing itself.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from warehouse.portal.errors import ServeError
from warehouse.portal.hosting import ReleaseFiles, headers
from warehouse.switch import LATEST

_START_SECONDS = 10.0
_WAIT_SECONDS = 0.01


class _Headers:
    """Add the same headers to every answer, also to errors, where it has none of that name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    given.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def application(folder: Path) -> ASGIApp:
    """Return the web application that shows `folder`; `latest` may be a link that moves while it runs.

    Releases beside it, and `latest` itself, are there under their names too, as on a host that has them all:
    so feeds and catalogues lead somewhere that were made for `BASKYCH_ADDRESS=http://127.0.0.1:8000/`.

    Raises:
        ServeError: `folder` is no folder, or holds no `index.html`.
    """
    if not (folder / "index.html").is_file():
        raise ServeError(f"{folder}: expected a published portal with an index.html; publish one first")
    named = {f"/{release.name}": release for release in _releases_beside(folder)}
    routes = [Mount(path, app=ReleaseFiles(directory=each, html=True)) for path, each in named.items()]
    return _Headers(Starlette(routes=[*routes, Mount("/", app=ReleaseFiles(directory=folder, html=True))]))


def _releases_beside(folder: Path) -> list[Path]:
    """Return the releases among which `folder` is the one that `latest` names, and that link; else none."""
    if folder.name != LATEST:
        return []
    return sorted(path for path in folder.parent.iterdir() if (path / "datapackage.json").is_file())


def serve(folder: Path, port: int = 8000, host: str = "127.0.0.1") -> None:
    """Show `folder` at http://`host`:`port`/ until interrupted.

    Raises:
        ServeError: `folder` holds no portal, or the address is taken.
    """
    server = _server(application(folder))
    with contextlib.closing(_bind(host, port)) as listener:
        server.run(sockets=[listener])


@contextlib.contextmanager
def running(folder: Path, port: int = 0, host: str = "127.0.0.1") -> Iterator[str]:
    """Show `folder` while the block runs; gives the portal's address, ending in a slash.

    Port 0 takes any free port.

    Raises:
        ServeError: `folder` holds no portal, the address is taken, or the server did not start.
    """
    server = _server(application(folder))
    with contextlib.closing(_bind(host, port)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            _wait_until_started(server, thread)
            yield f"http://{host}:{listener.getsockname()[1]}/"
        finally:
            server.should_exit = True
            thread.join(_START_SECONDS)


def _server(app: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, lifespan="off"))


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ServeError(
            f"{host}:{port}: cannot listen there ({error.strerror}); choose another port"
        ) from error
    return listener


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise ServeError(f"the server did not start within {_START_SECONDS:.0f} seconds")
        time.sleep(_WAIT_SECONDS)
