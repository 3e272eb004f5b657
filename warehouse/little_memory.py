"""Let DuckDB keep to little memory, however many rows there are: what does not fit lies on the disk.

Left to itself it takes four fifths of the machine's memory before it puts anything down.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import duckdb
import structlog

from warehouse.engine import connect, quoted
from warehouse.errors import NeedsMemoryError

OF_A_THREAD = 128  # MiB: in three quarters of that the captures of 100,000 pages cannot be sorted
MORE = 4  # times as much, where that does not do
_TIMES = (1.25, 1.5, 2, 4, 8, 16)  # the same for a single statement: most of those that need more need little
_AT_REST = "8MiB"  # of a connection that waits for another one's work

log = structlog.get_logger(__name__)

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a piece of work may use of the machine."""

    threads: int | None = None  # of DuckDB, and processes beside it; None: as many as there are cores
    memory_limit: str | None = None  # of DuckDB, of which single statements may have more; None: its own
    spill: Path | None = None  # the folder for what does not fit; None: beside the database

    def opened(self, path: Path | None) -> duckdb.DuckDBPyConnection:
        """Open the database at `path` to be read, or one in memory.

        Raises:
            OpenError: as `connect`.
        """
        connection = connect(
            path,
            threads=self.threads,
            memory_limit=self.memory_limit,
            read_only=path is not None,
            spill=self.spill,
        )
        if self.memory_limit is not None:  # else it is most of the machine's already
            allow_more(connection)
        return connection


def little(threads: int | None, times: int = 1) -> str:
    """Return the memory that so many threads of DuckDB may have, as it wants to be told; None: all cores."""
    return f"{OF_A_THREAD * times * (threads or os.cpu_count() or 1)}MiB"


def allow_more(connection: duckdb.DuckDBPyConnection) -> None:
    """Let single statements on `connection` have more than its limit, where they need it."""
    connection.execute("set variable may_take_more = true")


def with_more_where_needed(connection: duckdb.DuckDBPyConnection, act: Callable[[], Made]) -> Made:
    """Return what `act` returns; where it needs more memory, and may have it, after further tries.

    Each has more: first a quarter, at last 16 times the limit. What comes after has the limit that there was.
    A transaction is broken by then, and has no second try.

    Raises:
        NeedsMemoryError, duckdb.OutOfMemoryException: `act` does, which needs more than it may have.
    """
    asked = "select getvariable('may_take_more'), current_setting('memory_limit')"
    [(may_take_more, limit)] = connection.execute(asked).fetchall()
    if not may_take_more:
        return act()
    number, unit = str(limit).split()
    with ExitStack() as afterwards:
        for times in _TIMES:
            try:
                return act()
            except (duckdb.OutOfMemoryException, NeedsMemoryError) as problem:
                more = f"{float(number) * times}{unit}"
                if not _given(connection, more):
                    raise
                afterwards.callback(_given, connection, str(limit))
                log.info("done_again_in_more_memory", limit=more, why=str(problem))
        return act()


def _given(connection: duckdb.DuckDBPyConnection, limit: str) -> bool:
    """Let the connection have so much memory; return whether it does with that."""
    try:
        connection.execute(f"set memory_limit = {quoted(limit)}")
    except (duckdb.TransactionException, duckdb.OutOfMemoryException) as problem:
        log.info("memory_limit_kept", wanted=limit, why=str(problem))
        return False
    return True


@contextmanager
def at_rest(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let `connection` keep next to nothing of what it has read, while another one works beside it.

    What it cannot put down, it keeps.
    """
    [(limit,)] = connection.execute("select current_setting('memory_limit')").fetchall()
    _given(connection, _AT_REST)
    try:
        yield
    finally:
        _given(connection, str(limit))


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
