"""Understand a list of WARC files as one job: first each file by itself, then each of their sites.

Both are tasks of the executor (`pipelines.engine`): in this process, in several, or on a Dask cluster whose
machines see the files and the data folder at the same paths, or reach both on a server. A file and a site are
each written whole or not at all, so a run that was stopped, or that lost a worker, goes on where it was.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawlers.archives.warc_list import ListedWarc
from crawlers.sites import Registry
from crawlers.stores.listing import listing
from crawlers.stores.place import place_of
from pipelines.engine import executor_for
from pipelines.rounds.site_reading import SiteCounts
from pipelines.warcs.file_reading import FileRead, FileTask
from pipelines.warcs.file_rows import FOLDER
from pipelines.warcs.site_gathering import FileShare, SiteTask
from pipelines.warcs.work import Work, file_done, site_done


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcJob:
    """Where and for whom files are read."""

    data: Path
    round_id: str
    registry: Registry
    jobs: int  # tasks at once on this machine

    @property
    def store(self) -> str | None:
        """The address of the store that `data` is the workplace of; None: it is a folder."""
        place = place_of(self.data)
        return str(place.address) if place else None

    @property
    def folder(self) -> Path:
        """Where what comes of single files lies."""
        return self.data / FOLDER / self.round_id / self.registry.country.id


def read_files(
    job: WarcJob, warcs: Sequence[ListedWarc], on_file: Callable[[FileRead], None]
) -> list[FileRead]:
    """Read each of `warcs`; return what came of them, in their order. `on_file` hears of each as it ends.

    Raises:
        ClusterError: the cluster cannot do the work.
    """
    work = [Work(task=_file_task(job, warc), store=job.store) for warc in warcs]
    done: dict[str, FileRead] = {}
    with listing(job.data) as listed:
        for one in executor_for(min(job.jobs, len(work))).run(file_done, work):
            listed.add(one.made)
            on_file(one.result)
            done[one.result.name] = one.result
    return [done[warc.name] for warc in warcs]


def _file_task(job: WarcJob, warc: ListedWarc) -> FileTask:
    return FileTask(warc=warc, data=job.data, folder=job.folder, registry=job.registry, round_id=job.round_id)


def site_tasks(job: WarcJob, warcs: Sequence[ListedWarc], done: Sequence[FileRead]) -> list[SiteTask]:
    """Return a task for each site that the files have records of, by its id."""
    files: dict[str, list[FileShare]] = defaultdict(list)
    for warc, read in zip(warcs, done, strict=True):
        share = FileShare(warc=warc, rows=read.rows, sha256=read.note.sha256)
        for site_id in read.note.sites:
            files[site_id].append(share)
    return [
        SiteTask(
            site_id=site_id,
            files=tuple(files[site_id]),
            folder=job.folder,
            data=job.data,
            registry=job.registry,
            round_id=job.round_id,
        )
        for site_id in sorted(files)
    ]


def gather_sites(job: WarcJob, tasks: Sequence[SiteTask], on_site: Callable[[SiteCounts], None]) -> None:
    """Gather the site of each task; `on_site` hears of each when it is done.

    Raises:
        ArchiveError: a WARC file is not what it was when it was read. ClusterError: as `read_files`.
    """
    work = [Work(task=task, store=job.store) for task in tasks]
    with listing(job.data) as listed:
        for one in executor_for(min(job.jobs, len(work))).run(site_done, work):
            listed.add(one.made)
            on_site(one.result)
