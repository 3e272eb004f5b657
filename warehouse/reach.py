"""Reach the files of a data folder: in the folder, or wherever those who call us say that they are.

The warehouse knows of no store; `reached_by` is told of one from outside.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Protocol

import duckdb


class Reach(Protocol):
    """Whoever knows where files are."""

    def found_in(self, data: Path, pattern: str) -> list[Path]:
        """Return the files that `pattern` names, sorted, each named as if it lay in the folder."""

    def months(self, data: Path) -> set[str]:
        """Return the rounds that have files elsewhere."""

    def where(self, path: Path) -> str:
        """Return where DuckDB finds a file."""

    def mark(self, path: Path) -> str:
        """Return what tells a file from one that takes its place."""

    def open_to(self, connection: duckdb.DuckDBPyConnection, data: Path) -> None:
        """Let a connection read what lies elsewhere."""


class InFolder:
    """Every file lies in the folder."""

    def found_in(self, data: Path, pattern: str) -> list[Path]:
        """Return the files that `pattern` names, sorted."""
        return sorted(data.glob(pattern))

    def months(self, data: Path) -> set[str]:  # noqa: ARG002 - of any folder
        """Return none: the folder tells itself."""
        return set()

    def where(self, path: Path) -> str:
        """Return the file's path."""
        return str(path)

    def mark(self, path: Path) -> str:
        """Return size and time: what git and make go by, too."""
        found = path.stat()
        return f"{found.st_size} {found.st_mtime_ns}"

    def open_to(self, connection: duckdb.DuckDBPyConnection, data: Path) -> None:
        """Do nothing: DuckDB reads folders."""


_reach: ContextVar[Reach] = ContextVar("reach")


def reach() -> Reach:
    """Return who knows where files are."""
    return _reach.get(InFolder())


@contextmanager
def reached_by(other: Reach) -> Iterator[None]:
    """Let `other` say where files are."""
    token = _reach.set(other)
    try:
        yield
    finally:
        _reach.reset(token)
