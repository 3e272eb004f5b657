"""Do the work on many machines: a Dask cluster whose workers see the same data folder at the same path.

Started as Dask documents it: `dask scheduler` on one machine, `dask worker ADDRESS` on each. Every worker
must run this very code; then no result differs, however many there are and whichever is lost.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from distributed import Client, Future, KilledWorker, as_completed, get_worker

from pipelines.errors import ClusterError
from pipelines.operating import logs
from pipelines.rounds.reading_version import code_version

Task = TypeVar("Task")
Result = TypeVar("Result")
_AHEAD = (
    500  # tasks that the scheduler holds: each has its registry with it, and there may be 100,000 of them
)
_PATIENCE = 10.0  # seconds: for a scheduler to answer, and for a first worker to come


class Cluster:
    """Several tasks at once, each on a worker of a Dask scheduler."""

    def __init__(self, address: str) -> None:
        """Use the workers of the scheduler at `address`, such as `tcp://10.0.0.1:8786`."""
        self._address = address

    def run(self, work: Callable[[Task], Result], tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield the result of `work` on each task, as they end; a task whose worker is lost is done again.

        Raises:
            ClusterError: there is no scheduler or no worker, a worker runs other code, or a task's workers
                were lost as often as Dask allows (`distributed.scheduler.allowed-failures`).
        """
        waiting = iter(tasks)
        with self._connected() as client:
            futures: set[Future[Result]] = set()
            ends = as_completed(loop=client.loop)  # type: ignore[no-untyped-call]
            try:
                while True:
                    for task in islice(waiting, _AHEAD - len(futures)):
                        futures.add(future := client.submit(_done, code_version(), work, task, pure=False))
                        ends.add(future)  # type: ignore[no-untyped-call]
                    if not futures:
                        return
                    futures.remove(future := next(ends))
                    yield future.result()
            except KilledWorker as failure:
                raise ClusterError(
                    f"{self._address}: {failure}; expected workers that outlive a task: see their logs,"
                    " mostly it is memory"
                ) from failure
            finally:
                client.cancel([*futures])

    def _connected(self) -> Client:
        client: Client
        try:
            with contextlib.ExitStack() as closing:
                client = closing.enter_context(Client(self._address, timeout=_PATIENCE, set_as_default=False))  # type: ignore[no-untyped-call]
                client.wait_for_workers(1, timeout=_PATIENCE)
                closing.pop_all()
        except (OSError, TimeoutError, ValueError) as failure:
            raise ClusterError(
                f"{self._address}: no scheduler with a worker answers ({failure});"
                " expected `dask scheduler` there, and `dask worker` on each machine"
            ) from failure
        return client


def _done(code: str, work: Callable[[Task], Result], task: Task) -> Result:
    """Do one task on a worker, if it runs `code`; events go to the worker's own log."""
    if code_version() != code:
        raise ClusterError(
            f"{get_worker().address}: runs other code than the machine that asked;"
            " expected the same Baskych and the same libraries (locks/distributed.lock) everywhere"
        )
    logs.through_logging()
    return work(task)
