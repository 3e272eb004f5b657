"""What `celery -A pipelines.defs.cluster.worker worker` does with a run of Dagster: give it its own process.

In the pool's process, where dagster-celery would do it, a run could start no others: reading pages on all
cores is forbidden there. Queue, broker and all else are those of the launcher in DAGSTER_HOME's dagster.yaml:
whoever sends runs and whoever takes them cannot differ.
"""

import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import dagster as dg
from celery import Celery
from dagster._grpc.types import ExecuteRunArgs
from dagster._serdes import serialize_value, unpack_value
from dagster_celery.config import TASK_EXECUTE_JOB_NAME
from dagster_celery.launcher import CeleryRunLauncher

from pipelines.operating.ui import HomeError

# Whatever ends the worker ends the run with it (prctl(2), PR_SET_PDEATHSIG), so that no run is done twice.
_ENDS_WITH_US = ("setpriv", "--pdeathsig", "KILL")


def app_of(instance: dg.DagsterInstance) -> Celery:
    """Return the Celery application that takes the runs which the launcher of `instance` sends.

    Raises:
        HomeError: its launcher sends none.
    """
    launcher = instance.run_launcher
    if not isinstance(launcher, CeleryRunLauncher):
        raise HomeError(
            f"{instance.root_directory}: its run_launcher is {type(launcher).__name__}; expected"
            " CeleryRunLauncher, as in pipelines/defs/cluster/dagster.yaml"
        )
    launcher.celery.task(name=TASK_EXECUTE_JOB_NAME, track_started=True)(execute_run)
    return launcher.celery


def execute_run(execute_job_args_packed: Any) -> None:
    """Execute the run that `CeleryRunLauncher` packed, by this Python and in this machine's DAGSTER_HOME.

    Raises:
        CalledProcessError: the run failed, or its process was killed: then Dagster learns of it from Celery.
    """
    sent = unpack_value(execute_job_args_packed, as_type=ExecuteRunArgs)
    ours = ExecuteRunArgs(
        job_origin=sent.job_origin, run_id=sent.run_id, instance_ref=None, set_exit_code_on_failure=True
    )
    command = [*_ENDS_WITH_US, sys.executable, "-m", "dagster", "api", "execute_run", serialize_value(ours)]
    if code := _until_it_ends(command):
        raise subprocess.CalledProcessError(code, ["dagster", "api", "execute_run", sent.run_id])


def _until_it_ends(command: Sequence[str]) -> int:
    """Run `command` and return its code; "Terminate" in Dagster's page comes as SIGTERM, and is passed on."""
    with subprocess.Popen(command) as process:  # noqa: S603 - our own interpreter, no shell
        before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            return process.wait()
        finally:
            signal.signal(signal.SIGTERM, before)


with dg.DagsterInstance.get() as _instance:
    app = app_of(_instance)
