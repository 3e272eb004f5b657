"""Build and publish millions of service rows: beside DuckDB's bare copy of them, and once more a month later.

`python benchmarks/release.py [full | 200 [20 [50]]]`: sites, rounds, services of each site. `full` is 500 x
100 x 100, five million service rows: what was known of each service in each round, `out_service_rounds`; it
takes hours. The peer only sorts and copies those rows, out of a database where they lie ready, to one
Parquet file with zstd. Ours reads and judges the captures, pages and findings of all rounds, writes 46
tables in five formats, a database, zips and descriptions, and asks the gate; the portal's pages are left
out, which `portal.py` measures. The second release is that of the next month, in which one service in a
hundred changed. Issue 7 asks for 1.5 times the bare copy, and for 0.15 of the first release. CPU seconds
count.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
DEFAULTS, FULL = (200, 20, 50), (500, 100, 100)  # sites, rounds, services of each site
MEMORY_LIMIT = "4GB"  # DuckDB's
MOST_TIMES_COPY, MOST_OF_FIRST = 1.5, 0.15
TURNS = 3  # of the bare copy
PHASES = (
    "write_tables", "examine_tables", "write_duckdb", "write_papers", "write_bundles", "write_catalogue",
    "write_sums", "examine_files",
)  # fmt: skip
HISTORY = "out_service_rounds"
PUBLISHED = "rounds: Parquet"
Costs = Mapping[str, tuple[float, float]]  # phase -> CPU seconds, seconds


def main() -> int:
    """Print what each phase costs, and the ratios; return 1 where one that is asked for is missed."""
    given = FULL if sys.argv[1:] == ["full"] else tuple(map(int, sys.argv[1:]))
    sites, rounds, services = (*given, *DEFAULTS[len(given) :])
    data = Path(tempfile.mkdtemp(prefix="release-"))
    try:
        months = written(data, sites, services)
        for _ in range(rounds):
            next(months)
        first = made(data)
        rows, bare = made(data, "--bare")["copy"]
        next(months)
        second = made(data)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    print(f"release: {sites} sites x {rounds} rounds x {services} services = {rows:.0f} service rows")
    for phase in first:
        print(f"  {phase:16} | first {_said(first[phase])} | second {_said(second[phase])}")
    whole, again = (sum(each[name][0] for name in ("build", "publish")) for each in (first, second))
    print(
        f"release | {whole:.0f} CPU-s are {whole / bare:.1f} x the bare copy's {bare:.2f}"
        f" (asked: {MOST_TIMES_COPY}) |"
        f" the next month {again / whole:.3f} of the first (asked: {MOST_OF_FIRST}) |"
        f" of that, the published file of these rows {first[PUBLISHED][0] / bare:.2f} x the bare copy's"
    )
    return int(whole > MOST_TIMES_COPY * bare or again > MOST_OF_FIRST * whole)


def _said(cost: tuple[float, float]) -> str:
    return f"{cost[0]:8.2f} CPU-s {cost[1]:8.2f} s"


def written(data: Path, sites: int, services: int) -> Iterator[None]:
    """Write one round after another below `data`."""
    from benchmarks.history.country import Country  # noqa: PLC0415 - children need none of it
    from benchmarks.history.files import begin, write_round  # noqa: PLC0415 - nor this

    country, number = Country(sites=sites, services=services), 0
    begin(country, data)
    while True:
        number += 1
        write_round(country, data, number)
        yield


def made(data: Path, work: str = "--make") -> Costs:
    """Do one of the works in a process of its own; return what each phase of it cost."""
    ours = [sys.executable, __file__, work, str(data)]
    said = subprocess.run(ours, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603 - ourselves
    return {phase: (cost[0], cost[1]) for phase, cost in json.loads(said.splitlines()[-1]).items()}


def make(data: Path) -> Costs:
    """Build and publish."""
    from warehouse import exports, gate, notices, release  # noqa: PLC0415 - only this process needs it
    from warehouse.build import build  # noqa: PLC0415 - nor does another need this

    costs: dict[str, tuple[float, float]] = {"build": (0, 0), "publish": (0, 0)}
    release.render = lambda *_: None
    for name in PHASES:
        home: Any = next(each for each in (release, gate, notices) if hasattr(each, name))
        setattr(home, name, _counted(costs, name, getattr(home, name)))
    exports.copy = _counted(costs, "copies of rounds", exports.copy, lambda given: given[1].name == HISTORY)
    exports.copy = _counted(costs, PUBLISHED, exports.copy, _is_published)
    with spent(costs, "build"):
        build(data, threads=2, memory_limit=MEMORY_LIMIT)
    with spent(costs, "publish"):
        release.publish(data, threads=2)
    return costs


def _is_published(given: tuple[Any, ...]) -> bool:
    """Whether it is the history that is copied, to its Parquet file: what the peer does."""
    return bool(given[1].name == HISTORY and given[3].suffix == ".parquet")


def bare(data: Path) -> Costs:
    """Copy the rows as DuckDB does it alone; the cost is told as (rows, CPU seconds)."""
    from warehouse.engine import connect  # noqa: PLC0415 - only this process needs it

    path, times = data / "bare.parquet", []
    query = f"copy (select * from {HISTORY} order by service_id, round_id) to '{path}'"  # noqa: S608 - ours
    with connect(
        data / "warehouse.duckdb", threads=2, read_only=True, memory_limit=MEMORY_LIMIT
    ) as connection:
        for _ in range(TURNS):
            costs: dict[str, tuple[float, float]] = {}
            with spent(costs, "copy"):
                connection.execute(f"{query} (format parquet, compression zstd)")
            times.append(costs["copy"][0])
        found = connection.execute(f"select count(*) from {HISTORY}").fetchone()  # noqa: S608 - ours
    path.unlink()
    return {"copy": (found[0] if found else 0, min(times))}


@contextmanager
def spent(costs: dict[str, tuple[float, float]], phase: str) -> Iterator[None]:
    """Add to `costs` what is done inside, also what fails and is done again."""
    cpu, wall = _cpu(), time.perf_counter()
    try:
        yield
    finally:
        before = costs.get(phase, (0.0, 0.0))
        costs[phase] = (before[0] + _cpu() - cpu, before[1] + time.perf_counter() - wall)


def _counted(
    costs: dict[str, tuple[float, float]],
    phase: str,
    work: Callable[..., Any],
    is_meant: Callable[[tuple[Any, ...]], bool] = lambda _: True,
) -> Callable[..., Any]:
    """Return `work`, which adds to `costs` what it takes, where its arguments are meant."""

    def counted(*given: Any, **named: Any) -> Any:
        if not is_meant(given):
            return work(*given, **named)
        with spent(costs, phase):
            return work(*given, **named)

    return counted


def _cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    if sys.argv[1:2] in (["--make"], ["--bare"]):
        print(json.dumps({"--make": make, "--bare": bare}[sys.argv[1]](Path(sys.argv[2]))))
    else:
        sys.exit(main())
