"""List on a store what was uploaded there, group by group.

A list is written only if it still is the one that was seen; whoever comes second is told, and changes
nothing. Releases come last.
"""

import time
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import structlog

from crawlers.stores.errors import StoreBusyError
from crawlers.stores.index import Entry, Index, Seen, group_of, name_of
from crawlers.stores.looking import read_index
from crawlers.stores.place import Place, place_of
from crawlers.stores.reach import objects_of

_LIST_EVERY_SECONDS = 30.0

log = structlog.get_logger(__name__)

Changes = Mapping[str, Entry | None]  # path -> what it is from now on; None: nothing


class Listing:
    """Lists what comes in, piece by piece; not oftener than now and then, as a list may be long."""

    def __init__(self, place: Place | None) -> None:
        """List in the store of `place`; without one there is nothing to list."""
        self._place = place
        self._waiting: dict[str, Entry | None] = {}
        self._next = time.monotonic() + _LIST_EVERY_SECONDS

    def add(self, changes: Changes) -> None:
        """List `changes` soon.

        Raises:
            StoreBusyError, StoreError: as `commit`.
        """
        self._waiting |= changes
        if time.monotonic() > self._next:
            self.flush()

    def flush(self) -> None:
        """List now what waits.

        Raises:
            StoreBusyError, StoreError: as `commit`.
        """
        if self._place and self._waiting:
            commit(self._place, self._waiting)
        self._waiting = {}
        self._next = time.monotonic() + _LIST_EVERY_SECONDS


@contextmanager
def listing(data: Path) -> Iterator[Listing]:
    """Give who lists what workers made; whatever came in is listed at the end, also after an error."""
    listed = Listing(place_of(data))
    try:
        yield listed
    finally:
        listed.flush()


def commit(place: Place, changes: Changes) -> None:
    """List `changes`, whose objects are there, group by group.

    Raises:
        StoreBusyError, StoreError: as `keep`.
    """
    by_group: dict[str, dict[str, Entry | None]] = defaultdict(dict)
    for path, entry in changes.items():
        by_group[group_of(path)][path] = entry
    for group in sorted(by_group, key=lambda group: (group.startswith("publish/"), group)):
        _commit_group(place, group, by_group[group])


def _commit_group(place: Place, group: str, changes: Mapping[str, Entry | None]) -> None:
    seen = place.index(group)
    files = {**seen.index.files, **changes}
    index = Index(files={path: entry for path, entry in sorted(files.items()) if entry}, by=uuid.uuid4().hex)
    if index.files == seen.index.files:
        return
    body = index.model_dump_json().encode()
    etag = objects_of(place.address).put_if(name_of(group), body, seen.etag)
    if etag is None:
        now = read_index(place, group)
        if now is None or now.index.files != index.files:  # who put the very same there did our work
            raise StoreBusyError(
                f"{place.address}/{name_of(group)}: was written by somebody else meanwhile, and stays so;"
                " expected one run at a time: the same command again starts from what is there now"
            )
        place.note_index(group, now)
        return
    place.note_index(group, Seen(index=index, etag=etag))
    log.info("store_committed", group=group, files=len(changes))
