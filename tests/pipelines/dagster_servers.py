"""A real PostgreSQL and a real Redis, as Debian ships them, for the tests of Dagster on several machines.

Both listen where nobody else looks: PostgreSQL at a socket in a folder of its own, Redis at a free port of
loopback. Nothing of them is left afterwards.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

_PATIENCE = 30.0  # seconds, for a server to answer
_UNPRIVILEGED = ("postgres", "nobody")
# What a test writes need not outlive the machine; the rest is PostgreSQL as it comes.
_SETTINGS = ("-c", "fsync=off", "-c", "listen_addresses=")


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Run PostgreSQL; yield the address of an empty database, as `storage.postgres.postgres_url` wants it."""
    programs = _programs_of_postgres()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_somebody = _unprivileged(folder)
    try:
        made = [programs / "initdb", "--auth=trust", "--username=baskych", "--no-sync", "-D", folder / "data"]
        subprocess.run([*as_somebody, *made], check=True, capture_output=True, cwd=folder)
        command = [*as_somebody, programs / "postgres", "-D", folder / "data", "-k", folder, *_SETTINGS]
        with _running(command, folder / "log"):
            ready = [programs / "pg_isready", "-q", "-h", folder, "-U", "baskych", "-d", "postgres"]
            _wait(lambda: subprocess.run(ready, check=False).returncode == 0, folder / "log")
            yield f"postgresql+psycopg2://baskych@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """Run Redis; yield its address, as Celery wants a broker's."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server on PATH; Debian's package redis-server has it (tests/servers.sh)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="redis-"))
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", ""]
    try:
        with _running(command, folder / "log"):
            _wait(lambda: _listens(port), folder / "log")
            yield f"redis://127.0.0.1:{port}/0"
    finally:
        shutil.rmtree(folder)


def _programs_of_postgres() -> Path:
    """Debian keeps them apart by version; elsewhere they are on PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = [*debian[-1:], *map(Path, filter(None, [shutil.which("initdb")]))]
    if not found:
        pytest.skip("no PostgreSQL here; Debian's package postgresql has it (tests/servers.sh)")
    return found[0].parent


def _unprivileged(folder: Path) -> Sequence[str]:
    """Give `folder` to somebody who is not root, whom PostgreSQL refuses; return how to be them."""
    if os.getuid() != 0:
        return ()
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = next(known[name] for name in _UNPRIVILEGED if name in known)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")


@contextlib.contextmanager
def _running(command: Sequence[str | Path], log: Path) -> Iterator[None]:
    with (
        log.open("wb") as sink,
        subprocess.Popen(command, stdout=sink, stderr=sink, cwd=log.parent) as server,
    ):
        try:
            yield
        finally:
            server.terminate()
            server.wait()


def _wait(answers: object, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not answers():  # type: ignore[operator]
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8", errors="replace")
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
