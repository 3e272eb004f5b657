"""Look whether a store has what it lists, and who is at work there: nothing is changed, no file fetched."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from crawlers.stores.lease import LEASE, Terms
from crawlers.stores.looking import look
from crawlers.stores.place import place_of
from crawlers.stores.reach import objects_of
from crawlers.stores.sweeping import FOLDERS


def files_listed(data: Path) -> int:
    """Return how many files the store of `data` lists, releases and all, as it is now.

    Raises:
        StoreError: the store cannot be asked. StoreDamagedError: a list is none.
    """
    place = place_of(data)
    if place is None:
        return 0
    look(place, lambda _: True)
    return sum(len(seen.index.files) for seen in place.indexes().values())


def objects_lacking(data: Path) -> Iterator[str]:
    """Yield each file that the store of `data` lists and whose object is not there, or of another size.

    Raises:
        StoreError: the store cannot be asked.
    """
    place = place_of(data)
    if place is None:
        return
    objects = objects_of(place.address)
    sizes = {f"{folder}/{name}": size for folder in FOLDERS for name, size in objects.sizes(folder).items()}
    listed = {
        entry.key: entry.size for seen in place.indexes().values() for entry in seen.index.files.values()
    }
    for key, expected in sorted(listed.items()):
        found = sizes.get(key)
        if found != expected:
            said = "no such object" if found is None else f"{found} bytes"
            yield f"{objects.place(key)}: expected {expected} bytes, found {said}"


def held_by(data: Path) -> str | None:
    """Return who is at work in the store of `data`, host and process; None where nobody is.

    Raises:
        StoreError: the store cannot be asked.
    """
    place = place_of(data)
    found = objects_of(place.address).get(LEASE) if place else None
    if found is None:
        return None
    terms = Terms.model_validate_json(found.body)
    is_over = found.written_at + timedelta(seconds=terms.seconds) <= found.at
    return None if is_over else terms.holder
