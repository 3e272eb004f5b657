"""A workplace: a folder of this machine in which a data folder on a store is worked at.

What is under way lies here, as in any data folder: journals, archives that grow, databases. What is finished
is on the store; here lies a copy of it only while a command needs one. A folder `.store` says which store it
is, what that had when it was looked at last, and which of the files here are copies.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, TypeAdapter

from crawlers.stores.address import Address, address_of
from crawlers.stores.index import Index, Seen

HIDDEN = ".store"
_PLACE, _HELD, _INDEX, _POINTER = "place.json", "held.json", "index", "latest.json"


class Copy(BaseModel):
    """A file here that has the bytes of one on the store, as long as its size and time are these."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    size: int  # bytes
    changed_at: int  # nanoseconds

    @classmethod
    def of(cls, path: Path, sha256: str) -> Self:
        """Return what tells the file at `path` from one that takes its place."""
        found = path.stat()
        return cls(sha256=sha256, size=found.st_size, changed_at=found.st_mtime_ns)


_COPIES = TypeAdapter(dict[str, Copy])


class _Seen(BaseModel):
    etag: str | None
    index: Index


class Pointer(BaseModel):
    """Which release readers are led to, as it was found on the store."""

    version: str | None = None
    etag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A workplace and what it knows of its store."""

    folder: Path
    address: Address
    token: str  # of the session that works here: nobody else's folder has the same

    def indexes(self) -> Mapping[str, Seen]:
        """Return what the store had, group by group."""
        found = sorted((self.folder / HIDDEN / _INDEX).glob("*.json"))
        return {path.stem.replace("--", "/"): _seen(path, path.stat().st_mtime_ns) for path in found}

    def index(self, group: str) -> Seen:
        """Return what the store had of one group."""
        path = self._index(group)
        return _seen(path, path.stat().st_mtime_ns) if path.exists() else Seen(index=Index(), etag=None)

    def note_index(self, group: str, seen: Seen | None) -> None:
        """Note what the store has of a group; None: nothing any more."""
        if seen is None:
            self._index(group).unlink(missing_ok=True)
        else:
            told = _Seen(etag=seen.etag, index=seen.index)
            write_whole(self._index(group), told.model_dump_json().encode())

    def copies(self) -> Mapping[str, Copy]:
        """Return the files here that are copies, by their paths in the data folder."""
        path = self.folder / HIDDEN / _HELD
        return _copies(path, path.stat().st_mtime_ns) if path.exists() else {}

    def note_copies(self, copies: Mapping[str, Copy]) -> None:
        """Note which files here are copies."""
        write_whole(self.folder / HIDDEN / _HELD, _COPIES.dump_json(dict(copies)))

    def pointer(self) -> Pointer:
        """Return which release readers were led to when the store was looked at."""
        path = self.folder / HIDDEN / _POINTER
        return Pointer.model_validate_json(path.read_bytes()) if path.exists() else Pointer()

    def note_pointer(self, pointer: Pointer) -> None:
        """Note which release readers are led to."""
        write_whole(self.folder / HIDDEN / _POINTER, pointer.model_dump_json().encode())

    def forget(self) -> None:
        """Make the folder a plain one, which knows of no store."""
        shutil.rmtree(self.folder / HIDDEN)

    def _index(self, group: str) -> Path:
        return self.folder / HIDDEN / _INDEX / f"{group.replace('/', '--')}.json"


def make_place(folder: Path, address: Address, token: str) -> Place:
    """Make `folder` a workplace of the store at `address`; what lies there stays."""
    (folder / HIDDEN).mkdir(parents=True, exist_ok=True)
    write_whole(folder / HIDDEN / _PLACE, json.dumps({"address": str(address), "token": token}).encode())
    return Place(folder=folder, address=address, token=token)


def place_of(data: Path) -> Place | None:
    """Return the workplace that `data` is; None for a plain data folder."""
    path = data / HIDDEN / _PLACE
    try:
        told = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Place(folder=data, address=address_of(told["address"]), token=told["token"])


def write_whole(path: Path, body: bytes) -> None:
    """Write a small file, which appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.tmp")
    beside.write_bytes(body)
    os.replace(beside, path)  # noqa: PTH105 - the atomic switch, by the name that says so


@lru_cache(maxsize=512)
def _seen(path: Path, _changed_at: int) -> Seen:
    read = _Seen.model_validate_json(path.read_bytes())
    return Seen(index=read.index, etag=read.etag)


@lru_cache(maxsize=4)
def _copies(path: Path, _changed_at: int) -> Mapping[str, Copy]:
    return _COPIES.validate_json(path.read_bytes())
