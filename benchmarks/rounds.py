"""Build round after round: what one more round costs, in time and memory, after few rounds and after many.

`python benchmarks/rounds.py [500 [60 [100]]]`: sites, rounds, services of each site. 500 x 60 x 100 are three
million service rows. Each round is written and then built by a process of its own, as a monthly run would;
at the end all rounds are taken again from nothing. Issue 6 asks that memory stays flat in the number of
rounds and that time goes with what is new.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
DEFAULTS = (500, 60, 100)  # sites, rounds, services of each site
MEMORY_LIMIT = "1GB"  # DuckDB's
EARLY = 5  # the round that later ones are compared with: the first ones have no history
MOST_GROWTH = 1.25  # of memory, from that round to the last
MOST_SLOWING = 1.5  # of time, while the history grows twelvefold


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a build cost."""

    cpu: float  # seconds
    wall: float  # seconds
    peak: float  # MB of memory

    def said(self) -> str:
        """Return it in words."""
        return f"{self.cpu:6.1f} CPU-s | {self.wall:6.1f} s | {self.peak:6.0f} MB"


def child(data: Path) -> None:
    """Build, and print CPU seconds, wall seconds and peak memory in MB."""
    from warehouse.build import build  # noqa: PLC0415 - only this process needs it

    begun = time.perf_counter()
    build(data, threads=2, memory_limit=MEMORY_LIMIT)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1024)


def built(data: Path) -> Cost:
    """Build in a process of its own; return what it cost."""
    ours = [sys.executable, __file__, "--child", str(data)]
    said = subprocess.run(ours, capture_output=True, text=True, check=True).stdout  # noqa: S603 - ourselves
    cpu, wall, peak = (float(each) for each in said.splitlines()[-1].split())
    return Cost(cpu=cpu, wall=wall, peak=peak)


def main() -> int:
    """Build each round; return 0 when time and memory keep to what is asked."""
    given = [int(each) for each in sys.argv[1:]]
    sites, rounds, services = (*given, *DEFAULTS[len(given) :])
    data = Path(tempfile.mkdtemp(prefix="rounds-"))
    try:
        costs = list(monthly(data, sites, rounds, services))
        (data / "settled.duckdb").unlink(missing_ok=True)
        anew = built(data)
        size = (data / "warehouse.duckdb").stat().st_size
    finally:
        shutil.rmtree(data, ignore_errors=True)
    early, late = costs[EARLY - 1], costs[-1]
    slowing, growth = max(each.cpu for each in costs[-3:]) / early.cpu, late.peak / early.peak
    print(f"rounds: {sites} sites x {rounds} rounds = {sites * rounds * services} service rows")
    print(f"  one more round costs {slowing:.2f} x the CPU and {growth:.2f} x the memory of round {EARLY}")
    print(f"  all anew: {anew.said()}; warehouse {size / 1e6:.0f} MB")
    return 0 if slowing <= MOST_SLOWING and max(growth, anew.peak / early.peak) <= MOST_GROWTH else 1


def monthly(data: Path, sites: int, rounds: int, services: int) -> Iterator[Cost]:
    """Write round after round below `data`, build each, print and yield what that costs."""
    from benchmarks.history.country import Country  # noqa: PLC0415 - children need none of it
    from benchmarks.history.files import begin, write_round  # noqa: PLC0415 - nor this

    country = Country(sites=sites, services=services)
    begin(country, data)
    for number in range(1, rounds + 1):
        write_round(country, data, number)
        cost = built(data)
        print(f"round {number:2} | {cost.said()}", flush=True)
        yield cost


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]))
    else:
        sys.exit(main())
