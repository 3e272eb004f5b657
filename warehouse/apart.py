"""Keep apart what was not published, with the reasons: a person can look into it, no reader comes by it."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import structlog

from warehouse.errors import ChecksFailedError, ReleaseError, StorageError, WarehouseError
from warehouse.thresholds import thresholds
from warehouse.versions import versions

log = structlog.get_logger(__name__)

FOLDER = "publish-failed"
REASONS = "REASONS.txt"


@contextmanager
def kept_apart(data: Path, part: Path, version: str) -> Iterator[None]:
    """Keep what lies in `part` as `data/publish-failed/<version>`, should what is done inside fail.

    A full disk is no reason to keep anything, nor is too little memory.

    Raises:
        WarehouseError: whatever was raised inside, with the place added; ReleaseError for DuckDB's.
    """
    try:
        yield
    except (StorageError, duckdb.IOException, duckdb.OutOfMemoryException):
        raise
    except (WarehouseError, duckdb.Error) as problem:
        place = keep(data, part, version, [str(problem)])
        kind = type(problem) if isinstance(problem, WarehouseError) else ReleaseError
        raise kind(f"{problem}\nNothing was published; see {place}") from problem


def refuse(reasons: Sequence[str]) -> None:
    """Stop a release where there are `reasons` to; each is a sentence or more.

    Raises:
        ChecksFailedError: there are; it says all of them.
    """
    if reasons:
        raise ChecksFailedError("\n".join(reasons))


def keep(data: Path, part: Path, version: str, reasons: Sequence[str]) -> Path:
    """Move `part` to a free place below `data/publish-failed/`, with its reasons; return where it lies."""
    folder = data / FOLDER
    folder.mkdir(exist_ok=True)
    place = next(folder / name for name in versions(version) if not (folder / name).exists())
    (part / REASONS).write_text("\n".join(reasons) + "\n", encoding="utf-8")
    shutil.move(part, place)  # may be another disk
    log.error("release_refused", version=version, folder=str(place), reasons=len(reasons))
    forget_oldest(folder)
    return place


def forget_oldest(folder: Path) -> None:
    """Remove all but the newest releases that were kept apart: as many as `gate.yml` says."""
    kept = sorted(folder.glob(f"*/{REASONS}"), key=lambda path: path.stat().st_mtime_ns)
    for path in kept[: -thresholds().kept_failures]:
        shutil.rmtree(path.parent)
