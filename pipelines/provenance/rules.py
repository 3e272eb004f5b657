"""Rules of somebody's own, laid over those that ship: a folder of knowledge with some files of theirs."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.knowledge import FOLDER as SHIPPED
from pipelines.provenance.record import FOLDER, KNOWLEDGE

REPLACEABLE = ("rubric.yml", "index.yml")  # what judges from findings; all else would read pages otherwise


def overlaid(own: Iterable[Path], place: Path) -> Path:
    """Make `place` a folder of all knowledge that ships, with the files `own` in place of ours; return it.

    A fitted calibration is of our rubric alone, so it does not stand beside another one.
    """
    shutil.copytree(SHIPPED, place)
    for path in own:
        shutil.copyfile(path, place / path.name)
    if (place / REPLACEABLE[0]).read_bytes() != (SHIPPED / REPLACEABLE[0]).read_bytes():
        (place / "calibration.yml").unlink(missing_ok=True)
    return place


def other_files(rules: Path) -> Iterator[Path]:
    """Yield the files of the folder `rules` that differ from those that ship."""
    for name in REPLACEABLE:
        if (rules / name).read_bytes() != (SHIPPED / name).read_bytes():
            yield rules / name


def rules_of(release: Path, place: Path) -> Path | None:
    """Return the rules that judged `release`, laid out in `place`; None where they are those that ship."""
    own = [path for name in REPLACEABLE if (path := release / FOLDER / KNOWLEDGE / name).is_file()]
    return overlaid(own, place) if own else None
