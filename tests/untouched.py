"""What a dry run must leave as it was: every file and folder, and the network."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def everything_in(*folders: Path) -> dict[str, tuple[int, int, int]]:
    """Return each file, folder and link below `folders` with its kind, its size and when it was changed."""
    found = {}
    for path in (path for folder in folders for path in (folder, *folder.rglob("*"))):
        about = path.lstat()
        found[str(path)] = (about.st_mode, about.st_size, about.st_mtime_ns)
    return found


@contextmanager
def alone() -> Iterator[list[str]]:
    """Refuse and note whatever would look up a name, connect, listen, or begin a process."""
    tried: list[str] = []

    def refused(name: str) -> object:
        def refuse(*_: object, **__: object) -> None:
            tried.append(name)
            raise ConnectionRefusedError(name)

        return refuse

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "bind", "sendto"):
            patch.setattr(socket.socket, name, refused(name))
        patch.setattr(socket, "getaddrinfo", refused("getaddrinfo"))
        patch.setattr(subprocess.Popen, "__init__", refused("Popen"))
        yield tried
