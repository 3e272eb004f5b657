"""Do one piece of work on whichever machine: read from the store, write to the store, leave nothing here.

What was made is uploaded but not listed yet: whoever gave the work lists it. So a worker that is lost, at any
moment, costs its piece and nothing else.
"""

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from crawlers.stores.address import Address
from crawlers.stores.folders import emptied, own_folder
from crawlers.stores.keeping import gone_from, made_in, upload
from crawlers.stores.listing import Changes
from crawlers.stores.looking import look
from crawlers.stores.mirror import bring
from crawlers.stores.place import make_place, place_of

_AT_ONCE = 4  # files: other pieces of work are under way beside


@contextmanager
def unit(address: Address, folder: Path, groups: Callable[[str], bool], *patterns: str) -> Iterator[Path]:
    """Give a workplace below `folder` in which the files that `patterns` name lie, for one piece of work.

    `groups` tells which lists of the store it takes. Whatever lies there goes when the block ends, but the
    lists, which the next piece needs again.

    Raises:
        StoreError: the store cannot be asked. StoreDamagedError: an object is not what was put there.
    """
    with own_folder(folder, address, "unit") as own:
        emptied(own)
        place = make_place(own, address, uuid.uuid4().hex)
        place.note_copies({})
        try:
            look(place, groups)
            bring(own, *patterns)
            yield own
        finally:
            emptied(own)


def uploaded(data: Path) -> Changes:
    """Let the store have what was made in a unit's workplace; return what is to be listed by `commit`.

    That is what was made, and as nothing what was removed.

    Raises:
        StoreError: the store cannot be asked.
    """
    place = place_of(data)
    if place is None:
        return {}
    made = dict(made_in(place))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda one: upload(place, *one), made.items()))
    return {**made, **dict.fromkeys(gone_from(place, made))}
