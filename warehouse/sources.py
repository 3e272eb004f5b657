"""Where the rows of a table come from: the Parquet files that the steps before left in the data folder.

An SQL file says `from source.core_pages`; this module makes that name mean the right files. Where no file
is yet, it means no rows. Where the files' columns are not the table's, building stops and says which.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import duckdb

from warehouse.engine import name, quoted
from warehouse.errors import BuildError
from warehouse.reach import reach

PATTERNS = {
    "raw_": "captures/{round}/*/{table}.parquet",
    "core_": "core/{table}/round={round}/*.parquet",
    "codes_": "core/codes/{table}/*.parquet",
}
ROUND = re.compile(r"(?:round=)?(\d{4}-\d{2})")
LEFTOVERS = ("tmp_", ".")  # what a killed writer leaves behind
UNDER_WAY = (".part", ".old")  # of folders: a visit that has not ended, captures that give their place
UNREAD = {"core_pages": {"text"}}  # columns of files that no table has: nothing published needs them


def rounds(data: Path) -> tuple[str, ...]:
    """Return all rounds of which there are any files under `data`, in their order."""
    folders = [*data.glob("captures/*"), *data.glob("core/*/round=*")]
    named = (ROUND.fullmatch(folder.name) for folder in folders)
    return tuple(sorted({found[1] for found in named if found} | reach().months(data)))


def files(data: Path, table: str, round_id: str = "*") -> list[Path]:
    """Return the files under `data` with the rows of `table` in a round, or in all; sorted by path."""
    prefix = next(prefix for prefix in PATTERNS if table.startswith(prefix))
    pattern = PATTERNS[prefix].format(table=table.removeprefix(prefix), round=round_id)
    return sorted(
        path
        for path in reach().found_in(data, pattern)
        if not path.name.startswith(LEFTOVERS) and not path.parent.name.endswith(UNDER_WAY)
    )


def offer(connection: duckdb.DuckDBPyConnection, data: Path, table: str, round_id: str) -> None:
    """Make `source.<table>` stand for the files of `table` in a round, or for no rows where there is no file.

    Who reads a row of another round from it gets an error that says so.

    Raises:
        BuildError: the files have other columns than the table.
    """
    found = files(data, table, round_id)
    listed = ", ".join(quoted(reach().where(path)) for path in found)
    unread = "".join(f", null as {name(column)}" for column in UNREAD.get(table, ()))
    rows = f"read_parquet([{listed}], hive_partitioning = false)" if found else f"main.{name(table)}"
    chosen, kept = ("*", "") if found else (f"*{unread}", " where false")
    given = columns(connection, f"(select {chosen} from {rows}{kept})")  # noqa: S608 - quoted
    wanted = columns(connection, f"main.{name(table)}") | UNREAD.get(table, set())
    if given != wanted:
        missing = ", ".join(sorted(wanted - given)) or "none"
        unknown = ", ".join(sorted(given - wanted)) or "none"
        raise BuildError(f"{found[0].parent}: columns of {table}: missing {missing}; unknown {unknown}")
    if found and "round_id" in wanted:
        chosen = f"* replace ({_of_round(found[0].parent, round_id)} as round_id)"
    connection.execute(
        f"create or replace view source.{name(table)} as select {chosen} from {rows}{kept}"  # noqa: S608 - quoted
    )


def _of_round(folder: Path, round_id: str) -> str:
    """Return the SQL of a round's id, or of an error: to look for other rounds first is to read all twice."""
    before, after = f"{folder}: rows of the round ", f"; expected only those of {round_id}"
    wrong = f"error({quoted(before)} || round_id || {quoted(after)})"
    return f"if(round_id = {quoted(round_id)}, round_id, {wrong})"


def damaged(data: Path, tables: Iterable[str], round_id: str) -> list[str]:
    """Return a line on each file of `tables` that cannot be read to its end: for who failed, to say why."""
    found = []
    with duckdb.connect() as connection:
        reach().open_to(connection, data)
        for path in (path for table in tables for path in files(data, table, round_id)):
            try:
                # Every value is unpacked, and none is kept.
                connection.execute(
                    "select bit_xor(hash(rows)) from read_parquet(?) as rows", [reach().where(path)]
                )
            except duckdb.Error as problem:
                found.append(f"{path}: cannot be read ({problem})")
    return found


def columns(connection: duckdb.DuckDBPyConnection, rows: str) -> set[str]:
    """Return the names of the columns of `rows`: a table, a view or a query, as SQL."""
    found = connection.execute(f"select * from {rows} limit 0").description  # noqa: S608 - the caller quoted it
    return {str(column[0]) for column in found or ()}
