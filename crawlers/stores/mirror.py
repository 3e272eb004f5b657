"""Bring what is needed from a store to its workplace, and keep on the store what was made there.

Whatever is brought is compared with its SHA-256. What was made is uploaded first, and only then listed.
"""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path

from crawlers.stores.errors import StoreDamagedError
from crawlers.stores.index import BY_HAND, Entry
from crawlers.stores.looking import listed_of
from crawlers.stores.place import Copy, Place, place_of, write_whole
from crawlers.stores.reach import objects_of

_AT_ONCE = 16  # objects: most are small, and a server is far away


def bring(data: Path, *patterns: str, but: str = "") -> None:
    """Let the files that `patterns` name lie in `data`, except those named by `but`; a plain folder has them.

    `*` is any part of a path. What was made or changed here stays as it is; a copy of something that the
    store has no more goes.

    Raises:
        StoreError: the store cannot be asked. StoreDamagedError: an object is not what was put there.
    """
    place = place_of(data)
    if place is None:
        return
    wanted = {
        path: entry
        for seen in place.indexes().values()
        for path, entry in seen.index.files.items()
        if any(fnmatchcase(path, pattern) for pattern in patterns) and not fnmatchcase(path, but)
    }
    copies = dict(place.copies())
    for path in [path for path in copies if any(fnmatchcase(path, pattern) for pattern in patterns)]:
        if path not in listed_of(place, path) and is_copy(data / path, copies[path]):
            (data / path).unlink()
            del copies[path]
    lacking = {
        path: entry for path, entry in wanted.items() if _is_lacking(data / path, entry, copies.get(path))
    }
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        brought = pool.map(lambda one: _fetch(place, *one), lacking.items())
        copies |= dict(zip(lacking, brought, strict=True))
    place.note_copies(copies)


def bring_what_people_wrote(data: Path) -> None:
    """Let the files that people write, and no run, lie in `data` as they are on the store now.

    Raises:
        StoreError: the store cannot be asked.
    """
    place = place_of(data)
    for name in BY_HAND if place else ():
        found = objects_of(place.address).get(name) if place else None
        (data / name).unlink(missing_ok=True)
        if found:
            write_whole(data / name, found.body)


def let_go(data: Path, pattern: str) -> None:
    """Remove the copies that `pattern` names; the store has them, and `bring` brings them again."""
    place = place_of(data)
    if place is None:
        return
    copies = dict(place.copies())
    for path in [path for path in copies if fnmatchcase(path, pattern)]:
        if is_copy(data / path, copies[path]):
            (data / path).unlink()
            del copies[path]
    place.note_copies(copies)


def let_go_of_the_outdated(data: Path) -> None:
    """Remove the copies of what the store, when it was looked at last, no more had, or had otherwise.

    What is not here is read where it lies, and so as it is now.
    """
    place = place_of(data)
    if place is None:
        return
    copies = dict(place.copies())
    for path, copy in place.copies().items():
        there = listed_of(place, path).get(path)
        if (there is None or there.sha256 != copy.sha256) and is_copy(data / path, copy):
            (data / path).unlink()
            del copies[path]
    place.note_copies(copies)


def is_copy(path: Path, copy: Copy) -> bool:
    """Whether the file at `path` is still the one that was noted as a copy."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    return (found.st_size, found.st_mtime_ns) == (copy.size, copy.changed_at)


def _is_lacking(path: Path, entry: Entry, copy: Copy | None) -> bool:
    """Whether a file has to be brought: it is not here, or here is an older copy of it."""
    if not path.exists():
        return True
    return copy is not None and copy.sha256 != entry.sha256 and is_copy(path, copy)


def _fetch(place: Place, path: str, entry: Entry) -> Copy:
    """Bring one file, and make sure that it is what was put there."""
    target = place.folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.tmp")
    try:
        objects_of(place.address).download(entry.key, beside)
        found = sha256_of(beside)
        if found != entry.sha256:
            raise StoreDamagedError(
                f"{objects_of(place.address).place(entry.key)}: has SHA-256 {found}; expected {entry.sha256}"
            )
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return Copy.of(target, entry.sha256)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
