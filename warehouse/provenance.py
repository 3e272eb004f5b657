"""Let a release take along the notes of its making, so that anyone can make it again.

The steps before leave them in the data folder, as files; here they become part of the release.
"""

import shutil
from pathlib import Path

NOTES = "core/provenance/release"
FOLDER = "provenance"


def take_along(data: Path, part: Path) -> None:
    """Copy the notes under `data` into the release in `part`; where there are none, it gets none.

    Raises:
        OSError: a note cannot be read, or the disk is full.
    """
    if (data / NOTES).is_dir():
        shutil.copytree(data / NOTES, part / FOLDER, copy_function=shutil.copyfile)
