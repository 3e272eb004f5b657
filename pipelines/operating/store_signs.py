"""What the doctor looks at where the data folder is a store: its objects, its captures, who works there."""

from collections.abc import Iterator
from pathlib import Path

from crawlers.errors import CaptureError
from crawlers.stores.index import group_of
from crawlers.stores.inspection import files_listed, held_by, objects_lacking
from crawlers.stores.place import Place, place_of
from crawlers.stores.releases import POINTER, see_pointer
from crawlers.storing.manifest import MANIFEST_FILE, read_manifest
from pipelines.checking.capture_check import capture_folders
from pipelines.operating.signs import Sign

_MOST_TOLD = 10  # faults of one kind


def store_signs(data: Path) -> tuple[Sign, ...]:
    """Return what was looked at of the store of `data`; of no file more than its size and its place on lists.

    Raises:
        StoreError: the store cannot be asked. StoreDamagedError: a list is none.
    """
    place = place_of(data)
    return (_objects(data, place), _captures(data, place), _lease(data), _release(place)) if place else ()


def _objects(data: Path, place: Place) -> Sign:
    count = files_listed(data)
    return _sign(
        "store",
        f"{place.address}: {count} files, all there and of their sizes",
        list(objects_lacking(data)),
        "Bring the object back from a copy of the bucket; what is no capture, `baskych rebuild` makes.",
    )


def _captures(data: Path, place: Place) -> Sign:
    """Each file that a manifest names is listed with the very digest; nothing is read but manifests."""
    folders = capture_folders(data)
    return _sign(
        "captures",
        f"{len(folders)} sites, all files listed as their manifests say",
        [fault for folder in folders for fault in _unlike_its_manifest(folder, place)],
        "Bring the file back from a copy, or crawl that site again.",
    )


def _unlike_its_manifest(folder: Path, place: Place) -> Iterator[str]:
    name = folder.relative_to(place.folder).as_posix()
    try:
        named = read_manifest(folder).files
    except CaptureError as failure:
        yield str(failure)
        return
    listed = place.index(group_of(f"{name}/{MANIFEST_FILE}")).index.files
    for file, expected in sorted(named.items()):
        entry = listed.get(f"{name}/{file}")
        if entry is None or entry.sha256 != expected.sha256:
            found = f"SHA-256 {entry.sha256[:12]}…" if entry else "no such file"
            yield f"{name}/{file}: expected SHA-256 {expected.sha256[:12]}…, found {found}"


def _lease(data: Path) -> Sign:
    holder = held_by(data)
    if holder is None:
        return Sign(name="lock", state="ok", seen="nobody is at work")
    advice = "Wait for that run, stop it, or work in another store with --data."
    return Sign(name="lock", state="fault", seen=f"held by {holder}", advice=advice)


def _release(place: Place) -> Sign:
    version = see_pointer(place).version
    if version is None:
        advice = "`baskych run` makes the first one."
        return Sign(name="latest release", state="note", seen=f"none in {place.address}", advice=advice)
    faults = (
        []
        if place.index(f"publish/{version}").index.files
        else [f"{POINTER} leads to {version}, which is not there"]
    )
    advice = 'Let it lead to one that is there: RUNBOOK.md, "Data on S3", or `baskych publish`.'
    return _sign("latest release", version, faults, advice)


def _sign(name: str, seen: str, faults: list[str], advice: str) -> Sign:
    if not faults:
        return Sign(name=name, state="ok", seen=seen)
    more = [f"and {len(faults) - _MOST_TOLD} more"] if len(faults) > _MOST_TOLD else []
    return Sign(name=name, state="fault", seen="; ".join([*faults[:_MOST_TOLD], *more]), advice=advice)
