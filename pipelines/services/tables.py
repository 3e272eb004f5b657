"""Tables on disk in which a round is told (`atlas.sql`): so no country needs more memory than a small one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files

Tables = sqlite3.Connection

_OURS_ALONE = """
pragma journal_mode = off;
pragma synchronous = off;
pragma locking_mode = exclusive;
pragma cache_size = -8000;
"""  # what is lost with us is made again; kilobytes


@contextmanager
def tables(place: str = "") -> Iterator[Tables]:
    """Give empty tables, and forget them at the end; `place` is a file that nobody has yet, "" one unnamed.

    Raises:
        sqlite3.OperationalError: the file cannot be made, or the disk is full.
    """
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.executescript(_OURS_ALONE)
        connection.execute("begin")  # one change, that nobody waits for
        for statement in _shape().split(";"):
            connection.execute(statement)
        yield connection


@cache
def _shape() -> str:
    lines = files(__package__).joinpath("atlas.sql").read_text("utf-8").splitlines()
    return "\n".join(line.partition("--")[0] for line in lines)
