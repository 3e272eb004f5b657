"""Which of Dagster's runs may go: what a newer run of the same work has replaced, and failures long past.

The newest run of a work that ended well is never removed: by it Dagster's page knows that a round is there.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.desk.words import Keeping

_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run that is over."""

    run_id: str
    work: Hashable  # what it did: its job or assets, and their round and sites
    is_success: bool
    ended_at: datetime


def superfluous(runs: Sequence[PastRun], now: datetime, keep: Keeping) -> Sequence[PastRun]:
    """Return the runs that may be removed at `now`, the oldest first."""
    newest: dict[Hashable, PastRun] = {}
    for run in sorted(runs, key=lambda run: run.ended_at):
        if run.is_success:
            newest[run.work] = run
    kept = {run.run_id for run in newest.values()}

    def is_past(run: PastRun) -> bool:
        months = keep.months if run.is_success else keep.failed_months
        return run.ended_at < now - months * _MONTH

    gone = [run for run in runs if run.run_id not in kept and is_past(run)]
    return sorted(gone, key=lambda run: run.ended_at)
