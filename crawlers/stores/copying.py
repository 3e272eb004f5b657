"""Take a whole data folder to a store, or bring it back: nothing is overwritten on either side."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crawlers.stores.address import Address
from crawlers.stores.errors import StoreError
from crawlers.stores.index import BY_HAND, Entry, key_of
from crawlers.stores.keeping import files_in, upload
from crawlers.stores.lease import leased
from crawlers.stores.listing import commit
from crawlers.stores.looking import listed_of, look
from crawlers.stores.mirror import bring, bring_what_people_wrote, sha256_of
from crawlers.stores.place import HIDDEN, Place, make_place
from crawlers.stores.reach import objects_of
from crawlers.stores.releases import bring_release, lead_to, see_pointer

_AT_ONCE = 8  # files


def take(folder: Path, address: Address, scratch: Path) -> int:
    """Let the store at `address` have all that lies in `folder`; return the number of files.

    `scratch` is an empty folder for notes. May be done again: what is there already stays.

    Raises:
        StoreBusyError: another process works in the store. StoreError: it has another file of the same name.
        OSError: a file cannot be read.
    """
    with leased(objects_of(address)) as lease:
        place = make_place(scratch, address, uuid.uuid4().hex)
        look(place, lambda _: True)
        see_pointer(place)
        entries = {path: _entry(folder, path) for path in files_in(folder)}
        _refuse_others(place, entries)
        _take_what_people_wrote(folder, address)
        source = Place(folder=folder, address=address, token=place.token)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(lambda one: upload(source, *one), entries.items()))
        lease.renew()
        commit(place, entries)
        latest = folder / "publish" / "latest"
        if latest.is_symlink():
            lead_to(place, latest.readlink().name)
    return len(entries)


def would_take(folder: Path) -> tuple[int, int]:
    """Return how many files of `folder` `take` lets a store have, and their bytes; no store is asked."""
    files = [folder / path for path in files_in(folder)] + _by_hand(folder)
    return len(files), sum(path.stat().st_size for path in files)


def give(address: Address, folder: Path) -> None:
    """Let `folder`, which is made, have all that the store at `address` has, as a data folder like any other.

    Raises:
        StoreError: the store cannot be asked, or `folder` holds something else.
        OSError: the disk is full or fails.
    """
    if folder.exists() and not (folder / HIDDEN).is_dir() and any(folder.iterdir()):
        raise StoreError(
            f"{folder}: holds something; expected a new folder, or one whose copying was cut short"
        )
    place = make_place(folder, address, uuid.uuid4().hex)
    look(place, lambda _: True)
    bring(folder, "*")
    bring_what_people_wrote(folder)
    bring_release(folder)
    place.forget()


def _entry(folder: Path, path: str) -> Entry:
    sha256 = sha256_of(folder / path)
    return Entry(key=key_of(path, sha256), size=(folder / path).stat().st_size, sha256=sha256)


def _refuse_others(place: Place, entries: dict[str, Entry]) -> None:
    for path, entry in entries.items():
        there = listed_of(place, path).get(path)
        if there and there != entry:
            raise _other(place.address, path)


def _take_what_people_wrote(folder: Path, address: Address) -> None:
    for path in _by_hand(folder):
        if not objects_of(address).put_if(path.name, path.read_bytes(), None):
            raise _other(address, path.name)


def _by_hand(folder: Path) -> list[Path]:
    return [folder / name for name in BY_HAND if (folder / name).is_file()]


def _other(address: Address, path: str) -> StoreError:
    return StoreError(
        f"{address}: has another {path}; expected an empty store, or this very folder's:"
        " nothing is overwritten"
    )
