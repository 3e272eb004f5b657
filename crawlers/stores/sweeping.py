"""Remove from a store what no list names: what was replaced, and what a killed writer uploaded in vain.

`python -m crawlers.stores.sweeping s3://BUCKET/PREFIX`. Whatever is younger than two days stays:
a reader may still go by an older list, and another machine may be at an upload that it will list.
"""

import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from crawlers.stores.address import Address, address_of
from crawlers.stores.lease import LEASE, leased
from crawlers.stores.looking import look
from crawlers.stores.place import make_place
from crawlers.stores.reach import objects_of
from crawlers.stores.releases import POINTER

OLD = timedelta(days=2)
FOLDERS = ("files", "publish")  # of objects that lists name


def sweep(address: Address, old: timedelta = OLD) -> list[str]:
    """Remove the objects that no list names and that are `old`; return their names.

    Raises:
        StoreBusyError: another process works in the store. StoreError: the store cannot be asked.
    """
    with leased(objects_of(address)), TemporaryDirectory() as scratch:
        gone = sorted(_unlisted(address, Path(scratch), old))
        for name in gone:
            objects_of(address).remove(name)
    return gone


def _unlisted(address: Address, scratch: Path, old: timedelta) -> Iterator[str]:
    objects = objects_of(address)
    found = {
        f"{folder}/{name}": written_at
        for folder in FOLDERS
        for name, written_at in objects.ages(folder).items()
    }
    place = make_place(scratch, address, uuid.uuid4().hex)
    look(place, lambda _: True)  # after the objects: what is listed meanwhile is not taken for unlisted
    named = {entry.key for seen in place.indexes().values() for entry in seen.index.files.values()}
    lease = objects.get(LEASE)
    for name in found.keys() - named - {POINTER}:
        if lease and lease.at - found[name] >= old:
            yield name


if __name__ == "__main__":
    swept = sweep(address_of(sys.argv[1]))
    sys.stdout.write(f"{len(swept)} objects removed\n")
