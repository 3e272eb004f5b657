"""Run the same work on many sites: one after another in this process, or several at once in others.

The work is a function of one task that writes its own files, so neither the engine nor the order in which
tasks end changes any result.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Protocol, TypeVar

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


def executor_for(jobs: int) -> Executor:
    """Return the executor that does `jobs` tasks at once."""
    return Processes(jobs) if jobs > 1 else InProcess()
