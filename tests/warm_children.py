"""Processes that crawl or ask archives and begin at once, for tests that are not about how one begins.

To import Scrapy takes a process three quarters of a second, and most tests of crawls need no other process
than one that has it. So a server imports it once, and forks a process for whoever asks (`warm_client.py`
does): a session of its own, with the streams, the locks and the environment of the one that asked, and its
end tells how it ended. Nothing else than the import is left out.
"""

import gc
import importlib
import os
import random
import select
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

# What is started -> where its command stands.
CHILDREN: Mapping[str, str] = {
    "crawlers.crawling.child": "crawlers.crawling.child_process._COMMAND",
    "crawlers.archives.asking_child": "crawlers.archives.asking._COMMAND",
}
IS_POSSIBLE = sys.platform == "linux"  # macOS has no sequenced sockets of files, nor /proc
MOST_BYTES, MOST_FILES = 1 << 18, 64  # of what one process is told, and handed


@pytest.fixture(scope="session")
def warm_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | None]:
    """The socket at which processes are to be had; None where the system has no such: each begins cold."""
    if not IS_POSSIBLE:
        yield None
        return
    place = tmp_path_factory.mktemp("warm") / "socket"
    command = [sys.executable, __file__, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin
        assert server.stdout
        assert b"ready\n" == server.stdout.readline()
        yield place
        server.stdin.close()


@pytest.fixture(scope="module")
def warm(warm_server: Path | None) -> Iterator[None]:
    """Let the tests of a file start such processes."""
    with pytest.MonkeyPatch.context() as patch:
        start_warm(patch, warm_server)
        yield


def start_warm(monkeypatch: pytest.MonkeyPatch, place: Path | None) -> None:
    """Start processes of the server at `place` until the test (or `monkeypatch`) ends; None: cold ones."""
    if place is None:
        return
    client = str(Path(__file__).with_name("warm_client.py"))
    for module, command in CHILDREN.items():
        monkeypatch.setattr(command, (sys.executable, "-I", "-S", client, str(place), module))


def _serve(place: str) -> None:
    """Fork a process for each who asks, until nobody is left who could: then our input ends."""
    for module in CHILDREN:
        importlib.import_module(module)
    gc.freeze()  # what is shared stays shared
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        door.bind(place)
        door.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while sys.stdin not in select.select([door, sys.stdin], [], [])[0]:
            asking, _ = door.accept()
            told, files, *_ = socket.recv_fds(asking, MOST_BYTES, MOST_FILES)
            if os.fork() == 0:
                door.close()
                _become(asking, told, files)
            asking.close()
            for file in files:
                os.close(file)
            _reap()
    _reap()


def _reap() -> None:
    """Let no process that has ended stay."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _become(asking: socket.socket, told: bytes, files: list[int]) -> None:
    """Be the process that was asked for, and never return."""
    module, folder, *environment = os.fsdecode(told).split("\0")
    code = 1
    try:
        os.setsid()
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(dict(each.split("=", 1) for each in environment))
        for number, file in enumerate(files[:3]):
            os.dup2(file, number)
            os.close(file)
        random.seed()
        code = importlib.import_module(module).main()
    except BaseException:  # noqa: BLE001 - as Python does for a process of its own
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        asking.send(bytes([code]))
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
