"""Tell whether a folder could be worked in, without writing anything."""

import os
from pathlib import Path


def nearest_folder(path: Path) -> Path:
    """Return what is there of `path`: itself, or the nearest above it."""
    whole = path.resolve()
    return next(place for place in (whole, *whole.parents) if place.exists())


def could_write(path: Path) -> bool:
    """Whether the folder `path` is there, or could be made, and files could be made in it."""
    if os.path.lexists(path) and not path.is_dir():
        return False
    nearest = nearest_folder(path)
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
