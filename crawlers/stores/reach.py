"""Reach a file of a data folder wherever it lies: in the folder, or on the store whose workplace that is.

For a plain data folder every function here is what its name says of a plain file.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from crawlers.stores.address import Address
from crawlers.stores.errors import StoreError
from crawlers.stores.index import Entry, group_of
from crawlers.stores.place import Place, place_of

if TYPE_CHECKING:
    from crawlers.stores.objects import Objects

_MONTH = re.compile(r"\b\d{4}-\d{2}\b")


def read_part(path: Path, offset: int, length: int) -> bytes:
    """Return bytes out of the middle of a file: of one that is not here, no others are fetched.

    Raises:
        OSError: there is no such file, or it cannot be read. StoreError: the store cannot be asked.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            return file.read(length)
    except FileNotFoundError:
        place, entry = _elsewhere(path)
        if place is None or entry is None:
            raise
        return objects_of(place.address).part(entry.key, offset, length)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to be read here and there: of one that is not here, only those parts are fetched.

    Raises:
        OSError: there is no such file, or it cannot be read. StoreError: the store cannot be asked.
    """
    place, entry = (None, None) if path.exists() else _elsewhere(path)
    with objects_of(place.address).opened(entry.key) if place and entry else path.open("rb") as file:
        yield file


def size_of(path: Path) -> int | None:
    """Return a file's size in bytes; None where there is no such file."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        _, entry = _elsewhere(path)
        return entry.size if entry else None


def found_in(data: Path, pattern: str) -> list[Path]:
    """Return the files of a data folder that `pattern` names, sorted; `*` is any part of one name.

    Each is named as if it lay in the folder.
    """
    here = set(data.glob(pattern))
    place = place_of(data)
    return sorted(here | {data / name for name in _listed(place, pattern)} if place else here)


def months(data: Path) -> set[str]:
    """Return the rounds that the store of `data` has files of; none of a plain folder, which tells itself."""
    place = place_of(data)
    return {group.split("/")[0] for group in place.indexes() if _MONTH.match(group)} if place else set()


def where(path: Path) -> str:
    """Return where DuckDB finds a file."""
    if not path.exists():
        place, entry = _elsewhere(path)
        if place and entry:
            return objects_of(place.address).place(entry.key)
    return str(path)


def told(path: Path) -> str:
    """Return where a person finds a file: of a store, its address and the file's name there."""
    place = next((found for folder in (path, *path.parents) if (found := place_of(folder))), None)
    if place is None:
        return str(path)
    return "/".join([str(place.address), *path.relative_to(place.folder).parts])


def mark(path: Path) -> str:
    """Return what tells a file from one that takes its place.

    Raises:
        OSError: there is no such file.
    """
    place, entry = _elsewhere(path)
    if place and entry and not path.exists():
        return f"{entry.size} {entry.sha256}"
    found = path.stat()
    copy = place.copies().get(path.relative_to(place.folder).as_posix()) if place else None
    if copy and (copy.size, copy.changed_at) == (found.st_size, found.st_mtime_ns):
        return f"{copy.size} {copy.sha256}"
    return f"{found.st_size} {found.st_mtime_ns}"


def open_to(connection: Any, data: Path) -> None:
    """Let a connection of DuckDB read what lies on the store of `data`, if it has one."""
    if place := place_of(data):
        connection.register_filesystem(objects_of(place.address).files)


@cache
def objects_of(address: Address) -> "Objects":
    """Return the objects of a store.

    Raises:
        StoreError: what it takes to ask a server is not installed.
    """
    try:
        from crawlers.stores.objects import Objects  # noqa: PLC0415 - s3fs is an extra that few need
    except ModuleNotFoundError as missing:
        raise StoreError(f"{address}: {missing}; `pip install 'baskych[s3]'` brings s3fs") from missing
    return Objects(address)


def _elsewhere(path: Path) -> tuple[Place | None, Entry | None]:
    """The workplace that `path` lies in, and what its store has under that path."""
    place = next((found for parent in path.parents if (found := place_of(parent))), None)
    if place is None:
        return None, None
    name = path.relative_to(place.folder).as_posix()
    return place, place.index(group_of(name)).index.files.get(name)


def _listed(place: Place, pattern: str) -> Iterator[str]:
    """Yield the paths on the store that `pattern` names: as many parts as it has, each matching its own."""
    wanted = pattern.split("/")
    month = _MONTH.search(pattern)
    for group, seen in place.indexes().items():
        if month and not group.startswith((f"{month[0]}/", "publish/")):
            continue
        for name in seen.index.files:
            parts = name.split("/")
            if len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted)):
                yield name
