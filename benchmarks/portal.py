"""A portal of many services: how long it takes on this machine, how much memory, and how heavy its pages are.

`python benchmarks/portal.py [50000]`. The tiny country of the tests is multiplied, with twenty rounds of
history for each service (case F10); a tenth of it is rendered first, in a process of its own, so that
memory can be compared. Issue 5 asks for less than ten minutes on two cores, flat memory, and no page or
part of the search index of more than 500 kB.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests" / "warehouse")]
MOST_MINUTES, MOST_GROWTH, MOST_BYTES = 10.0, 1.25, 500_000
SAME = "s.institution_id = i.institution_id || '-' || bodies.n"
COUNTS = {
    "service_count": "",
    **{f"stage_{stage}_count": f" and stage = {stage}" for stage in range(1, 5)},
    "undetermined_count": " and stage is null",
}
CACHE = "256MB"  # DuckDB's: it keeps what it has read of the warehouse, as far as it may
INSTITUTIONS, ROUNDS = 60, 20  # of each of the tiny country's, and of each service


def multiplied(data: Path, services: int) -> None:
    """Let each service in `data` stand many times, in many institutions, with a history."""
    from warehouse.engine import connect  # noqa: PLC0415 - the parent process needs none of it

    with connect(data / "warehouse.duckdb") as connection:
        [(few,)] = connection.execute("select count(*) from out_services").fetchall()
        times = -(-services // few)
        connection.execute(f"create temporary table many as from range({times}) as many(n)")
        ours = connection.execute(
            "select table_name, list(column_name) from duckdb_columns() where starts_with(table_name, 'out_')"
            " group by all having list_contains(list(column_name), 'service_id') order by all"
        ).fetchall()
        for table, columns in ours:
            _replace(connection, table, _many(table, columns))
        counts = ", ".join(
            f"(select count(*) from out_services as s where {SAME}{condition}) as {column}"  # noqa: S608 - ours
            for column, condition in COUNTS.items()
        )
        moved = f"select i.* replace (i.institution_id || '-' || bodies.n as institution_id, {counts})"
        bodies = f" from out_institutions as i, range({INSTITUTIONS}) as bodies(n)"
        _replace(connection, "out_institutions", moved + bodies)
        sums = ", ".join(f"{column} * {times} as {column}" for column in COUNTS)
        sums += f", institution_count * {INSTITUTIONS} as institution_count"
        _replace(connection, "out_countries", f"select * replace ({sums}) from out_countries")  # noqa: S608 - ours


def _many(table: str, columns: list[str]) -> str:
    """Return the SQL that gives each row of `table` to each copy of its service."""
    new = {"service_id": "service_id || '-' || n"}
    turns = ""
    if "institution_id" in columns:
        new["institution_id"] = f"institution_id || '-' || (n % {INSTITUTIONS})"
    if table == "out_service_rounds":
        new["round_id"] = "(2006 + t // 12) || '-' || lpad((1 + t % 12)::text, 2, '0')"
        turns = f", range({ROUNDS}) as turns(t)"
    replaced = ", ".join(f"{sql} as {column}" for column, sql in new.items())
    return f"select {table}.* replace ({replaced}) from {table}, many{turns}"  # noqa: S608 - ours


def _replace(connection: "duckdb.DuckDBPyConnection", table: str, sql: str) -> None:
    connection.execute(f"create temporary table fresh as {sql}")
    connection.execute(f"delete from {table}")  # noqa: S608 - ours
    connection.execute(f"insert into {table} by name from fresh")
    connection.execute("drop table fresh")


def prepare(folder: Path, services: int) -> None:
    """Make the warehouse, in a process of its own: its memory is not the portal's."""
    from tiny import tiny_data  # noqa: PLC0415 - only this process needs it

    from warehouse.build import build  # noqa: PLC0415 - nor does another need this

    data = tiny_data(folder / "data")
    build(data, threads=1)
    multiplied(data, services)


def child(folder: Path) -> None:
    """Render, and print seconds, peak memory in bytes, pages, bytes and the largest page and shard."""
    from warehouse.engine import connect  # noqa: PLC0415 - only this process needs it
    from warehouse.portal.render import render  # noqa: PLC0415 - nor does another need this

    data = folder / "data"
    portal = folder / "portal"
    started = time.perf_counter()
    with connect(data / "warehouse.duckdb", threads=2, read_only=True, memory_limit=CACHE) as connection:
        report = render(connection, portal)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    shard = max((path.stat().st_size for path in (portal / "search").iterdir()), default=0)
    print(seconds, peak, report.page_count, report.byte_count)
    print(report.largest_byte_count, report.largest_page, shard)


def measured(services: int) -> list[str]:
    """Return what a process of its own measures."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    try:
        ours = [sys.executable, __file__]
        made = [*ours, "--prepare", str(folder), str(services)]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
        told = subprocess.run([*ours, "--child", str(folder)], capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
        return " ".join(told.stdout.splitlines()[-2:]).split()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Measure a tenth and the whole; return 0 when all that is asked is kept."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    small, large = measured(services // 10), measured(services)
    minutes, growth = float(large[0]) / 60, int(large[1]) / int(small[1])
    heaviest = max(int(large[4]), int(large[6]))
    sizes = [int(large[4]) / 1e3, int(large[6]) / 1e3]
    peaks = [int(each[1]) / 1e6 for each in (small, large)]
    print(f"portal: {services} services in {minutes:.1f} min; {large[2]} files, {int(large[3]) / 1e9:.1f} GB")
    print(f"  memory {peaks[0]:.0f} -> {peaks[1]:.0f} MB: {growth:.2f} x for ten times as many services")
    print(f"  largest page {sizes[0]:.0f} kB ({large[5]}), part of the search index {sizes[1]:.0f} kB")
    kept = minutes <= MOST_MINUTES and growth <= MOST_GROWTH and heaviest <= MOST_BYTES
    return 0 if kept else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--prepare"]:
        prepare(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]))
    else:
        sys.exit(main())
