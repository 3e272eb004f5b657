"""Work at a store from one command: a workplace for as long as that runs, and nothing left behind after it.

What could not be kept on the store, since the command was killed or failed, stays in its workplace, where the
same command finds it again. Captures cannot be made again; whatever else was left there can, and is.
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from crawlers.stores.address import Address
from crawlers.stores.folders import emptied, own_folder
from crawlers.stores.keeping import keep, refuse_rivals, unkept
from crawlers.stores.lease import LEASE, leased
from crawlers.stores.looking import look
from crawlers.stores.mirror import bring, let_go, let_go_of_the_outdated
from crawlers.stores.place import HIDDEN, Place, make_place, place_of
from crawlers.stores.reach import objects_of

_NOT_MADE_AGAIN = ("captures", "quarantine", "publish-failed", "digests")
_LISTS, _BODIES = (
    "captures/*",
    "captures/*.warc.gz",
)  # whatever is asked of rounds and sites is asked of these
_held: set[Path] = set()  # workplaces that a step of this process is at work in

log = structlog.get_logger(__name__)


@contextmanager
def session(address: Address, folder: Path, *, brings_lists: bool = True) -> Iterator[Path]:
    """Work at a store in a workplace below `folder`; give its path. The lists of all captures are there.

    Not before a step begins (`at_store`), unless it `brings_lists`.

    Raises:
        StoreError: the store cannot be asked. OSError: there is no room for a workplace.
    """
    objects_of(address).get(LEASE)  # the first question: whether there is a bucket that we may read
    with own_folder(folder, address, "session") as own:
        emptied(own, _NOT_MADE_AGAIN)
        place = make_place(own, address, uuid.uuid4().hex)
        try:
            _look_again(place, brings_lists=brings_lists)
            yield own
        finally:
            _leave(own)


@contextmanager
def at_store(data: Path, *, brings_lists: bool = True) -> Iterator[None]:
    """Change the store of `data` alone; keep there, at the end of each step, what that made. Else nothing.

    The lists of all captures are there, if it `brings_lists`; nothing is there of what others changed since.

    Raises:
        StoreBusyError: another process is at work there, or was meanwhile. StoreError: it cannot be asked.
    """
    place = place_of(data)
    if place is None:
        yield
    elif data in _held:
        yield
        keep(data)
    else:
        with leased(objects_of(place.address), note=data / HIDDEN / LEASE) as lease:
            _held.add(data)
            try:
                _look_again(place, brings_lists=brings_lists)
                refuse_rivals(data)
                yield
                lease.renew()  # before anything is listed: nobody else may be at work by now
                keep(data)
            finally:
                _held.remove(data)


def _look_again(place: Place, *, brings_lists: bool) -> None:
    look(place)
    let_go_of_the_outdated(place.folder)
    if brings_lists:
        bring(place.folder, _LISTS, but=_BODIES)


def _leave(own: Path) -> None:
    """Remove what the store has; tell what it has not."""
    left = [path for path in unkept(own) if path.split("/")[0] in _NOT_MADE_AGAIN]
    left += [path.as_posix() for path in own.glob("captures/*/*.part/*")]
    if left:
        let_go(own, "*")
        emptied(own, _NOT_MADE_AGAIN)
        log.warning("work_left_here", folder=str(own), files=len(left))
    else:
        shutil.rmtree(own)
