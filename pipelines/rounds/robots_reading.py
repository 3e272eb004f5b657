"""Read what each robots.txt of a site said, so that the receipt shows the very text that was obeyed."""

import re
from collections.abc import Iterator
from pathlib import Path

import structlog

from crawlers.captures import ROBOTS_DEPTH, Capture
from crawlers.captures_io import read_body, read_captures
from crawlers.errors import CaptureError
from crawlers.outcomes import Outcome
from crawlers.policy import policy
from pipelines.records import RobotsRow

_READABLE = frozenset({Outcome.OK, Outcome.UNCHANGED, Outcome.TRUNCATED})
_LINE_ENDS = re.compile(r"\r\n?")
log = structlog.get_logger()
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def robots_rows(folder: Path) -> Iterator[RobotsRow]:
    """Yield a row for each answer to a request for a robots.txt among the captures in `folder`.

    A text that our own archive lost is our failure, as the body of a page is.

    Raises:
        CaptureError: the captures cannot be read.
    """
    for capture in read_captures(folder):
        if capture.depth == ROBOTS_DEPTH:
            outcome, text = _read(folder, capture)
            yield RobotsRow(
                capture_id=capture.capture_id,
                country_id=capture.country_id,
                round_id=capture.round_id,
                site_id=capture.site_id,
                url=capture.url,
                outcome=outcome.value,
                captured_at=capture.captured_at,
                text=text,
            )


def _read(folder: Path, capture: Capture) -> tuple[Outcome, str | None]:
    """What came of a robots.txt once it was read, and what it said, if anything."""
    if capture.outcome not in _READABLE or (not capture.byte_count and capture.revisit_of is None):
        return capture.outcome, None
    try:
        body = read_body(folder, capture)
    except CaptureError as failure:
        log.warning("robots_unreadable", capture_id=capture.capture_id, why=str(failure))
        return Outcome.CRAWLER_FAILED, None
    return capture.outcome, _readable(body[: policy().robots_max_bytes])


def _readable(body: bytes) -> str:
    """The text, without the characters that no reader sees."""
    lines = _LINE_ENDS.sub("\n", body.decode("utf-8", "replace").removeprefix("\ufeff"))
    return _CONTROLS.sub("", lines)
