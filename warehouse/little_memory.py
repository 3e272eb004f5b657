"""Let DuckDB keep to little memory, however many rows there are: what does not fit lies on the disk.

Left to itself it takes four fifths of the machine's memory before it puts anything down.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import duckdb
import structlog

from warehouse.engine import connect
from warehouse.errors import NeedsMemoryError

OF_A_THREAD = 128  # MiB: in three quarters of that the captures of 100,000 pages cannot be sorted
MORE = 4  # times as much, where that does not do

log = structlog.get_logger(__name__)

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a piece of work may use of the machine."""

    threads: int | None = None  # of DuckDB, and processes beside it; None: as many as there are cores
    memory_limit: str | None = None  # of DuckDB; None: its own
    spill: Path | None = None  # the folder for what does not fit; None: beside the database

    def opened(self, path: Path | None) -> duckdb.DuckDBPyConnection:
        """Open the database at `path` to be read, or one in memory.

        Raises:
            OpenError: as `connect`.
        """
        return connect(
            path,
            threads=self.threads,
            memory_limit=self.memory_limit,
            read_only=path is not None,
            spill=self.spill,
        )


def little(threads: int | None, times: int = 1) -> str:
    """Return the memory that so many threads of DuckDB may have, as it wants to be told; None: all cores."""
    return f"{OF_A_THREAD * times * (threads or os.cpu_count() or 1)}MiB"


def in_little_memory(make: Callable[[str | None], Made], threads: int | None) -> Made:
    """Return what `make` returns for a limit of memory.

    A few things DuckDB cannot put down: where they do not fit, all is made again in more, and at last within
    its own limit.
    """
    for limit in (little(threads), little(threads, MORE)):
        try:
            return make(limit)
        except (duckdb.OutOfMemoryException, NeedsMemoryError) as problem:
            log.warning("made_again_in_more_memory", limit=limit, why=str(problem))
    return make(None)
