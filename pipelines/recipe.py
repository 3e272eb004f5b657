"""Lay out, in a data folder of its own, all that a release says it was made from."""

import json
import re
import shutil
from itertools import islice
from pathlib import Path

from crawlers.sites import Registry
from pipelines.archive_scopes import registry_for_archive
from pipelines.checking.file_check import PACKAGE
from pipelines.corrections import FILE as CORRECTIONS
from pipelines.provenance.record import FOLDER, ProvenanceError, RoundOrigin, read_captures_list
from pipelines.scope import Scope
from warehouse.versions import versions

_LATER = re.compile(r"(?P<first>[0-9]{4}-[0-9]{2}-[0-9a-f]+)-(?P<number>[1-9][0-9]{0,2})")


def lay_out(own: Path, release: Path, data: Path) -> None:
    """Let the captures that `release` lists, and its corrections, stand in the data folder `own`.

    Raises:
        ProvenanceError: as `read_captures_list`.
    """
    own.mkdir()
    for manifest in read_captures_list(release):
        folder = Path(manifest).parent
        (own / folder.parent).mkdir(parents=True, exist_ok=True)
        (own / folder).symlink_to((data / folder).resolve(), target_is_directory=True)
    corrections = release / FOLDER / CORRECTIONS
    if corrections.is_file():
        shutil.copyfile(corrections, own / CORRECTIONS)


def scope_from(origin: RoundOrigin, release: Path, data: Path) -> Scope:
    """Return the scope of a round in `data`, by the registry that the release has of it.

    Raises:
        ProvenanceError: the registry is not there, or is none.
    """
    registry = registry_for_archive(origin.country_id)
    if origin.registry is not None:
        path = release / FOLDER / Path(origin.registry).name
        try:
            registry = Registry.model_validate_json(path.read_bytes())
        except (OSError, ValueError) as failure:
            raise ProvenanceError(f"{path}: cannot be read ({failure}); expected a registry") from failure
    return Scope(registry=registry, registry_file=None, data=data, round_id=origin.round_id)


def take_names(own: Path, release: Path) -> None:
    """Let the names that were taken when `release` was published be taken in the data folder `own` too.

    A release about the same data as an earlier one has a number after its name, which its papers, catalogue
    and pages repeat. What had the names before it need not be there any more, and says nothing of it.

    Raises:
        ProvenanceError: the release does not say its name.
    """
    path = release / PACKAGE
    try:
        version = str(json.loads(path.read_bytes())["version"])
    except (OSError, ValueError, KeyError, TypeError) as failure:
        raise ProvenanceError(
            f"{path}: cannot be read ({failure!r}); expected a release's version"
        ) from failure
    later = _LATER.fullmatch(version)
    if later:
        for name in islice(versions(later["first"]), int(later["number"]) - 1):
            (own / "publish" / name).mkdir(parents=True)
