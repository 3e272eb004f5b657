"""What is lost since the last good release: rows of tables, institutions, sites, pages, services.

A harvest that went wrong looks like a country that lost its services; only a comparison tells.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from warehouse import checks
from warehouse.checks import CheckResult
from warehouse.engine import name, quoted
from warehouse.formats import PARQUET
from warehouse.published import PublishedTable
from warehouse.thresholds import Guard, thresholds

SQL = Path(__file__).with_name("gate.sql")
COMPARED = ("out_institutions", "out_sites", "out_coverage", "out_services", "out_country_rounds")
UNREADABLE = "last_release_can_be_read"


def since(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[PublishedTable], last: Path
) -> Iterator[CheckResult]:
    """Yield, for each guard of `gate.yml`, what the warehouse has lost since the release in `last`."""
    try:
        before = dict(row_counts(connection, last, [table.name for table in tables]))
        offer(connection, last)
        lost = connection.execute(comparison()).fetchall()
    except duckdb.Error as problem:
        yield checks.result(
            UNREADABLE,
            "The last release can be read, so that this one can be compared with it.",
            ("release", "problem"),
            [(str(last.resolve()), str(problem))],
        )
        return
    yield rows_lost(connection, before)
    for kind, guard in thresholds().guards.items():
        yield of_kind(guard, [row[1:] for row in lost if row[0] == kind])


def row_counts(
    connection: duckdb.DuckDBPyConnection, last: Path, tables: Sequence[str]
) -> Iterator[tuple[str, int]]:
    """Yield (table, rows) of those `tables` that the release in `last` has too."""
    for table in tables:
        path = last / PARQUET.path(table)
        if path.exists():
            counted = connection.execute("select count(*) from read_parquet(?)", [str(path)]).fetchone()
            yield table, int(counted[0]) if counted else 0


def rows_lost(connection: duckdb.DuckDBPyConnection, before: dict[str, int]) -> CheckResult:
    """Compare the rows of each table with what it had `before`; a table that lost all of them is an alarm."""
    guard, broken = thresholds().rows, []
    for table in sorted(before.keys() - thresholds().may_shrink):
        counted = connection.execute(f"select count(*) from {name(table)}").fetchone()  # noqa: S608 - quoted
        now = int(counted[0]) if counted else 0
        if guard.is_broken(before[table], before[table] - now) or (before[table] and not now):
            broken.append((table, before[table], now))
    return checks.result(guard.name, guard.promise, ("table", "before", "now"), broken)


def offer(connection: duckdb.DuckDBPyConnection, last: Path) -> None:
    """Let `last_<table>` stand for the table of the release in `last`, on this connection only."""
    for table in COMPARED:
        path = quoted(str(last / PARQUET.path(table)))
        view = f"create or replace temporary view {name(f'last_{table}')} as from read_parquet({path})"
        connection.execute(view)


def comparison() -> str:
    """Return the query for (kind, country_id, id, before, now) of all that the last release had."""
    measure = SQL.read_text(encoding="utf-8")
    return f"""
        with before as ({measure.format(of="last_")}), now as ({measure.format(of="")})
        select kind, country_id, id, before.amount, coalesce(now.amount, 0)
        from before left join now using (kind, country_id, id)
        where kind <> 'pages' or now.amount > 0
        order by all
    """  # noqa: S608 - names are ours


def of_kind(guard: Guard, found: Sequence[tuple[str, str, int, int]]) -> CheckResult:
    """Return what `guard` says of (country_id, id, before, now), country by country."""
    broken = []
    for country_id in sorted({row[0] for row in found}):
        rows = [row for row in found if row[0] == country_id]
        fewer = [row for row in rows if row[3] < row[2]]
        if guard.is_broken(sum(row[2] for row in rows), sum(row[2] - row[3] for row in fewer)):
            broken += fewer
    return checks.result(guard.name, guard.promise, ("country_id", "id", "before", "now"), broken)
