"""The steps that make all anew from the captures."""

import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from crawlers.stores.forgetting import forget
from pipelines.operating.progress import Reporter
from pipelines.rounds.kept_readings import READINGS
from pipelines.scope import Scope
from pipelines.steps.building import build
from pipelines.steps.publishing import publish
from pipelines.steps.understanding import understand
from pipelines.steps.workplace import at_work
from warehouse.approvals import refuse_what_nobody_approves
from warehouse.build import WAREHOUSE
from warehouse.engine import remove_database
from warehouse.release import Release
from warehouse.settled import SETTLED


def forget_what_follows(data: Path) -> None:
    """Remove what was understood and built; captures and releases stay. It can all be made again."""
    with at_work(data):
        for folder in ("core", READINGS):
            shutil.rmtree(data / folder, ignore_errors=True)
        for name in (WAREHOUSE, SETTLED):
            remove_database(data / name)
        forget(data, "core/*", f"{READINGS}/*", WAREHOUSE, SETTLED)


def rebuild(  # noqa: PLR0913 - two of them tune the run, not the work
    scopes: Sequence[Scope],
    data: Path,
    reporter: Reporter,
    *,
    jobs: int | None = None,
    threads: int | None = None,
    approved: Collection[str] = (),
) -> Release:
    """Redo, offline, all that follows from the captures of `scopes`: all rounds and countries in `data`.

    Raises:
        ChecksFailedError: as `publish`. ApprovalError: as `publish`, before anything is removed.
    """
    refuse_what_nobody_approves(approved)
    with at_work(data):
        forget_what_follows(data)
        for scope in scopes:
            understand(scope, reporter, jobs)
        build(data, reporter, threads)
        return publish(data, reporter, threads, approved)
