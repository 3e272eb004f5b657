"""Run the same work on many sites: here, or several at once in other processes or on other machines.

The work is a function of one task that writes its own files, so neither the engine nor the order in which
tasks end changes any result.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Protocol, TypeVar

from pipelines.errors import ClusterError
from pipelines.operating import logs

Task = TypeVar("Task")
Result = TypeVar("Result")


class Executor(Protocol):
    """Whoever does the work."""

    def run(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield the result of `work` on each task, as they end; an exception ends the run."""


class InProcess:
    """One task after another, here."""

    def run(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield the result of `work` on each task, in their order."""
        return map(work, tasks)


class Processes:
    """Several tasks at once, each in a process of its own kind; `work` must be a module's function."""

    def __init__(self, count: int) -> None:
        """Use `count` processes."""
        self._count = count

    def run(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield the result of `work` on each task, as they end."""
        with ProcessPoolExecutor(
            min(self._count, len(tasks) or 1),
            mp_context=get_context("spawn"),
            initializer=logs.in_worker,
            initargs=(logging.getLogger().getEffectiveLevel(),),
        ) as pool:
            futures = [pool.submit(work, task) for task in tasks]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


def executor_for(jobs: int, where: str | None = None) -> Executor:
    """Return the executor that `where` names; without it, what `BASKYCH_EXECUTOR` names.

    `in-process`, `processes` (as many as `jobs`; in this process where that is one), or the address of a Dask
    scheduler, such as `tcp://10.0.0.1:8786`.

    Raises:
        ClusterError: it is none of these, or Dask is asked for and not installed.
    """
    where = where or os.environ.get("BASKYCH_EXECUTOR") or "processes"
    if where in ("in-process", "processes"):
        return Processes(jobs) if jobs > 1 and where == "processes" else InProcess()
    if "://" not in where:
        raise ClusterError(
            f"BASKYCH_EXECUTOR={where}: expected in-process, processes, or a scheduler's address such as"
            " tcp://10.0.0.1:8786"
        )
    try:
        from pipelines.cluster import Cluster  # noqa: PLC0415 - Dask is an extra that few need
    except ModuleNotFoundError as missing:
        raise ClusterError(
            f"{where}: {missing}; `pip install 'baskych[distributed]'` brings Dask"
        ) from missing
    return Cluster(where)
