"""Releases on a store, under the names that web servers want, and the pointer that leads readers to one.

A release is listed once all of it is there; then the pointer is written, if nobody else wrote it meanwhile.
"""

import json
import uuid
from collections.abc import Sequence
from pathlib import Path

import structlog

from crawlers.stores.errors import StoreBusyError
from crawlers.stores.index import FOLDER
from crawlers.stores.looking import look
from crawlers.stores.mirror import bring
from crawlers.stores.place import Place, Pointer, place_of
from crawlers.stores.reach import objects_of

POINTER = "publish/latest.json"

log = structlog.get_logger(__name__)


def bring_release(data: Path, version: str | None = None, files: Sequence[str] = ("*",)) -> None:
    """Let a release lie in `data`, by default the one that readers are led to, and `latest` lead to that one.

    `files` are the paths in it that are needed; `*` is any part of a path.

    Raises:
        StoreError, StoreDamagedError: as `bring`.
    """
    place = place_of(data)
    if place is None:
        return
    pointer = see_pointer(place)
    wanted = version or pointer.version
    if wanted:
        look(place, lambda group: group == f"publish/{wanted}")
        bring(data, *(f"publish/{wanted}/{file}" for file in files))
    if pointer.version:
        link = data / "publish" / "latest"
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(pointer.version)


def see_pointer(place: Place) -> Pointer:
    """Note, and return, which release readers are led to now.

    Raises:
        StoreError: the store cannot be asked.
    """
    found = objects_of(place.address).get(POINTER)
    version = Pointer.model_validate_json(found.body).version if found else None
    pointer = Pointer(version=version, etag=found.etag if found else None)
    place.note_pointer(pointer)
    return pointer


def releases_of(data: Path, start: str) -> list[str]:
    """Return the releases on the store whose names begin with `start`; none of a plain folder."""
    place = place_of(data)
    if place is None:
        return []
    names = (name.removesuffix(".json") for name in objects_of(place.address).listed(f"{FOLDER}/publish"))
    return sorted(name for name in names if name.startswith(start))


def lead_to(place: Place, version: str) -> None:
    """Lead readers to a release that is there, if they were led to another when we looked.

    Raises:
        StoreBusyError: they are led to yet another by now, which stays so. StoreError: it cannot be asked.
    """
    seen = place.pointer()
    if version == seen.version:
        return
    body = json.dumps({"version": version, "by": uuid.uuid4().hex}).encode()
    etag = objects_of(place.address).put_if(POINTER, body, seen.etag)
    if etag is None:
        raise StoreBusyError(
            f"{place.address}/{POINTER}: leads to another release since we looked, and stays so; {version} is"
            " there, and nobody is led to it: look at both, then `baskych publish` again"
        )
    place.note_pointer(Pointer(version=version, etag=etag))
    log.info("store_pointed", version=version)
