"""What Dagster's log knows of a run, as the `Story` that its digest is made from."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal

import dagster as dg
from dagster._core.events import DagsterEvent
from dagster_shared.error import SerializableErrorInfo

from pipelines.desk.digest import FailedCheck, Story
from pipelines.desk.errors import DigestError

_STATUS: dict[dg.DagsterRunStatus, Literal["success", "failure", "canceled"]] = {
    dg.DagsterRunStatus.SUCCESS: "success",
    dg.DagsterRunStatus.CANCELED: "canceled",
}


def story_of(instance: dg.DagsterInstance, run_id: str) -> Story:
    """Return what `instance` knows of the run: how it ended, where it failed and why, what it published.

    Raises:
        DigestError: it does not know the run.
    """
    record = instance.get_run_record_by_id(run_id)
    if record is None:
        raise DigestError(f"run {run_id}: Dagster remembers none of this id")
    events = [entry.dagster_event for entry in instance.all_logs(run_id) if entry.dagster_event]
    failed = next((event for event in events if event.is_step_failure), None)
    cause = _cause(failed.step_failure_data.error) if failed else None
    return Story(
        run_id=run_id,
        job=_job(record.dagster_run),
        status=_STATUS.get(record.dagster_run.status, "failure"),
        began_at=_moment(record.start_time or record.create_timestamp.timestamp()),
        ended_at=_moment(record.end_time or record.update_timestamp.timestamp()),
        failed_step=failed.step_key if failed else None,
        error_kind=cause.cls_name if cause else None,
        why=_why(cause, events),
        version=_version(events),
        failed_checks=tuple(_failed_checks(events)),
    )


def _job(run: dg.DagsterRun) -> str:
    """Return the job's name; a run of assets has a name that is Dagster's own, so theirs are told."""
    if run.asset_selection:
        return ", ".join(sorted(key.to_user_string() for key in run.asset_selection))
    return run.job_name


def _cause(error: SerializableErrorInfo | None) -> SerializableErrorInfo | None:
    """Return what was raised by us, under what Dagster wrapped around it; what that came from is its own."""
    while error is not None and error.cause is not None and str(error.cls_name).startswith("Dagster"):
        error = error.cause
    return error


def _why(cause: SerializableErrorInfo | None, events: Sequence[DagsterEvent]) -> str | None:
    """Return the error's own words, or those with which the run was ended from outside."""
    if cause is not None:
        kind, _, words = cause.message.strip().partition(": ")
        return words if kind.endswith(str(cause.cls_name)) else cause.message.strip()
    ended = (event.message for event in events if event.is_failure and not event.is_step_failure)
    return next(ended, None)


def _version(events: Sequence[DagsterEvent]) -> str | None:
    """Return the version of the release that the run made."""
    for event in events:
        if event.is_step_materialization and event.asset_key == dg.AssetKey("release"):
            version = event.step_materialization_data.materialization.metadata.get("version")
            return str(version.value) if version else None
    return None


def _failed_checks(events: Sequence[DagsterEvent]) -> Iterator[FailedCheck]:
    """Return the checks that failed in the run, with what they found."""
    for event in events:
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            found = event.asset_check_evaluation_data
            if not found.passed:
                yield FailedCheck(
                    name=found.check_name,
                    is_error=found.severity == dg.AssetCheckSeverity.ERROR,
                    found="; ".join(f"{name}: {value.value}" for name, value in found.metadata.items()),
                )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
