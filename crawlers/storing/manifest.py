"""What must lie in a site's folder, file by file, so that no loss passes unnoticed.

Readers of WARC stop silently where a file was cut (warcio issues 127 and 138), so they are not trusted to
notice: bytes and SHA-256 tell, and the count of records by type tells a person how much is missing.
The manifest is written last: a folder that has one was finished.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import Field, ValidationError

from crawlers.errors import CaptureError
from crawlers.registry.fields import Strict
from crawlers.storing.sums import Sums, sums_of

MANIFEST_FILE = "manifest.json"
ATTEMPTS_FILE = "attempts.jsonl"  # grows after the folder is finished, so no manifest can hold it
_UNLISTED = {MANIFEST_FILE, ATTEMPTS_FILE}


class FileEntry(Strict):
    """What one file must be."""

    bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    records: Mapping[str, int]  # of a WARC by type; of a table its rows, of a text its lines


class Manifest(Strict):
    """The whole of `manifest.json`."""

    files: Mapping[str, FileEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One file that is not as its manifest says."""

    path: Path
    expected: str
    found: str


def write_manifest(
    folder: Path, sums: Mapping[str, Sums] | None = None, *, without: Collection[str] = ()
) -> None:
    """Write what lies in `folder` now, `without` what is to go; of files that `sums` has, what was written.

    Raises:
        CaptureError: a file has not the bytes that were written to it.
    """
    known = sums or {}
    staying = [path for path in _listed(folder) if path.name not in without]
    files = {path.name: _entry(path, known.get(path.name)) for path in staying}
    text = json.dumps({"files": {name: entry.model_dump() for name, entry in files.items()}}, indent=1)
    beside = folder / f"{MANIFEST_FILE}.new"
    beside.write_text(text + "\n", encoding="utf-8")
    beside.replace(folder / MANIFEST_FILE)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest in `folder`.

    Raises:
        CaptureError: there is none, or it is not one.
    """
    path = folder / MANIFEST_FILE
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as failure:
        raise CaptureError(f"{path}: cannot be read ({failure}); expected a manifest") from failure


def check_manifest(folder: Path, *, is_quick: bool = False) -> Iterator[Difference]:
    """Yield each file of `folder` that is not as the manifest says; a quick check looks at sizes only.

    Raises:
        CaptureError: there is no manifest, or it is not one.
    """
    files = read_manifest(folder).files
    there = {path.name: path for path in _listed(folder)}
    for name in sorted(files.keys() | there.keys()):
        expected, path = files.get(name), there.get(name)
        if expected is None:
            yield Difference(path=folder / name, expected="no such file", found=f"{_size(path)} bytes")
        elif path is None:
            yield Difference(path=folder / name, expected=_words(expected), found="no such file")
        elif _size(path) != expected.bytes or not is_quick:
            yield from _compared(path, expected)


def _compared(path: Path, expected: FileEntry) -> Iterator[Difference]:
    found = _entry(path, None)
    if found != expected:
        yield Difference(path=path, expected=_words(expected), found=_words(found))


def _listed(folder: Path) -> list[Path]:
    """The files that a manifest of `folder` names."""
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name not in _UNLISTED)


def _entry(path: Path, written: Sums | None) -> FileEntry:
    sums = written or sums_of(path)
    if sums.size != path.stat().st_size:
        found = path.stat().st_size
        raise CaptureError(f"{path}: has {found} bytes; expected the {sums.size} that were written to it")
    return FileEntry(bytes=sums.size, sha256=sums.sha256, records=_records(path, sums))


def _records(path: Path, sums: Sums) -> dict[str, int]:
    if path.suffix != ".parquet":
        return dict(sorted(sums.kinds.items()))
    try:
        return {"row": pq.read_metadata(path).num_rows}
    except (OSError, pa.ArrowException):
        return {}  # damaged, as its digest tells too


def _size(path: Path | None) -> int:
    return path.stat().st_size if path else 0


def _words(entry: FileEntry) -> str:
    records = ", ".join(f"{count} {kind}" for kind, count in entry.records.items())
    return f"{entry.bytes} bytes, SHA-256 {entry.sha256[:12]}…, {records or 'no'} records"
