"""Open DuckDB the same way everywhere: offline, in UTC, with as many threads and as much memory as asked."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb

from warehouse.errors import OpenError

_MAGIC_AT, _MAGIC = 8, b"DUCK"  # bytes from the file's beginning
_WRITER = slice(52, 84)  # where the header names the library that wrote the file


def connect(
    path: Path | None,
    *,
    threads: int | None = None,
    memory_limit: str | None = None,
    read_only: bool = False,
    spill: Path | None = None,
) -> duckdb.DuckDBPyConnection:
    """Open the database at `path`, or one in memory where `path` is None.

    Extensions are never fetched or loaded by themselves: a build that needs the network is no rebuild.
    `memory_limit` is DuckDB's, for example "2GB"; None leaves DuckDB's own default. What does not fit lies in
    the folder `spill`, beside the database where that is None; two processes may not share one.

    Raises:
        OpenError: the file cannot be opened: it is none of DuckDB's, damaged, of a newer DuckDB, or another
            process is writing to it.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if threads is not None:
        config["threads"] = threads
    if memory_limit is not None:
        config["memory_limit"] = memory_limit
    if spill is not None:
        config["temp_directory"] = str(spill)
    try:
        connection = duckdb.connect(str(path or ":memory:"), read_only=read_only, config=config)
    except duckdb.Error as problem:
        raise OpenError(f"{path}: cannot be opened ({problem}){written_by(path)}") from problem
    connection.execute("set timezone = 'UTC'")
    connection.execute("set enable_progress_bar = false")
    return connection


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Do what follows wholly or not at all."""
    connection.begin()
    with ExitStack() as undoing:
        undoing.callback(connection.rollback)
        yield
        connection.commit()
        undoing.pop_all()


def into_file(connection: duckdb.DuckDBPyConnection) -> None:
    """Write all that was committed into the database's own file: whoever copies or moves it has it whole.

    DuckDB does so when it closes, too, but then it keeps silent about a disk that fails.

    Raises:
        duckdb.Error: the disk is full or broken.
    """
    connection.execute("force checkpoint")


def remove_database(path: Path) -> None:
    """Remove the database at `path`, if there is one, with what DuckDB keeps beside it."""
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)
    forget_spilled(path)


def forget_spilled(path: Path) -> None:
    """Remove what a killed process had no memory for and put down beside the database at `path`."""
    shutil.rmtree(path.with_name(path.name + ".tmp"), ignore_errors=True)


def written_by(path: Path | None) -> str:
    """Return words on the DuckDB that wrote the file at `path`, beside ours; none where it does not say."""
    if path is None or not path.is_file():
        return ""
    with path.open("rb") as file:
        header = file.read(_WRITER.stop)
    if header[_MAGIC_AT : _MAGIC_AT + len(_MAGIC)] != _MAGIC:
        return "; expected a database of DuckDB"
    writer = header[_WRITER].partition(b"\0")[0].decode("ascii", "replace")
    return (
        f"; DuckDB {writer} wrote it, this is {duckdb.__version__}, which reads its own files and older ones"
    )


def quoted(text: str) -> str:
    """Return `text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def name(identifier: str) -> str:
    """Return `identifier` as an SQL name, whatever it contains."""
    return '"' + identifier.replace('"', '""') + '"'
