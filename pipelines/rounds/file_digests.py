"""Digests of files that seldom change: one that is what it was need not be read again.

A file is what it was if its number, its size and both its times are: no copy, no restored backup and no file
that took its place has the same. What is kept here is of this machine alone, and may be thrown away.
"""

import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog
from pydantic import TypeAdapter, ValidationError

from pipelines.rounds.kept_readings import READINGS

_Mark = tuple[int, int, int, int]  # number, size, times of content and of all
_KEPT = TypeAdapter(dict[str, tuple[_Mark, str]])  # path in the data folder -> mark, SHA-256

log = structlog.get_logger()


class FileDigests:
    """The SHA-256 of files of a data folder, for one country."""

    def __init__(self, data: Path, country_id: str) -> None:
        """Keep them under `data`."""
        self._data = data
        self._path = data / READINGS / f"digests-{country_id}.json"

    def __enter__(self) -> Self:
        """Take what was kept; what cannot be read is begun anew, and told in the log."""
        self._kept: dict[str, tuple[_Mark, str]] = {}
        self._is_changed = False
        try:
            self._kept = _KEPT.validate_json(self._path.read_bytes())
        except FileNotFoundError:
            pass
        except ValidationError as failure:
            log.warning("digests_forgotten", file=str(self._path), why=str(failure))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what is new."""
        if error is None and self._is_changed:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_name(f"{self._path.name}.tmp")
            beside.write_bytes(_KEPT.dump_json(self._kept))
            os.replace(beside, self._path)  # noqa: PTH105 - the house's word for an atomic switch

    def of(self, path: Path) -> str | None:
        """Return the SHA-256 of a file; None where there is none.

        Raises:
            OSError: it cannot be read.
        """
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        mark = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        name = path.relative_to(self._data).as_posix()
        kept, digest = self._kept.get(name, (None, ""))
        if kept != mark:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            self._kept[name] = (mark, digest)
            self._is_changed = True
        return digest
