"""The journal of a visit under way: one capture a line, each written before the next request goes out.

A line is written after the records of its capture, and says where the last of them ends: so a line vouches
for its records, and what stands in a WARC file behind the last line's end was cut off from its line.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO

from crawlers.captures import Capture, RenderMode
from crawlers.errors import CaptureError
from crawlers.outcomes import Outcome
from crawlers.storing.warc import warc_time

JOURNAL_FILE = "captures.jsonl"
_COLUMNS = tuple(field.name for field in fields(Capture))
_values_of = attrgetter(*_COLUMNS)
_as_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal."""

    capture: Capture
    was_asked: bool  # False: robots.txt, or its failure, kept us from asking
    warc_end: int | None  # bytes into the capture's WARC file: where its last record ends


def read_journal(folder: Path) -> Iterator[Capture]:
    """Yield the captures that the journal in `folder` holds; a last line that was cut is left out.

    Raises:
        CaptureError: a line is none of a journal; names it.
    """
    for line in lines(folder):
        yield line.entry.capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry, and where it stands in the journal."""

    begin: int  # bytes
    end: int  # bytes, behind its line feed
    entry: Entry


def lines(folder: Path) -> Iterator[Line]:
    """Yield the whole lines of the journal in `folder`.

    Raises:
        CaptureError: a line is none of a journal; names it.
    """
    path = folder / JOURNAL_FILE
    if not path.exists():
        return
    begin = 0
    with path.open("rb") as file:
        for text in file:
            if not text.endswith(b"\n"):
                return
            end = begin + len(text)
            yield Line(begin=begin, end=end, entry=_from_line(text, f"{path}, byte {begin}"))
            begin = end


def entry_at(file: BinaryIO, offset: int) -> Entry:
    """Return the line that begins at byte `offset` of an open journal.

    Raises:
        CaptureError: there is none.
    """
    file.seek(offset)
    return _from_line(file.readline(), f"{file.name}, byte {offset}")


def journal_line(entry: Entry) -> bytes:
    """Return an entry as a line of the journal."""
    capture = entry.capture
    # Every field is a plain value: `dataclasses.asdict`, which copies deeply, would take ten times as long.
    row = dict(zip(_COLUMNS, _values_of(capture), strict=True))
    row["captured_at"] = warc_time(capture.captured_at)
    row |= {"was_asked": entry.was_asked, "warc_end": entry.warc_end}
    return (_as_json(row) + "\n").encode("utf-8", "surrogatepass")


def _from_line(line: bytes, where: str) -> Entry:
    try:
        row: dict[str, Any] = json.loads(line.decode("utf-8", "surrogatepass"))
        was_asked, warc_end = row.pop("was_asked"), row.pop("warc_end")
        row["captured_at"] = datetime.fromisoformat(row["captured_at"])
        row["outcome"] = Outcome(row["outcome"])
        row["render_mode"] = RenderMode(row["render_mode"])
        return Entry(capture=Capture(**row), was_asked=was_asked, warc_end=warc_end)
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        raise CaptureError(f"{where}: no line of a journal ({failure}); expected a capture") from failure
