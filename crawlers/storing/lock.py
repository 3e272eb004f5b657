"""Let one process at a time work in a data folder.

The lock is the operating system's (`flock`), so it ends with its holder, however that ends: nothing has
to be cleaned up after a crash. The file says who holds it, for the one who is refused.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from crawlers.errors import LockHeldError

LOCK_NAME = ".lock"
_held: dict[Path, int] = {}  # by this process: the lock's file -> its descriptor


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the lock of the data folder `data`, which is made if it is not there.

    Work that holds the lock may call work that asks for it: within one process it is given again.

    Raises:
        LockHeldError: another process holds it; names its process id.
        OSError: the folder cannot be written to.
    """
    data.mkdir(parents=True, exist_ok=True)
    path = data.resolve() / LOCK_NAME
    if path in _held:
        yield
        return
    # Not "w": that would wipe out the holder's name before we know whether we may.
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _held_by(file, path) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        _held[path] = file.fileno()
        try:
            yield
        finally:
            del _held[path]


def refuse_another(data: Path) -> None:
    """Refuse to go on where another process holds the lock of `data`; write nothing.

    Raises:
        LockHeldError: names its process id. OSError: nobody may look.
    """
    path = data.resolve() / LOCK_NAME
    if path in _held or not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _held_by(file, path) from None


def _held_by(file: TextIO, path: Path) -> LockHeldError:
    file.seek(0)
    holder = file.read().strip() or "unknown"
    return LockHeldError(
        f"{path}: held by process {holder}; wait until it has ended, or give another --data folder"
    )


def held_in(data: Path) -> tuple[int, ...]:
    """Return the descriptor by which this process holds the lock of `data`, if it does.

    A child that inherits it holds the lock too, until it ends: so nobody works beside a child whose parent
    was killed.
    """
    path = data.resolve() / LOCK_NAME
    return (_held[path],) if path in _held else ()
