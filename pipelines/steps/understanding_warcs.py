"""The step that understands a list of WARC files, such as a web archive publishes, as one job."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.archives.warc_list import ListedWarc, read_warc_list
from crawlers.errors import ArchiveError
from crawlers.stores.mirror import bring
from pipelines.operating.progress import Reporter
from pipelines.rounds.core_files import captured_sites
from pipelines.scope import Scope
from pipelines.steps.understanding import understand_round, understand_sites
from pipelines.steps.workplace import at_work
from pipelines.today import refuse_months_to_come
from pipelines.warcs.file_reading import FileRead
from pipelines.warcs.job import WarcJob, gather_sites, read_files, site_tasks
from pipelines.warcs.pace import Pace

_MOST_TOLD = 10  # failures


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcsRead:
    """What came of the files of a list."""

    listing: str | Path
    files: Sequence[FileRead]

    def __str__(self) -> str:
        """Return it in words."""
        pages = sum(read.note.pages for read in self.files)
        whole = [read for read in self.files if read.note.failure is None]
        before = sum(read.was_done for read in self.files)
        return f"{len(whole)} of {len(self.files)} WARC files read ({before} by earlier runs): {pages} pages"

    def refuse_failures(self) -> None:
        """End with an error where not all files could be read.

        Raises:
            ArchiveError: names the first of them, and why.
        """
        failures = [read.note.failure for read in self.files if read.note.failure]
        if failures:
            more = [f"and {len(failures) - _MOST_TOLD} more"] if len(failures) > _MOST_TOLD else []
            raise ArchiveError(
                f"{self.listing}: of {len(self.files)} files {len(failures)} could not be read, so nothing of"
                " them was taken; all others are understood:\n  "
                + "\n  ".join([*failures[:_MOST_TOLD], *more])
            )


def understand_warcs(
    scope: Scope,
    listing: str | Path,
    prefix: str | Path | None,
    reporter: Reporter,
    jobs: int | None = None,
) -> WarcsRead:
    """Understand the pages of the registry's sites in the files that `listing` names, and conclude the round.

    The list and its files may be on a server (s3://…). Without a registry's sites, those of all hosts. Sites
    that the round has captures of from elsewhere are understood as always. Files that cannot be read are told
    by what is returned.

    Raises:
        UsageError: the round is of a month to come.
        ArchiveError: the list cannot be read, or no file has a record of a site.
        ClusterError: the cluster that was to do the work cannot.
        LockHeldError, NotWritableError: as `at_work`.
    """
    refuse_months_to_come(scope)
    warcs = read_warc_list(listing, prefix)
    job = WarcJob(
        data=scope.data,
        round_id=scope.round_id,
        registry=scope.registry,
        jobs=jobs or os.cpu_count() or 1,
    )
    with at_work(scope.data):
        done = WarcsRead(listing=listing, files=_read(job, warcs, reporter))
        if not any(read.note.sites for read in done.files):
            done.refuse_failures()
            raise ArchiveError(f"{listing}: its files have no record of a site of {scope.country_id}")
        gathered = _gather(job, warcs, done, reporter)
        bring(scope.data, f"captures/{scope.round_id}/{scope.country_id}-*", but="captures/*.warc.gz")
        _understand_others(scope, gathered, reporter, job.jobs)
        understand_round(scope, reporter)
    return done


def _understand_others(scope: Scope, gathered: Collection[str], reporter: Reporter, jobs: int) -> None:
    """Understand the sites that the round has captures of, but the files had no record."""
    captured = captured_sites(scope.data, scope.round_id, scope.country_id)
    others = [site_id for site_id in captured if site_id not in gathered]
    if others:
        understand_sites(scope.at(scope.round_id, others), reporter, jobs)


def _read(job: WarcJob, warcs: Sequence[ListedWarc], reporter: Reporter) -> list[FileRead]:
    sizes = {warc.name: warc.path.stat().st_size if warc.path.is_file() else 0 for warc in warcs}
    # Those on a server are not asked for one by one before the work: of them nothing is known to be left.
    pace = Pace(sum(sizes.values()))
    with reporter.step("read", len(warcs)) as step:

        def tell(read: FileRead) -> None:
            if read.was_done:
                pace.passed_by(sizes[read.name])
                step.finished(read.name, "was read before")
                return
            speed = pace.read(sizes[read.name] or read.note.bytes, read.note.pages)
            step.finished(read.name, f"{read.note.failure or f'{read.note.pages} pages'}; {speed}")

        return read_files(job, warcs, tell)


def _gather(job: WarcJob, warcs: Sequence[ListedWarc], done: WarcsRead, reporter: Reporter) -> set[str]:
    """Gather all sites; return their ids."""
    tasks = site_tasks(job, warcs, done.files)
    with reporter.step("understand", len(tasks)) as step:
        gather_sites(
            job,
            tasks,
            lambda counts: step.finished(
                counts.site_id, f"{counts.page_count} pages, {counts.finding_count} findings"
            ),
        )
    return {task.site_id for task in tasks}
