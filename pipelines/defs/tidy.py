"""Remove what Dagster remembers of runs long past, with their logs. Captures and releases are not touched."""

from collections.abc import Hashable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
from pydantic import Field

from pipelines.defs.digests import TIDY
from pipelines.defs.runtimes import at_most
from pipelines.desk.retention import PastRun, superfluous
from pipelines.desk.words import Keeping, desk
from pipelines.scope import Scope

_OVER = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_ABOUT = ("dagster/partition", "dagster/asset_partition_range_start", "dagster/asset_partition_range_end")
_FIVE_ON_THE_TWENTIETH = "0 5 20 * *"  # no harvest begins near it


class Months(dg.Config):
    """For how long runs are kept, in the form of the run; the defaults are those of `desk.yml`."""

    months: int = Field(default=desk().keep.months, ge=1, description="Runs that a newer one has replaced.")
    failed_months: int = Field(default=desk().keep.failed_months, ge=1, description="Runs that failed.")


def tidy_job() -> dg.JobDefinition:
    """Return the job that removes runs long past."""

    @dg.op(out=dg.Out(dg.Nothing), description="Remove runs long past with their logs, and say which.")
    def tidy_runs(context: dg.OpExecutionContext, config: Months) -> None:
        keep = Keeping(months=config.months, failed_months=config.failed_months)
        runs = list(past_runs(context.instance))
        gone = superfluous(runs, datetime.now(UTC), keep)
        for run in gone:
            context.log.info("removed run %s of %s, ended %s", run.run_id, run.work, run.ended_at)
            remove(context.instance, run.run_id)
        context.add_output_metadata({"removed": len(gone), "kept": len(runs) - len(gone)})

    @dg.job(
        name=TIDY,
        tags=at_most("desk"),
        description="Remove what Dagster remembers of runs long past. No data are touched.",
    )
    def tidy() -> None:
        tidy_runs()

    return tidy


def monthly_tidy(scope: Scope, job: dg.JobDefinition) -> dg.ScheduleDefinition:
    """Return the schedule that tidies, once a month in the country's time zone."""
    return dg.ScheduleDefinition(
        name="monthly_tidy",
        job=job,
        cron_schedule=_FIVE_ON_THE_TWENTIETH,
        execution_timezone=scope.registry.country.time_zone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Keep Dagster's memory small; it touches no data, so it runs from the start.",
    )


def past_runs(instance: dg.DagsterInstance) -> Iterator[PastRun]:
    """Return the runs that are over, whenever they were."""
    for record in instance.get_run_records(dg.RunsFilter(statuses=_OVER)):
        run = record.dagster_run
        yield PastRun(
            run_id=run.run_id,
            work=_work(run),
            is_success=run.status == dg.DagsterRunStatus.SUCCESS,
            ended_at=datetime.fromtimestamp(record.end_time or record.create_timestamp.timestamp(), UTC),
        )


def remove(instance: dg.DagsterInstance, run_id: str) -> None:
    """Remove a run, its events and its logs; Dagster itself would leave the last two on the disk."""
    from dagster._core.storage.event_log.sqlite.sqlite_event_log import (  # noqa: PLC0415 - brings SQLAlchemy
        SqliteEventLogStorage,
    )

    instance.delete_run(run_id)
    instance.compute_log_manager.delete_logs(prefix=[run_id])
    storage = instance.event_log_storage
    if isinstance(storage, SqliteEventLogStorage):
        shard = Path(storage.path_for_shard(run_id))
        for path in shard.parent.glob(f"{shard.name}*"):  # SQLite's own files beside it too
            path.unlink()


def _work(run: dg.DagsterRun) -> Hashable:
    """Return what a run did: its job, or the assets that it made, and of which round and sites."""
    assets = sorted(key.to_user_string() for key in run.asset_selection or ())
    return (run.job_name, *assets, *(run.tags.get(tag, "") for tag in _ABOUT))
