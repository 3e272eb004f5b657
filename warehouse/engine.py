"""Open DuckDB the same way everywhere: offline, in UTC, with as many threads and as much memory as asked."""

from pathlib import Path

import duckdb


def connect(
    path: Path | None, *, threads: int | None = None, memory_limit: str | None = None, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """Open the database at `path`, or one in memory where `path` is None.

    Extensions are never fetched or loaded by themselves: a build that needs the network is no rebuild.
    `memory_limit` is DuckDB's, for example "2GB"; None leaves DuckDB's own default.

    Raises:
        duckdb.Error: the file cannot be opened, or another process is writing to it.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if threads is not None:
        config["threads"] = threads
    if memory_limit is not None:
        config["memory_limit"] = memory_limit
    connection = duckdb.connect(":memory:" if path is None else str(path), read_only=read_only, config=config)
    connection.execute("set timezone = 'UTC'")
    connection.execute("set enable_progress_bar = false")
    return connection


def quoted(text: str) -> str:
    """Return `text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def name(identifier: str) -> str:
    """Return `identifier` as an SQL name, whatever it contains."""
    return '"' + identifier.replace('"', '""') + '"'
