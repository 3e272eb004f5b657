"""What the parent process and the crawling child say to each other: one job in, events out, as JSON lines.

The job comes on the child's standard input, and later perhaps the word STOP, which asks it to end tidily.
Where the input ends before the child, the parent has died: then the child ends at once, so that the next
crawl can go on from what was recorded. Events go to the child's standard output.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from crawlers.registry.fields import Strict
from crawlers.sites import Registry

STOP = "stop\n"


class Job(Strict):
    """What to crawl."""

    registry: Registry
    round_id: Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
    data: Path
    site_ids: tuple[str, ...]
    job_id: str = ""  # kept by a crawl that goes on after it was cut short
    max_pages: Annotated[int, Field(ge=1)] | None  # a site; None: as the registry says


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Something moved."""

    kind: Literal["started", "captured", "finished", "wrong_clock"]
    site_id: str
    count: int = 0  # captures of the site so far
    limit: int = 0  # pages that the site is given
    url: str = ""
    outcome: str = ""
    report: str = ""  # the finished site's report, as JSON
    detail: str = ""  # of a wrong clock, for a person


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A line of the child's log."""

    level: int
    name: str
    message: str


_as_json = json.JSONEncoder(ensure_ascii=False).encode


def as_line(event: Progress | LogLine) -> str:
    """Return an event as a line."""
    line = {"event": type(event).__name__}
    for name in event.__slots__:
        line[name] = getattr(event, name)
    return _as_json(line) + "\n"


def from_line(line: str) -> Progress | LogLine:
    """Return the event of a line; a line that is none is taken for a warning from the child."""
    try:
        fields: dict[str, Any] = json.loads(line)
        kind = {"Progress": Progress, "LogLine": LogLine}[fields.pop("event")]
        event: Progress | LogLine = kind(**fields)
    except (ValueError, KeyError, TypeError, AttributeError):
        return LogLine(level=30, name="crawlers.crawling.child", message=line.rstrip())
    return event
