"""Look what a store has now, and note it in a workplace: from then on that is one whole state of it."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from crawlers.stores.index import FOLDER, Entry, Seen, group_of, index_from, name_of
from crawlers.stores.place import Place
from crawlers.stores.reach import objects_of

_AT_ONCE = 16  # objects: most are small, and a server is far away


def look(
    place: Place, wanted: Callable[[str], bool] = lambda group: not group.startswith("publish/")
) -> None:
    """Note what the store has now of the `wanted` groups: by default of all but releases.

    Raises:
        StoreError: the store cannot be asked. StoreDamagedError: a list is none.
    """
    objects = objects_of(place.address)
    found = {
        name.removesuffix(".json"): etag
        for name, etag in objects.listed(FOLDER).items()
        if wanted(name.removesuffix(".json"))
    }
    known = {group: seen.etag for group, seen in place.indexes().items() if wanted(group)}
    for gone in known.keys() - found.keys():
        place.note_index(gone, None)
    changed = [group for group, etag in found.items() if known.get(group) != etag]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for group, seen in zip(
            changed, pool.map(lambda group: read_index(place, group), changed), strict=True
        ):
            place.note_index(group, seen)


def read_index(place: Place, group: str) -> Seen | None:
    """Return what the store has of a group; None where it has nothing.

    Raises:
        StoreError, StoreDamagedError: as `look`.
    """
    name = name_of(group)
    found = objects_of(place.address).get(name)
    return Seen(index=index_from(f"{place.address}/{name}", found.body), etag=found.etag) if found else None


def listed_of(place: Place, path: str) -> Mapping[str, Entry]:
    """Return the files on the store in the group of `path`."""
    return place.index(group_of(path)).index.files
