"""Keep a damaged archive apart, with what is wrong with it: it may be all that is left of a site's past."""

import os
import shutil
from pathlib import Path

from crawlers.archives.salvage import Damage
from crawlers.storing.apart import FOLDER, note_reason


def keep_apart(data: Path, round_id: str, damage: Damage) -> Path:
    """Copy the damaged file into `data/quarantine/<round>/`, note the damage there, return the copy.

    The same file again is not copied again; the same damage is not noted again.

    Raises:
        OSError: the disk is full or broken.
    """
    folder = data / FOLDER / round_id
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / damage.path.name
    if not place.exists():
        beside = place.with_name(f"{place.name}.part")
        shutil.copyfile(damage.path, beside)
        os.replace(beside, place)  # noqa: PTH105 - the house's word for an atomic switch
    note = f"{damage.path.name}, byte {damage.offset}: {damage.reason}\n"
    note_reason(folder, note)
    return place
