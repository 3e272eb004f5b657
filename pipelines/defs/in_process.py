"""Run the harvest job here and now, without Dagster's servers: what `baskych run` does."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import dagster as dg
import structlog
from dagster._core.instance.ref import InstanceRef
from dagster._core.utils import make_new_run_id

from pipelines.defs.harvest import harvest_job
from pipelines.defs.runtimes import UNBOUNDED
from pipelines.defs.stories import story_of
from pipelines.desk.errors import DigestError
from pipelines.desk.post import tell
from pipelines.operating import logs
from pipelines.operating.progress import Reporter
from pipelines.scope import Scope
from pipelines.steps import workplace
from pipelines.today import refuse_months_to_come

log = structlog.get_logger(__name__)
# The terminal has its own progress; Dagster's copy of its events would only hide it.
_QUIET_CONSOLE = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
# Dagster would lead standard error into a file, and the progress bar with it.
_TERMINAL_STAYS = {
    "module": "dagster._core.storage.noop_compute_log_manager",
    "class": "NoOpComputeLogManager",
}
# A daemon that shares this instance must neither end nor start again what a person is looking at.
_LEFT_ALONE = {"dagster/max_retries": "0", **UNBOUNDED}


def run_harvest(scope: Scope, reporter: Reporter, environment: Mapping[str, str]) -> None:
    """Harvest, understand, build, check and publish the round of `scope`, telling `reporter`.

    The run is remembered under `DAGSTER_HOME` where a `dagster.yaml` is, so that Dagster's page shows it too.

    Raises:
        Whatever a step raises.
    """
    mark = {"baskych/data": str(scope.data)}
    with workplace.at_work(scope.data), _instance(environment.get("DAGSTER_HOME")) as instance:
        refuse_months_to_come(scope)  # of which Dagster has no partition
        logs.through_logging()
        _close_broken_off(instance, mark)
        run_id = make_new_run_id()
        try:
            harvest_job(scope, reporter, pool=None).execute_in_process(
                partition_key=scope.round_id,
                instance=instance,
                run_config=_QUIET_CONSOLE,
                tags=_LEFT_ALONE | mark,
                run_id=run_id,
            )
        finally:
            _tell(scope, instance, run_id, environment)


def _tell(scope: Scope, instance: dg.DagsterInstance, run_id: str, environment: Mapping[str, str]) -> None:
    """Write and send the run's digest: Dagster's sensors hear only of runs that its daemon started.

    A failure of that must not hide the run's own; it is told in the log.
    """
    try:
        tell(scope, story_of(instance, run_id), environment)
    except DigestError as problem:
        log.warning("digest_not_written", problem=str(problem))


@contextlib.contextmanager
def _instance(home: str | None) -> Iterator[dg.DagsterInstance]:
    """Open what Dagster remembers; paths in `dagster.yaml` are relative to its own folder."""
    if not home or not (Path(home) / "dagster.yaml").is_file():
        with dg.DagsterInstance.ephemeral() as instance:
            yield instance
        return
    known = InstanceRef.from_dir(home, overrides={"compute_logs": _TERMINAL_STAYS})
    with contextlib.chdir(home), dg.DagsterInstance.from_ref(known) as instance:
        yield instance


def _close_broken_off(instance: dg.DagsterInstance, mark: Mapping[str, str]) -> None:
    """Write down as failed what was killed before it could say so: we hold the lock, so it runs no more."""
    broken_off = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED], tags=dict(mark))
    for run in instance.get_runs(broken_off):
        instance.report_run_failed(run, "The process of this run was ended from outside.")
