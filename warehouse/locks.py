"""One writer at a time in a data folder: a second one is told so at once instead of waiting or mixing in."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import WarehouseError


@contextmanager
def only_writer(folder: Path, work: str, error: type[WarehouseError]) -> Iterator[None]:
    """Hold `folder` for `work` (for example "build"); the lock ends with the process, however that ends.

    Raises:
        WarehouseError: of the given class: another process is at it, or the folder cannot be written to.
    """
    path = folder / f".{work}.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        raise error(
            f"{folder}: cannot be written to ({problem.strerror}); expected a folder of your own"
        ) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise error(f"{folder}: another {work} is running there; wait for it to end") from None
    try:
        yield
    finally:
        os.close(handle)
