"""Put a finished release in its place, so that a reader of `latest` always sees one whole release.

A folder is renamed only when it is complete, and `latest` is a link that is replaced in one step.
"""

import os
import shutil
from pathlib import Path

PART = ".part"  # being written
OLD = ".old"  # being removed
COPY = ".copy"  # being linked


def clean(publish: Path) -> None:
    """Remove what a killed run left in `publish`, except what `latest` points to."""
    latest = publish / "latest"
    kept = latest.resolve() if latest.is_symlink() else None
    for path in publish.iterdir():
        if path.name.endswith((PART, OLD, COPY)) and path.resolve() != kept:
            remove(path)


def remove(path: Path) -> None:
    """Remove a folder or a link, whether it is there or not."""
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def put(part: Path, place: Path) -> None:
    """Make `part` the release `place`, and let `latest` beside it point there.

    Where `place` is there already, `latest` points at `part` until the new files have taken its place.
    """
    if place.exists():
        point(place.parent / "latest", part.name)
        old, copy = place.with_name(place.name + OLD), place.with_name(place.name + COPY)
        remove(old)
        remove(copy)
        shutil.copytree(part, copy, copy_function=os.link)
        place.rename(old)
        copy.rename(place)
        point(place.parent / "latest", place.name)
        remove(old)
        remove(part)
    else:
        part.rename(place)
        point(place.parent / "latest", place.name)


def point(link: Path, target: str) -> None:
    """Let `link` point at `target`, a name beside it, in one step."""
    new = link.with_name(link.name + PART)
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    os.replace(new, link)  # noqa: PTH105 - the atomic switch, by the name that says so
