"""What earlier rounds came to, kept in a database of its own, so that no build has to take them again.

A build folds round after round into tables that hold what later rounds need, and what is published of each.
All rounds but the newest are settled: nothing that comes later changes what they came to. Their tables lie
in `settled.duckdb`, and a build goes on from a copy of it. It may be thrown away at any time; it is, where a
file of a settled round is no longer what it was, or the rules by which they were settled are not ours.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import structlog

from warehouse import sources
from warehouse.engine import connect, forget_spilled, into_file, remove_database, transaction
from warehouse.errors import OpenError
from warehouse.reach import reach
from warehouse.script import BY_ROUND, fill, make, statements

SETTLED = "settled.duckdb"
WORTH_SETTLING = 3  # rounds: fewer are taken again as fast as they are copied

log = structlog.get_logger(__name__)

_Marks = list[tuple[str, str]]  # (round, mark of its files), in the order of rounds


def settle(
    data: Path, rounds: Sequence[str], *, threads: int | None, memory_limit: str | None
) -> Path | None:
    """Bring the settled rounds under `data` up to `rounds`; return their database, or None if too few.

    Raises:
        BuildError: as `build`; what was settled before stays.
    """
    path = data / SETTLED
    rules = rules_mark(data)
    marks = [(round_id, f"{rules} {files_mark(data, round_id)}") for round_id in rounds]
    settled = told(path)
    if settled != marks[: len(settled)]:
        log.info("settled_anew", path=str(path), rounds=len(settled))
        settled = []
    if not settled:
        remove_database(path)
    if len(marks) < WORTH_SETTLING:
        return None
    if settled != marks or has_log(path):
        forget_spilled(path)
        with connect(path, threads=threads, memory_limit=memory_limit) as connection:
            reach().open_to(connection, data)
            if not settled:
                begin(connection, data)
            for round_id, mark in marks[len(settled) :]:
                take(connection, data, round_id, mark)
            into_file(connection)
    return path


def begin(connection: duckdb.DuckDBPyConnection, data: Path) -> None:
    """Make the tables that rounds are folded into, still empty, and those of codes."""
    connection.execute("create schema source")
    make(connection, ("codes", *BY_ROUND))
    fill(connection, ("codes",), data)
    connection.execute("create table source.settled (round_id text not null, mark text not null)")


def fold(connection: duckdb.DuckDBPyConnection, data: Path, round_id: str) -> None:
    """Take one more round into the tables: it must be later than all that they hold.

    Raises:
        BuildError: a file cannot be read, or its columns or values are not what the tables promise.
    """
    connection.execute("set variable round_id = ?", [round_id])
    fill(connection, BY_ROUND, data, round_id)
    log.info("round_folded", round_id=round_id)


def take(connection: duckdb.DuckDBPyConnection, data: Path, round_id: str, mark: str) -> None:
    """Take one more round in, wholly or not at all."""
    with transaction(connection):
        fold(connection, data, round_id)
        connection.execute("insert into source.settled values (?, ?)", [round_id, mark])


def told(path: Path) -> _Marks:
    """Return the rounds that the database at `path` holds, with their marks; none where it cannot say."""
    if not path.exists():
        return []
    try:
        with connect(path, read_only=True) as connection:
            return connection.execute(
                "select round_id, mark from source.settled order by round_id"
            ).fetchall()
    except (OpenError, duckdb.Error) as problem:
        log.warning("settled_forgotten", path=str(path), why=str(problem))
        return []


def has_log(path: Path) -> bool:
    """Whether something was committed that is not in the file itself: who wrote it was killed."""
    return path.with_name(f"{path.name}.wal").exists()


def rules_mark(data: Path) -> str:
    """Return a digest of all that rounds are settled by: our SQL, DuckDB, and the codes that it reads."""
    asked = statements(("codes", *BY_ROUND))
    words = [duckdb.__version__, *(each.sql for each in asked)]
    used = {each for each in statements(("codes",)) if _is_used(each.sources)}
    codes = {path for each in used for table in each.sources for path in sources.files(data, table)}
    parts = [word.encode() for word in words] + [path.read_bytes() for path in sorted(codes)]
    return _digest(parts)


def files_mark(data: Path, round_id: str) -> str:
    """Return a digest of names, sizes and times of a round's files: what git and make go by, too.

    Of files that a store has, the digest of their content stands for their times.
    """
    tables = sorted({table for each in statements(BY_ROUND) for table in each.sources})
    paths = [path for table in tables for path in sources.files(data, table, round_id)]
    return _digest(f"{path.relative_to(data)} {reach().mark(path)}".encode() for path in paths)


def _is_used(tables: Iterable[str]) -> bool:
    """Whether a round reads one of these tables of codes."""
    return any(table in each.sql for table in tables for each in statements(BY_ROUND))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()
