"""Keep apart, with the reason, what must not lie among the captures and cannot be made again."""

import contextlib
import shutil
from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path

from crawlers.storing.shelf import site_folder

FOLDER = "quarantine"
REASONS = "REASONS.txt"


def set_apart(data: Path, round_id: str, site_ids: Iterable[str], reason: str) -> Path:
    """Move the captures of these sites in a round to `data/quarantine/<round>/`; return that folder.

    Raises:
        OSError: the disk is full or broken.
    """
    apart = data / FOLDER / round_id
    apart.mkdir(parents=True, exist_ok=True)
    for folder in (site_folder(data, round_id, site_id) for site_id in site_ids):
        if folder.exists():
            shutil.move(folder, _free(apart / folder.name))
            note_reason(apart, f"{folder.name}: {reason}\n")
    with contextlib.suppress(OSError):  # not empty: others' captures lie there
        (data / "captures" / round_id).rmdir()
    return apart


def note_reason(apart: Path, note: str) -> None:
    """Note in the folder `apart` why something lies there; the same note is not taken twice."""
    reasons = apart / REASONS
    if not reasons.exists() or note not in reasons.read_text(encoding="utf-8"):
        with reasons.open("a", encoding="utf-8") as file:
            file.write(note)


def _free(place: Path) -> Path:
    """Return `place`, or one beside it: what was kept before stays."""
    places = chain([place], (place.with_name(f"{place.name}-{number}") for number in count(2)))
    return next(one for one in places if not one.exists())
