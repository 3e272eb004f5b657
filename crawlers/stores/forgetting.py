"""Let a store have no more what can be made again, without bringing it first."""

from fnmatch import fnmatchcase
from pathlib import Path

from crawlers.stores.listing import commit
from crawlers.stores.place import place_of


def forget(data: Path, *patterns: str) -> None:
    """List on the store of `data` no more what `patterns` name, and of which nothing lies here by now.

    `*` is any part of a path. For a plain folder there is nothing left to do.

    Raises:
        StoreBusyError, StoreError: as `listing.commit`.
    """
    place = place_of(data)
    if place is None:
        return
    gone = {
        path
        for seen in place.indexes().values()
        for path in seen.index.files
        if any(fnmatchcase(path, pattern) for pattern in patterns) and not (data / path).exists()
    }
    commit(place, dict.fromkeys(gone))
    place.note_copies({path: copy for path, copy in place.copies().items() if path not in gone})
