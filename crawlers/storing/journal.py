"""The journal of a visit under way: one capture a line, each written before the next request goes out."""

import json
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from crawlers.storing.warc import warc_time

JOURNAL_FILE = "captures.jsonl"

_COLUMNS = tuple(field.name for field in fields(Capture))
_values_of = attrgetter(*_COLUMNS)
_as_json = json.JSONEncoder(ensure_ascii=False).encode


def read_journal(folder: Path) -> list[Capture]:
    """Return the captures that the journal in `folder` holds; a last line that was cut is left out."""
    path = folder / JOURNAL_FILE
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")
    return [_from_line(line) for line in lines[:-1]]


def journal_line(capture: Capture) -> str:
    """Return a capture as a line of the journal."""
    # Every field is a plain value: `dataclasses.asdict`, which copies deeply, would take ten times as long.
    row = dict(zip(_COLUMNS, _values_of(capture), strict=True))
    row["captured_at"] = warc_time(capture.captured_at)
    return _as_json(row) + "\n"


def _from_line(line: bytes) -> Capture:
    row: dict[str, Any] = json.loads(line)
    row["captured_at"] = datetime.fromisoformat(row["captured_at"])
    row["outcome"] = Outcome(row["outcome"])
    return Capture(**row)
