"""The work is done on a Dask cluster as it is done here: byte for byte, whichever worker is lost."""

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from distributed import Client, LocalCluster
from small_archive import ROUND, archived, listed, registry_in

from pipelines import cluster as cluster_module
from pipelines.cluster import Cluster
from pipelines.engine import InProcess, Processes, executor_for
from pipelines.errors import ClusterError
from pipelines.operating.exits import Exit
from pipelines.operating.failures import exit_for
from pipelines.operating.progress import Quiet
from pipelines.scope import Scope
from pipelines.steps.understanding_warcs import understand_warcs
from pipelines.understand import understand_round


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    """Two workers on loopback, each a process of its own."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        yield local


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The captures of the small archive: to copy, never to change."""
    folder = tmp_path_factory.mktemp("captured")
    return archived(folder / "data", registry_in(folder))


def understood(captured: Path, data: Path) -> dict[str, bytes]:
    """Understand a copy of the captures; return the bytes of every file that came of it."""
    shutil.copytree(captured, data)
    understand_round(data, ROUND, registry_in(data), jobs=2)
    return {
        str(path.relative_to(data)): path.read_bytes() for path in sorted((data / "core").rglob("*.parquet"))
    }


def test_a_cluster_writes_the_bytes_that_this_process_would(
    workers: LocalCluster, captured: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """One variable of the environment says where the work is done."""
    monkeypatch.setenv("BASKYCH_EXECUTOR", "in-process")
    here = understood(captured, tmp_path / "here")
    monkeypatch.setenv("BASKYCH_EXECUTOR", workers.scheduler_address)

    assert here
    assert here == understood(captured, tmp_path / "there")


def understood_list(listing: Path, folder: Path) -> dict[str, bytes]:
    """Understand a list of WARC files below `folder`; return the bytes of every file that came of it."""
    folder.mkdir()
    scope = Scope(registry=registry_in(folder), registry_file=None, data=folder / "data", round_id=ROUND)
    read = understand_warcs(scope, listing, None, Quiet(), jobs=2)
    read.refuse_failures()
    files = (
        path for name in ("captures", "core", "readings/warcs") for path in (scope.data / name).rglob("*")
    )
    return {str(path.relative_to(scope.data)): path.read_bytes() for path in files if path.is_file()}


def test_a_list_of_warc_files_comes_out_the_same_wherever_it_is_read(
    workers: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Captures, core and the rows of each file: here, in processes, on a cluster."""
    listing = listed(tmp_path / "archive")
    came = {}
    for number, where in enumerate(("in-process", "processes", workers.scheduler_address)):
        monkeypatch.setenv("BASKYCH_EXECUTOR", where)
        came[where] = understood_list(listing, tmp_path / str(number))

    assert came["in-process"]
    assert came["in-process"] == came["processes"] == came[workers.scheduler_address]


def test_a_lost_worker_costs_its_task_and_nothing_else(workers: LocalCluster):
    """What it was at is done again by another."""

    def nap(number: int) -> tuple[int, int]:
        time.sleep(0.3)
        return number, os.getpid()

    with Client(workers) as client:
        victim = next(iter(client.run(os.getpid).values()))
    ends = Cluster(workers.scheduler_address).run(nap, range(6))
    first = next(ends)
    os.kill(victim, signal.SIGKILL)

    assert list(range(6)) == sorted(number for number, _ in (first, *ends))


def test_more_tasks_than_the_scheduler_may_hold_are_all_done(
    workers: LocalCluster, monkeypatch: pytest.MonkeyPatch
):
    """A list of files may be as long as an archive: tasks are handed over as others end."""
    monkeypatch.setattr(cluster_module, "_AHEAD", 2)

    assert [*range(7)] == sorted(Cluster(workers.scheduler_address).run(int, [*"0123456"]))


def test_a_task_that_fails_fails_the_run(workers: LocalCluster):
    """Its own error arrives: it is no fault of the cluster."""
    with pytest.raises(ValueError, match="invalid literal"):
        list(Cluster(workers.scheduler_address).run(int, ["1", "one"]))


def test_a_worker_with_other_code_is_refused(workers: LocalCluster, monkeypatch: pytest.MonkeyPatch):
    """Its results would be others, whenever it joined."""
    monkeypatch.setattr(cluster_module, "code_version", lambda: "another")

    with pytest.raises(ClusterError, match="runs other code than the machine that asked"):
        list(Cluster(workers.scheduler_address).run(int, ["1"]))


def test_21_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch):
    """With what to start, and a number for programs."""
    monkeypatch.setattr(cluster_module, "_PATIENCE", 0.3)
    with pytest.raises(ClusterError, match=r"tcp://127.0.0.1:9: no scheduler with a worker answers") as said:
        list(Cluster("tcp://127.0.0.1:9").run(int, ["1"]))

    assert Exit.CLUSTER_FAILED is exit_for(said.value)


def test_what_names_no_executor_is_refused(monkeypatch: pytest.MonkeyPatch):
    """A typing error must not do the work elsewhere than was meant."""
    monkeypatch.setenv("BASKYCH_EXECUTOR", "proceses")
    with pytest.raises(ClusterError, match="BASKYCH_EXECUTOR=proceses: expected in-process, processes, or"):
        executor_for(2)


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch):
    """It is no part of the ordinary environment."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "pipelines.cluster")
    with pytest.raises(ClusterError, match=r"baskych\[distributed\]"):
        executor_for(2, "tcp://127.0.0.1:8786")


@pytest.mark.parametrize(
    ("jobs", "where", "kind"),
    [(1, None, InProcess), (2, None, Processes), (2, "in-process", InProcess), (1, "processes", InProcess)],
)
def test_the_work_is_done_here_unless_something_else_is_said(jobs: int, where: str | None, kind: type):
    """In as many processes as were asked for."""
    assert isinstance(executor_for(jobs, where), kind)


@contextmanager
def one_is_killed(turn: int) -> Iterator[str]:
    """Two workers, one of which is killed a moment later, by the turn; yield the scheduler's address."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        with Client(local) as client:
            victim = list(client.run(os.getpid).values())[turn % 2]
        killer = threading.Timer(turn * 0.15, os.kill, (victim, signal.SIGKILL))
        killer.start()
        yield local.scheduler_address
        killer.join()


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(20))
def test_whichever_moment_a_worker_is_killed_at_the_round_is_whole(
    captured: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int
):
    """Twenty moments of a round; the files are those of a run that nothing disturbed."""
    quiet = understood(captured, tmp_path / "quiet")
    with one_is_killed(turn) as address:
        monkeypatch.setenv("BASKYCH_EXECUTOR", address)
        disturbed = understood(captured, tmp_path / "disturbed")

    assert quiet == disturbed


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(20))
def test_whichever_moment_a_worker_is_killed_at_a_list_of_files_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int
):
    """What it was at, a file or a site, is done by another; all else stays as it was."""
    listing = listed(tmp_path / "archive")
    quiet = understood_list(listing, tmp_path / "quiet")
    with one_is_killed(turn) as address:
        monkeypatch.setenv("BASKYCH_EXECUTOR", address)
        disturbed = understood_list(listing, tmp_path / "disturbed")

    assert quiet == disturbed
