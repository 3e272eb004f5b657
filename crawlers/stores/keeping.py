"""Keep on the store what was made in a workplace: upload it, then list it, then lead readers to it."""

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crawlers.stores.errors import StoreBusyError
from crawlers.stores.index import BY_HAND, Entry, key_of
from crawlers.stores.listing import commit
from crawlers.stores.looking import listed_of
from crawlers.stores.mirror import is_copy, sha256_of
from crawlers.stores.place import HIDDEN, Copy, Place, place_of
from crawlers.stores.reach import objects_of
from crawlers.stores.releases import lead_to

# What belongs to work under way: of folders a visit's own, of files locks and half-written ones.
_FOLDERS_UNDER_WAY = (".part", ".old", ".tmp")
_FILES_UNDER_WAY = (".lock", ".tmp", ".part", ".new", ".job", ".wal", ".sqlite-journal")
_OF_THIS_MACHINE = ("readings/digests-",)  # know files by their numbers on this disk
_MANIFEST = "manifest.json"  # names what must lie beside it
_AT_ONCE = 8  # files


def keep(data: Path) -> None:
    """Let the store have what was made or changed in `data` since it was brought, and not what was removed.

    A plain folder keeps everything by itself. May be done again, as often as one likes.

    Raises:
        StoreBusyError: somebody else changed the same group, or the pointer, since it was looked at.
        StoreError: the store cannot be asked. OSError: a file cannot be read.
    """
    place = place_of(data)
    if place is None:
        return
    made = dict(made_in(place))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda one: upload(place, *one), made.items()))
    commit(place, {**made, **dict.fromkeys(gone_from(place, made))})
    copies = {path: copy for path, copy in place.copies().items() if is_copy(data / path, copy)}
    place.note_copies(copies | {path: Copy.of(data / path, entry.sha256) for path, entry in made.items()})
    link = place.folder / "publish" / "latest"
    if link.is_symlink():
        lead_to(place, link.readlink().name)


def upload(place: Place, path: str, entry: Entry) -> None:
    """Let the store have the bytes of a file, under the name that its content gives it.

    Raises:
        StoreError: the store cannot be asked.
    """
    objects = objects_of(place.address)
    is_named_by_content = entry.key != path
    if not (is_named_by_content and objects.size(entry.key) == entry.size):
        objects.upload(place.folder / path, entry.key)


def unkept(data: Path) -> list[str]:
    """Return the files in a workplace that the store does not have, by their paths."""
    place = place_of(data)
    return sorted(path for path, _ in _changed(place)) if place else []


def refuse_rivals(data: Path) -> None:
    """Refuse to go on with captures of a site that somebody else put on the store since they were begun here.

    Raises:
        StoreBusyError: names the folder, and what to do.
    """
    place = place_of(data)
    if place is None:
        return
    copies = place.copies()
    for path, _ in _changed(place):
        there = listed_of(place, path).get(path)
        if path.endswith(f"/{_MANIFEST}") and there and there.sha256 != sha256_of(data / path):
            if path in copies and copies[path].sha256 == there.sha256:
                continue
            raise StoreBusyError(
                f"{(data / path).parent}: captures that never reached {place.address}, which has others by"
                " now; expected one crawl of a site in a round: move that folder away, and start again"
            )


def made_in(place: Place) -> Iterator[tuple[str, Entry]]:
    """Yield each file that the store does not have as it is here."""
    for path, file in _changed(place):
        sha256 = sha256_of(file)
        entry = Entry(key=key_of(path, sha256), size=file.stat().st_size, sha256=sha256)
        yield path, entry


def _changed(place: Place) -> Iterator[tuple[str, Path]]:
    """Yield each file here that is no copy."""
    copies = place.copies()
    for path in files_in(place.folder):
        file = place.folder / path
        if not (path in copies and is_copy(file, copies[path])):
            yield path, file


def files_in(folder: Path) -> Iterator[str]:
    """Yield the files of a data folder that a store may have, by their paths: none of what is under way."""
    for file in _files(folder):
        path = file.relative_to(folder).as_posix()
        if (
            not path.startswith(_OF_THIS_MACHINE)
            and path not in BY_HAND
            and not file.name.endswith(_FILES_UNDER_WAY)
        ):
            yield path


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if name != HIDDEN and not name.endswith(_FOLDERS_UNDER_WAY)
        )
        yield from (Path(root) / name for name in sorted(names) if not (Path(root) / name).is_symlink())


def gone_from(place: Place, made: Mapping[str, Entry]) -> set[str]:
    """Return the files on the store that are no more: removed here, or driven out by new captures."""
    gone = {path for path in place.copies() if not (place.folder / path).exists()}
    for path in made:
        if path.startswith("captures/") and path.endswith(f"/{_MANIFEST}"):
            folder = path.removesuffix(_MANIFEST)
            named = json.loads((place.folder / path).read_bytes())["files"]
            gone |= {
                other
                for other in listed_of(place, path)
                if other.startswith(folder)
                and other.removeprefix(folder) not in named
                and not (place.folder / other).exists()
            }
    return gone
