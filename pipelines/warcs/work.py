"""Do a task of the job on whichever machine: in a folder that all see, or from a store and to it.

At a store a worker takes what the task rests on, and uploads what it made; whoever gave the task lists that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from crawlers.captures_io import CAPTURES_FILE
from crawlers.politeness.state import state_folder
from crawlers.stores.address import address_of
from crawlers.stores.folders import WORKPLACES
from crawlers.stores.index import REST
from crawlers.stores.listing import Changes
from crawlers.stores.unit import unit, uploaded
from crawlers.storing.manifest import MANIFEST_FILE
from pipelines.rounds.kept_readings import READINGS
from pipelines.rounds.site_reading import SiteCounts
from pipelines.warcs.file_reading import FileRead, FileTask, read_file
from pipelines.warcs.file_rows import note_file, rows_file
from pipelines.warcs.site_gathering import SiteTask, gather, note_of_site

Task = TypeVar("Task", FileTask, SiteTask)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[Task]):
    """A task, and the address of the store that it is of; None: every worker sees its folder."""

    task: Task
    store: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[Result]):
    """What came of a task, and what is on the store and not listed yet."""

    result: Result
    made: Changes


def file_done(work: Work[FileTask]) -> Done[FileRead]:
    """Read a WARC file.

    Raises:
        As `read_file`. StoreError: the store cannot be asked.
    """
    task = work.task
    if work.store is None:
        return Done(result=read_file(task), made={})
    note = note_file(rows_file(task.folder, task.warc))
    with _at(work.store, task, _under(task.data, note)) as data:
        read = read_file(replace(task, data=data, folder=data / _under(task.data, task.folder)))
        made = uploaded(data)
    return Done(result=replace(read, rows=task.folder / read.rows.name), made=made)


def site_done(work: Work[SiteTask]) -> Done[SiteCounts]:
    """Gather a site. Of the rows of files its own are read, where they lie.

    Raises:
        As `gather`. StoreError: the store cannot be asked.
    """
    task = work.task
    if work.store is None:
        return Done(result=gather(task), made={})
    with _at(
        work.store,
        task,
        f"captures/*/{task.site_id}/{CAPTURES_FILE}",
        f"captures/{task.round_id}/{task.site_id}/{MANIFEST_FILE}",
        f"{READINGS}/{task.site_id}.sqlite",
        _under(task.data, note_of_site(task)),
    ) as data:
        files = tuple(replace(one, rows=data / _under(task.data, one.rows)) for one in task.files)
        there = replace(task, data=data, folder=data / _under(task.data, task.folder), files=files)
        counts = gather(there)
        return Done(result=counts, made=uploaded(data))


@contextmanager
def _at(store: str, task: FileTask | SiteTask, *patterns: str) -> Iterator[Path]:
    """Give a workplace of the store that knows the country's files, and has those that `patterns` name."""
    country = f"/{task.registry.country.id}"
    with unit(
        address_of(store),
        state_folder() / WORKPLACES,
        lambda group: group == REST or group.endswith(country),
        *patterns,
    ) as data:
        yield data


def _under(data: Path, path: Path) -> str:
    return path.relative_to(data).as_posix()
