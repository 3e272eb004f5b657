"""The links of a chain below a stage, from words to lists of sums, each checked now."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.captures import Capture
from crawlers.captures_io import original_of, read_body, read_captures
from crawlers.errors import CaptureError
from crawlers.storing.manifest import MANIFEST_FILE, read_manifest
from pipelines.checking.published_quotes import FINDINGS, quote_of
from pipelines.checking.quote_check import folders_of, stands
from pipelines.checking.sum_check import sha256_of, sums_listed
from pipelines.pages.documents import DocumentReader
from pipelines.pages.reading import read_page
from pipelines.provenance.record import CAPTURES, FOLDER, read_captures_list


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One thing that was checked now."""

    what: str  # which, as `inspecting.yml` words it after "link_"
    is_true: bool
    detail: str  # what was looked at: a file, a digest, a place; or why it could not be


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A finding that proves the stage, from its words down to the bytes that were captured."""

    indicator_id: str
    quote: str
    page_url: str
    captured_at: datetime | None
    record: str  # WARC file and byte
    links: tuple[Link, ...]


def proofs_of(rows: list[dict[str, Any]], data: Path) -> Iterator[Proof]:
    """Yield the proof that each of `rows`, published findings, stands for, with its links.

    Raises:
        CaptureError: a list of captures cannot be read.
    """
    folders = folders_of(data, {row["capture_id"] for row in rows})
    with DocumentReader() as reader:
        for row in rows:
            folder = folders.get(row["capture_id"])
            links = _links(row, folder, data, reader) if folder else [_missing(row, data)]
            yield Proof(
                indicator_id=row["indicator_id"],
                quote=row["quote"],
                page_url=row["page_url"],
                captured_at=row["captured_at"],
                record=f"{row['warc_file']}, {row['warc_offset']}",
                links=tuple(links),
            )


def _missing(row: dict[str, Any], data: Path) -> Link:
    return Link(what="record", is_true=False, detail=f"{row['capture_id']} ∉ {data / 'captures'}")


def _links(row: dict[str, Any], folder: Path, data: Path, reader: DocumentReader) -> Iterator[Link]:
    """Yield the links of a finding: its words, its body, its record's place."""
    capture = next(one for one in read_captures(folder) if one.capture_id == row["capture_id"])
    try:
        body = read_body(folder, capture)
        page = read_page(capture, body, reader)
        place, original = original_of(folder, capture)
    except CaptureError as failure:
        yield Link(what="record", is_true=False, detail=str(failure))
        return
    yield Link(
        what="quote",
        is_true=stands(quote_of(FINDINGS, row), page),
        detail=f"{row['place']}, {row['offset']}",
    )
    digest = hashlib.sha256(body).hexdigest()
    yield Link(what="body", is_true=digest == row["body_sha256"], detail=digest)
    yield _record_link(row, place, original, data)


def _record_link(row: dict[str, Any], place: Path, original: Capture, data: Path) -> Link:
    where = (f"{place.relative_to(data).as_posix()}/{original.warc_file}", original.warc_offset)
    said = (row["warc_file"], row["warc_offset"])
    return Link(what="record", is_true=where == said, detail=str(original.warc_record_id))


def file_links(warc_files: Iterable[str], release: Path, data: Path) -> Iterator[Link]:
    """Yield whether WARC files are as their manifests say, and those as `release` says; each once.

    Raises:
        ProvenanceError: the release names no captures.
    """
    listed = read_captures_list(release)
    files = sorted(set(warc_files))
    for name in files:
        yield _warc_link(name, data)
    for name in sorted({f"{Path(file).parent.as_posix()}/{MANIFEST_FILE}" for file in files}):
        digest = sha256_of(data / name) or "?"
        yield Link(what="manifest", is_true=listed.get(name) == digest, detail=f"{digest}  {name}")


def _warc_link(name: str, data: Path) -> Link:
    path = data / name
    try:
        entry = read_manifest(path.parent).files.get(path.name)
    except CaptureError as failure:
        return Link(what="warc", is_true=False, detail=str(failure))
    digest = sha256_of(path) or "?"
    return Link(what="warc", is_true=entry is not None and entry.sha256 == digest, detail=f"{digest}  {name}")


def sums_links(release: Path, tables: Iterable[str]) -> Iterator[Link]:
    """Yield whether `tables`, and the list of captures, are as the lists of sums of `release` say."""
    listed = sums_listed(release)
    for path in (*tables, f"{FOLDER}/{CAPTURES}"):
        digest = sha256_of(release / path) or "?"
        yield Link(what="sums", is_true=listed.get(path) == digest, detail=f"{digest}  {path}")
