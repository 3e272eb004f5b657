"""What is kept of one WARC file once it was read: a row for each record of a site, and a note on the file.

Both lie under `data/readings/warcs/<round>/<country>/`, and may be thrown away at any time. The rows are
sorted by site and page, so those of one site lie together; any program that reads Parquet can ask them.
The note is written last: it says by which bytes and by which code the rows were made.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import ValidationError

from crawlers.archives.warc_list import ListedWarc
from crawlers.registry.fields import Strict
from crawlers.stores.reach import opened
from pipelines.rounds.kept_readings import READINGS

FOLDER = Path(READINGS) / "warcs"  # under the data folder
ROW_GROUP = 1_000  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """An indicator that a page shows, in its own words: as a `Finding`."""

    indicator_id: str
    quote: str
    place: str
    offset: int  # characters into the page's text; -1 when the quote is an attribute's
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """A record of a site in a WARC file, and what its page shows by itself."""

    site_id: str
    page_id: str
    url: str
    captured_at: datetime
    outcome: str  # after reading, where it was read
    warc_file: str  # as the list has it
    warc_offset: int  # bytes
    warc_length: int  # bytes, as it lies there
    title: str | None = None  # None from here on where nothing was read: robots.txt, what repeats a record…
    language: str | None = None
    kind: str | None = None
    stage: int | None = None  # that the page shows by itself; None too where it is of no service
    confidence: float | None = None  # in the stage
    sights: tuple[Sight, ...] = ()
    reading_key: str | None = None  # what the reading rests on
    reading: bytes | None = None  # as `kept_readings` keeps it


class FileNote(Strict):
    """What a file was when it was read, and what came of it."""

    name: str
    bytes: int
    modified_ns: int
    sha256: str
    version: str  # who read it: code, knowledge, libraries, registry
    failure: str | None = None  # why nothing was taken of it
    sites: Mapping[str, int] = {}  # records of each
    pages: int = 0  # that were read


def rows_file(folder: Path, warc: ListedWarc) -> Path:
    """Return where the rows of `warc` lie; its name in the list tells it from others of the same name."""
    digest = hashlib.sha256(warc.name.encode()).hexdigest()[:8]
    return folder / f"{warc.path.name.removesuffix('.gz').removesuffix('.warc')}-{digest}.parquet"


def read_file_note(rows: Path) -> FileNote | None:
    """Return the note on what `rows` were made of; None where there is none, or it is not ours."""
    try:
        return FileNote.model_validate_json(note_file(rows).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def write_file_note(rows: Path, note: FileNote) -> None:
    """Write the note on what `rows` were made of; from now on they are done."""
    beside = note_file(rows).with_suffix(".part")
    beside.write_text(note.model_dump_json(), encoding="utf-8")
    beside.replace(note_file(rows))


def rows_of(rows: Path, site_id: str, columns: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a site, without reading those of others but for where they begin and end.

    Raises:
        OSError, pyarrow.ArrowException: the file cannot be read. StoreError: nor the store asked that has it.
    """
    with opened(rows) as source, pq.ParquetFile(source) as file:
        stats = [file.metadata.row_group(n).column(0).statistics for n in range(file.num_row_groups)]
        groups = [number for number, each in enumerate(stats) if each.min <= site_id <= each.max]
        for batch in file.iter_batches(ROW_GROUP, row_groups=groups, columns=["site_id", *columns]):
            yield from batch.filter(pc.equal(batch["site_id"], site_id)).to_pylist()


def note_file(rows: Path) -> Path:
    """Return where the note on what `rows` were made of lies."""
    return rows.with_suffix(".json")
