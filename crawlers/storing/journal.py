"""The journal of a visit under way: one capture a line, each written before the next request goes out."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.captures import Capture, RenderMode
from crawlers.outcomes import Outcome
from crawlers.storing.warc import warc_time

JOURNAL_FILE = "captures.jsonl"


def read_journal(folder: Path) -> list[Capture]:
    """Return the captures that the journal in `folder` holds; a last line that was cut is left out."""
    path = folder / JOURNAL_FILE
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")
    return [_from_line(line) for line in lines[:-1]]


def journal_line(capture: Capture) -> str:
    """Return a capture as a line of the journal."""
    row = asdict(capture) | {"captured_at": warc_time(capture.captured_at)}
    return json.dumps(row, ensure_ascii=False) + "\n"


def _from_line(line: bytes) -> Capture:
    row: dict[str, Any] = json.loads(line)
    row["captured_at"] = datetime.fromisoformat(row["captured_at"])
    row["outcome"] = Outcome(row["outcome"])
    row["render_mode"] = RenderMode(row["render_mode"])
    return Capture(**row)
