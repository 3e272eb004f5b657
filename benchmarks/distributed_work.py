"""Read a list of WARC files in one process, in two, and on two Dask workers: the same files, how fast.

`python benchmarks/distributed_work.py [full]`: pages of the corpus as an archive; `full` is work of two
minutes in one process. Each run is `baskych understand --warcs` as a person would start it, with its start;
the workers are there before, as on a cluster.

Efficiency is the time in one process by twice that with two. Others may use the machine, so it is told twice:
by the clock, and by CPU time, as if each process had a core to itself: what the caller needs and what the
busier worker needs, one after the other. The second is the stricter on a machine that is free (the caller and
the workers are at work at the same time), and says the same on one that is not: it is what is asked about.
"""

import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import dask
from distributed import Client, LocalCluster

from benchmarks.archive.written import CORPUS, ROUND, of_corpus, write_archive

_SITES = 20
_COPIES = {"full": 20, "": 3}  # of the corpus
_OF_EACH = 100  # pages of a WARC file
_ASKED = 0.85
_WRITTEN = ("captures", "core", "readings/warcs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run took, and what it wrote."""

    wall: float  # seconds
    cpu: tuple[float, ...]  # seconds: the caller's with its children, then each worker's
    digest: str

    @property
    def on_own_cores(self) -> float:
        """Seconds that it takes at most where each process has a core."""
        return self.cpu[0] + max(self.cpu[1:], default=0.0)


def main() -> int:
    """Print a row for each way; return 1 where the files differ or Dask costs more than is asked."""
    if not CORPUS.is_dir():
        print("distributed work | skipped: the corpus of real pages is not here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        pages = of_corpus(_COPIES["".join(sys.argv[1:2])], _SITES)
        listing = write_archive(here / "archive", pages, _OF_EACH)
        costs = {name: _cost(listing, here / name, name) for name in ("in-process", "processes")}
        with _workers() as (address, cpu_seconds):
            costs["Dask"] = _cost(listing, here / "dask", address, cpu_seconds)
    return _told(costs)


def _told(costs: dict[str, Cost]) -> int:
    one, dask = costs["in-process"], costs["Dask"]
    for name, cost in costs.items():
        spent = " + ".join(f"{each:.1f}" for each in cost.cpu)
        print(f"distributed work | {name}: {cost.wall:.1f} s, {spent} CPU-s | SHA-256 {cost.digest[:16]}")
    efficiency = one.on_own_cores / 2 / dask.on_own_cores
    print(
        f"distributed work | efficiency of two Dask workers {efficiency:.2f} by CPU time (asked: {_ASKED}),"
        f" {one.wall / 2 / dask.wall:.2f} by the clock, where two plain processes have"
        f" {one.wall / 2 / costs['processes'].wall:.2f}; all CPU time by that of two processes"
        f" {sum(dask.cpu) / sum(costs['processes'].cpu):.2f}"
    )
    return int(len({cost.digest for cost in costs.values()}) > 1 or efficiency < _ASKED)


def _cost(listing: Path, data: Path, where: str, workers: Callable[[], list[float]] = list) -> Cost:
    """Understand the list as a person would; return what that took, with what the `workers` spent on it."""
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "understand", "--quiet"]
    command += ["--warcs", str(listing), "--round", ROUND, "--data", str(data), "--jobs", "2"]
    environment = os.environ | {"BASKYCH_EXECUTOR": where, "PYTHONPATH": str(Path(__file__).parents[1])}
    before, at_work, begun = _children(), workers(), time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
    wall, cpu = time.perf_counter() - begun, _children() - before
    spent = (after - earlier for after, earlier in zip(workers(), at_work, strict=True))
    return Cost(wall=wall, cpu=(cpu, *spent), digest=_digest(data))


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _digest(data: Path) -> str:
    """One digest of every file that was written, with its name."""
    digest = hashlib.sha256()
    for path in sorted(path for name in _WRITTEN for path in (data / name).rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(data)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


@contextmanager
def _workers() -> Iterator[tuple[str, Callable[[], list[float]]]]:
    """Two workers on loopback; yield the scheduler's address, and what tells the CPU seconds of each."""
    with (
        dask.config.set({"distributed.worker.profile.enabled": False}),  # as the runbook starts workers
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local,
        Client(local) as client,
    ):
        yield local.scheduler_address, lambda: [sum(each[:4]) for each in client.run(os.times).values()]


if __name__ == "__main__":
    sys.exit(main())
