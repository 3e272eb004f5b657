"""Folders of this machine in which stores are worked at: one process has one, and nobody else may look in."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from crawlers.stores.address import Address
from crawlers.stores.place import HIDDEN

WORKPLACES = "stores"  # the folder of all of them, among what a machine remembers


@contextmanager
def own_folder(folder: Path, address: Address, kind: str) -> Iterator[Path]:
    """Give the first workplace of a store and a `kind` below `folder` that no other process has.

    The lock is the system's, so it ends with its holder; what a killed one left is found by the next.

    Raises:
        OSError: it cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{address.bucket}-{hashlib.sha256(str(address).encode()).hexdigest()[:12]}-{kind}"
    for number in count(1):
        handle = os.open(folder / f"{name}-{number}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            continue
        own = folder / f"{name}-{number}"
        own.mkdir(mode=0o700, exist_ok=True)  # captures are pages as they were, with whatever stands on them
        try:
            yield own
        finally:
            os.close(handle)
        return


def emptied(own: Path, but: Collection[str] = ()) -> None:
    """Remove what lies in a workplace, but what is noted of the store and what is named `but`."""
    for path in own.iterdir() if own.exists() else ():
        if path.name in {HIDDEN, *but}:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
