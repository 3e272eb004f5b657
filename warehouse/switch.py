"""Put a finished release in its place, so that a reader of `latest` always sees one whole release.

A release, once there, is never replaced, renamed or removed: whoever cited it, or is reading it, finds the
same bytes again. A new one is a folder of its own, renamed once it is complete; `latest` is a link that is
replaced in one step.
"""

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from warehouse.errors import StorageError
from warehouse.versions import versions

LATEST = "latest"
PART = ".part"  # being written


def check(publish: Path) -> None:
    """Make sure, before any work is done, that releases can be put into `publish`, there or not.

    Raises:
        StorageError: it is no folder, or `latest` in it is no link that could be replaced.
    """
    latest = publish / LATEST
    if publish.exists() and not publish.is_dir():
        raise StorageError(
            f"{publish}: cannot be written to (it is no folder); expected a folder of releases"
        )
    if latest.exists() and not latest.is_symlink():
        raise StorageError(
            f"{latest}: is a folder or a file; expected a link to a release, to be replaced in one step:"
            " rename it, or copy releases with their links (rsync --links)"
        )


def clean(publish: Path) -> None:
    """Remove what a killed run left in `publish`, except what `latest` points to."""
    latest = publish / LATEST
    kept = latest.resolve() if latest.is_symlink() else None
    for path in publish.glob(f"*{PART}"):
        if path.resolve() != kept:
            remove(path)


def new_part(publish: Path) -> Path:
    """Return an empty folder in `publish` to write a release into; what a killed run left there goes."""
    clean(publish)
    names = (publish / f"{name}{PART}" for name in versions("new"))
    part = next(path for path in names if not path.exists())
    part.mkdir()
    return part


def empty(folder: Path, but: Collection[str]) -> None:
    """Remove all that lies in `folder` except the folders and files named `but`."""
    for path in folder.iterdir():
        if path.name in but:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def remove(path: Path) -> None:
    """Remove a folder or a link, whether it is there or not."""
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def put(part: Path, place: Path) -> None:
    """Make `part` the release `place`, unless that is there already; let `latest` beside it point there.

    What is in its place when this returns outlasts a loss of power.
    """
    if place.exists():
        remove(part)
    else:
        part.rename(place)
    on_disk(place.parent)
    point(place.parent / LATEST, place.name)
    on_disk(place.parent)


def point(link: Path, target: str) -> None:
    """Let `link` point at `target`, a name beside it, in one step."""
    new = link.with_name(link.name + PART)
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    os.replace(new, link)  # noqa: PTH105 - the atomic switch, by the name that says so


def on_disk(folder: Path) -> None:
    """Write the names in `folder` to the disk, which may otherwise come after what follows."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
