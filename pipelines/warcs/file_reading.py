"""Read one WARC file: its records of a registry's sites, each page judged by itself. The unit of the work.

Nothing of a file that cannot be read to its end is taken; the failure is kept as what came of it, and the
next run tries again. A file that was read, by the same code and knowledge, is not read again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import structlog

from crawlers.archives.warc_list import ListedWarc
from crawlers.errors import ArchiveError
from crawlers.sites import Registry
from crawlers.stores.reach import size_of
from pipelines.judging.expertise import Knowledge
from pipelines.knowledge import load_knowledge
from pipelines.pages.documents import DocumentReader
from pipelines.records_io import RowWriter
from pipelines.rounds.reading_version import reading_version
from pipelines.rounds.site_reading import site_context
from pipelines.warcs.file_records import SiteRecord, site_records
from pipelines.warcs.file_rows import (
    ROW_GROUP,
    FileNote,
    RecordRow,
    read_file_note,
    rows_file,
    write_file_note,
)
from pipelines.warcs.record_reading import RecordReader

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTask:
    """A WARC file to read."""

    warc: ListedWarc
    data: Path
    folder: Path  # of what comes of the files of this round and country
    registry: Registry
    round_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """What came of a file."""

    name: str  # as the list has it
    rows: Path
    note: FileNote
    was_done: bool  # by an earlier run


def read_file(task: FileTask) -> FileRead:
    """Read a WARC file, unless it was read before; write its rows, then the note that they are there.

    Raises:
        OSError: the rows cannot be written.
    """
    knowledge = load_knowledge()
    version = reading_version(task.registry, knowledge)
    rows = rows_file(task.folder, task.warc)
    known = read_file_note(rows)
    rows.parent.mkdir(parents=True, exist_ok=True)
    try:
        if known and size_of(rows) is not None and _is_still(known, task.warc, version):
            return FileRead(name=task.warc.name, rows=rows, note=known, was_done=True)
        mark = task.warc.mark()  # before it is read: what changes meanwhile is read again next time
        with task.warc.here() as path:
            note = _identity(task.warc, mark or (0, 0), path, version)
            found = site_records(path, task.registry, task.round_id)
            here = replace(task, warc=replace(task.warc, path=path, address=None))
            pages = _write(here, rows, found, knowledge)
        note = note.model_copy(update={"sites": _counts(found), "pages": pages})
    except ArchiveError as failure:
        rows.unlink(missing_ok=True)
        note = FileNote(
            name=task.warc.name, bytes=0, modified_ns=0, sha256="", version=version, failure=str(failure)
        )
    write_file_note(rows, note)
    log.info("warc_read", file=task.warc.name, pages=note.pages, failure=note.failure)
    return FileRead(name=task.warc.name, rows=rows, note=note, was_done=False)


def _is_still(known: FileNote, warc: ListedWarc, version: str) -> bool:
    """Whether the file is the one that was read, by this code; if its time alone differs, its bytes tell.

    Those of a file on a server are not fetched to tell: there another time is another file.
    """
    if known.failure or known.version != version:
        return False
    found = warc.mark()
    if found is None or found[0] != known.bytes:
        return False
    return found[1] == known.modified_ns or (warc.address is None and _sha256(warc.path) == known.sha256)


def _identity(warc: ListedWarc, mark: tuple[int, int], path: Path, version: str) -> FileNote:
    """The note on a file, which is at `path` now; `mark` is its size and time."""
    size, changed_at = mark
    try:
        return FileNote(
            name=warc.name, bytes=size, modified_ns=changed_at, sha256=_sha256(path), version=version
        )
    except OSError as failure:
        raise ArchiveError(f"{path}: cannot be read ({failure.strerror or failure})") from failure


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _counts(found: list[SiteRecord]) -> dict[str, int]:
    return dict(Counter(one.site_id for one in found))


def _write(task: FileTask, rows: Path, found: list[SiteRecord], knowledge: Knowledge) -> int:
    """Write the rows of `found`; return how many pages were read."""
    pages = 0
    with RowWriter(rows, RecordRow, ROW_GROUP) as writer, DocumentReader() as documents:
        for row in _rows(task, found, knowledge, documents):
            pages += row.reading is not None
            writer.write([row])
    return pages


def _rows(
    task: FileTask, found: list[SiteRecord], knowledge: Knowledge, documents: DocumentReader
) -> Iterator[RecordRow]:
    version = reading_version(task.registry, knowledge)
    for site_id, records in groupby(found, key=lambda one: one.site_id):
        reader = RecordReader(
            warc=task.warc,
            site=site_context(task.registry, site_id),
            whose=(task.registry.country.id, task.round_id),
            version=version,
            knowledge=knowledge,
            documents=documents,
        )
        yield from map(reader.row, records)
