"""Sensors that write a digest after every run, however it ended, and send it where the environment says."""

import os
from collections.abc import Sequence

import dagster as dg

from crawlers.stores.reach import told
from pipelines.defs.freshness import WATCH
from pipelines.defs.on_store import at_the_desk, seen_anew
from pipelines.defs.partitions import round_of
from pipelines.scope import Scope

TIDY = "tidy"
_ENDS = {
    "digest_of_success": dg.DagsterRunStatus.SUCCESS,
    "digest_of_failure": dg.DagsterRunStatus.FAILURE,
    "digest_of_stopped": dg.DagsterRunStatus.CANCELED,
}


def digest_sensors(scope: Scope) -> Sequence[dg.SensorDefinition]:
    """Return a sensor for each way in which a run can end; they run from the first start."""
    return [_sensor(scope, name, status) for name, status in _ENDS.items()]


def _sensor(scope: Scope, name: str, status: dg.DagsterRunStatus) -> dg.SensorDefinition:
    @dg.run_status_sensor(
        run_status=status,
        name=name,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Write a digest of the run to DATA/digests, and send it where BASKYCH_DIGEST_… says.",
    )
    def digest(context: dg.RunStatusSensorContext) -> dg.SkipReason | None:
        from pipelines.defs.stories import story_of  # noqa: PLC0415 - the definitions must not wait for it
        from pipelines.desk.post import tell  # noqa: PLC0415 - nor for this

        run = context.dagster_run
        if not is_worth_telling(scope, run):
            return dg.SkipReason(f"{run.job_name}: nothing that anybody must know")
        of_round = scope.at(round_of(run) or scope.round_id)
        with at_the_desk(of_round):
            written = tell(of_round, story_of(context.instance, run.run_id), os.environ)
        context.log.info("written: %s", told(written))
        return None

    return digest


def is_worth_telling(scope: Scope, run: dg.DagsterRun) -> bool:
    """Return whether the end of `run` is news: tidying never is, watching only where a site is stale."""
    from pipelines.desk.silence import look  # noqa: PLC0415 - the definitions must not wait for it

    if run.status != dg.DagsterRunStatus.SUCCESS:
        return True
    if run.job_name == WATCH:
        with seen_anew(scope):
            return any(site.is_stale for site in look(scope))
    return run.job_name != TIDY
