"""Gather one site out of the WARC files that were read: its captures, then its files of the core.

Its records are put together as an import does it, and its pages need not be read again: what came of them
stands in the rows of the files. So its files are those of `baskych import` and `understand`, byte for byte.
A site that was gathered out of the same files, and whose captures are still those, is not gathered again.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import WarcRecord
from pydantic import ValidationError

from crawlers.archives.archived_capture import target_of
from crawlers.archives.gathering import gather_site
from crawlers.archives.warc_list import ListedWarc
from crawlers.registry.fields import Strict
from crawlers.sites import Registry
from crawlers.stores.mirror import bring
from crawlers.stores.reach import size_of
from crawlers.storing.manifest import MANIFEST_FILE
from crawlers.storing.recorder import Whose
from pipelines.judging.expertise import Knowledge
from pipelines.knowledge import load_knowledge
from pipelines.rounds.core_files import captures_folder, core_file
from pipelines.rounds.kept_readings import KeptReadings
from pipelines.rounds.reading_version import reading_version
from pipelines.rounds.same_dates import date_spans
from pipelines.rounds.site_reading import SITE_TABLES, SiteCounts, understand_site
from pipelines.warcs.file_rows import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShare:
    """A WARC file in which records of sites lie, and the rows that were made of it."""

    warc: ListedWarc
    rows: Path
    sha256: str  # of the WARC file


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTask:
    """A site to gather."""

    site_id: str
    files: tuple[FileShare, ...]  # in the list's order
    folder: Path  # of what comes of the files of this round and country
    data: Path
    registry: Registry
    round_id: str


class SiteNote(Strict):
    """What a site was gathered from, and what came of it."""

    made_of: str
    manifest_sha256: str  # of its captures
    outcomes: Mapping[str, int]
    finding_count: int


def gather(task: SiteTask) -> SiteCounts:
    """Gather a site, unless that was done before; return what its pages came to.

    Raises:
        ArchiveError: a WARC file is not what it was when it was read.
        OSError: the site's files cannot be written.
    """
    knowledge = load_knowledge()
    made_of = _made_of(task, knowledge)
    known = _known(task)
    if known and (known.made_of, known.manifest_sha256) == (made_of, _manifest(task)) and _is_there(task):
        return SiteCounts(site_id=task.site_id, outcomes=known.outcomes, finding_count=known.finding_count)
    whose = Whose(country_id=task.registry.country.id, round_id=task.round_id, site_id=task.site_id)
    seeds = next((site.seeds for site in task.registry.sites if site.id == task.site_id), ())
    folder = captures_folder(task.data, task.round_id, task.site_id)
    bring(task.data, f"{folder.relative_to(task.data).as_posix()}/*")
    gather_site(folder, whose, seeds, _records(task))
    _hand_on(task, knowledge)
    counts = understand_site(folder, task.data, task.registry, knowledge)
    _note(task, made_of, counts)
    return counts


def _note(task: SiteTask, made_of: str, counts: SiteCounts) -> None:
    """Note that the site is done."""
    note = SiteNote(
        made_of=made_of,
        manifest_sha256=_manifest(task),
        outcomes=counts.outcomes,
        finding_count=counts.finding_count,
    )
    note_of_site(task).parent.mkdir(parents=True, exist_ok=True)
    beside = note_of_site(task).with_suffix(".part")
    beside.write_text(note.model_dump_json(), encoding="utf-8")
    beside.replace(note_of_site(task))


def _records(task: SiteTask) -> Iterator[tuple[bytes, str]]:
    """The site's records with their addresses, file by file, as they lie there."""
    for share in task.files:
        places = [
            (row["warc_offset"], row["warc_length"])
            for row in rows_of(share.rows, task.site_id, ("warc_offset", "warc_length"))
        ]
        for offset, length in sorted(places):
            raw = share.warc.record(offset, length)
            url = target_of(WarcRecord.from_bytes(raw))
            if url is not None:
                yield raw, url


def _hand_on(task: SiteTask, knowledge: Knowledge) -> None:
    """Put what came of reading the site's pages where a round looks for what was read before."""
    version = reading_version(task.registry, knowledge)
    with KeptReadings(task.data, task.site_id, task.round_id, version, date_spans(knowledge)) as kept:
        for share in task.files:
            rows = rows_of(share.rows, task.site_id, ("reading_key", "reading"))
            kept.keep_packed((row["reading_key"], row["reading"]) for row in rows if row["reading"])


def _made_of(task: SiteTask, knowledge: Knowledge) -> str:
    made_of = [reading_version(task.registry, knowledge), *(share.sha256 for share in task.files)]
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()


def _known(task: SiteTask) -> SiteNote | None:
    try:
        return SiteNote.model_validate_json(note_of_site(task).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def note_of_site(task: SiteTask) -> Path:
    """Return where the note lies that a site was gathered."""
    return task.folder / "sites" / f"{task.site_id}.json"


def _manifest(task: SiteTask) -> str:
    path = captures_folder(task.data, task.round_id, task.site_id) / MANIFEST_FILE
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _is_there(task: SiteTask) -> bool:
    files = (core_file(task.data, table, task.round_id, task.site_id) for table in SITE_TABLES)
    return all(size_of(path) is not None for path in files)
