"""The data folder as a place to work in: ours alone, and writable, before any work begins."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawlers.stores import reach
from crawlers.stores.place import place_of
from crawlers.stores.session import at_store
from crawlers.storing.lock import only_one, refuse_another
from crawlers.storing.mending import mend_all
from crawlers.writable import could_write
from pipelines.operating.failures import OF_THE_DISK, NothingThereError, NotWritableError
from pipelines.operating.stopping import stopping
from warehouse import switch
from warehouse.reach import reached_by

_KEPT_IN_DATA = ("captures", "core", "publish")


@contextmanager
def at_work(data: Path) -> Iterator[None]:
    """Work in `data` alone, and stop tidily when asked to; steps taken inside share the lock.

    What an earlier process was killed in the middle of is finished first. Where `data` is the workplace of a
    store, that is ours alone too, and has at the end of each step what the step made.

    Raises:
        StoreError: the store cannot be asked, or another process is at work there.
        NotWritableError: the folder, or one that lies in it, cannot be written to.
        StorageError: nothing could be published there.
        LockHeldError: another process is at work there; names it.
    """
    make_writable(data)
    switch.check(data / "publish")
    with only_one(data), stopping(), at_store(data), reached_by(reach):
        mend_all(data)
        yield


def refuse_no_work(data: Path) -> None:
    """Refuse a folder of this machine in which `at_work` would refuse to work; make and write nothing.

    Raises:
        NotWritableError, StorageError, LockHeldError: as `at_work`.
    """
    for folder in _folders_of(data):
        if not could_write(folder):
            why = "cannot be written to" if folder.is_dir() or not os.path.lexists(folder) else "is no folder"
            raise NotWritableError(f"{folder}: {why}")
    switch.check(data / "publish")
    refuse_another(data)


def refuse_what_is_not_there(data: Path) -> None:
    """Refuse to work on what earlier steps left in `data` where there is no such folder, and make none.

    Of a store, what lies there is asked for when it is needed.

    Raises:
        NothingThereError: most such names are mistyped.
    """
    if not data.is_dir() and place_of(data) is None:
        raise NothingThereError(f"--data {data}: is not there; expected the folder of an earlier step")


def make_writable(data: Path) -> None:
    """Make sure that `data`, and what we keep in it, can be written to, before any page is asked for.

    Raises:
        NotWritableError: a folder is none, or cannot be written to, with the system's reason.
        OSError: the disk is full, or fails.
    """
    for folder in _folders_of(data):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            if error.errno in OF_THE_DISK:
                raise
            raise NotWritableError(f"{folder}: {error.strerror}") from error


def _folders_of(data: Path) -> tuple[Path, ...]:
    """Return `data`, and of the folders in it those that are there."""
    return data, *(data / name for name in _KEPT_IN_DATA if os.path.lexists(data / name))
