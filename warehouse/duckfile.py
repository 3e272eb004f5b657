"""Write the published tables as one DuckDB database that DuckDB 1.2 and all later versions open.

It has what the files cannot carry: constraints, comments, views for the first questions, and the macros
that travel in time. Its rows are always the same and in the same order; its bytes are not, for DuckDB
leaves chance bytes in the gaps of its blocks.
"""

from functools import partial
from pathlib import Path

from warehouse.engine import name, quoted
from warehouse.little_memory import Means, with_more_where_needed
from warehouse.published import PublishedTable
from warehouse.script import PUBLISHED, make

STORAGE_VERSION = "v1.2.0"  # the oldest that keeps views, comments and macros, and that browsers read


def write_duckdb(warehouse: Path, tables: tuple[PublishedTable, ...], path: Path, means: Means) -> None:
    """Write the published `tables` of the database `warehouse` to a new database at `path`."""
    grains = {table.name: table.grain for table in tables}
    with means.opened(None) as connection:
        connection.execute(f"attach {quoted(str(warehouse))} as warehouse (read_only)")
        connection.execute(
            f"attach {quoted(str(path))} as release (storage_version {quoted(STORAGE_VERSION)})"
        )
        connection.execute("use release")
        make(connection, PUBLISHED)
        for table, grain in grains.items():
            order = ", ".join(name(column) for column in grain)
            insert = f"insert into {name(table)} select * from warehouse.{name(table)} order by {order}"  # noqa: S608 - quoted
            with_more_where_needed(connection, partial(connection.execute, insert))
        connection.execute("use memory")
        connection.execute("detach release")
