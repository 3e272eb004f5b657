"""Read what each robots.txt of a site said, so that the receipt shows the very text that was obeyed."""

import re
from collections.abc import Iterator
from pathlib import Path

from crawlers.captures import Capture
from crawlers.captures_io import read_body, read_captures
from crawlers.outcomes import Outcome
from crawlers.policy import policy
from crawlers.politeness.host_book import ROBOTS_DEPTH
from pipelines.records import RobotsRow

_READABLE = frozenset({Outcome.OK, Outcome.UNCHANGED, Outcome.TRUNCATED})
_LINE_ENDS = re.compile(r"\r\n?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def robots_rows(folder: Path) -> Iterator[RobotsRow]:
    """Yield a row for each answer to a request for a robots.txt among the captures in `folder`.

    Raises:
        CaptureError: the captures, or the body of one, cannot be read.
    """
    for capture in read_captures(folder):
        if capture.depth == ROBOTS_DEPTH:
            yield RobotsRow(
                capture_id=capture.capture_id,
                country_id=capture.country_id,
                round_id=capture.round_id,
                site_id=capture.site_id,
                url=capture.url,
                outcome=capture.outcome.value,
                captured_at=capture.captured_at,
                text=_text(folder, capture),
            )


def _text(folder: Path, capture: Capture) -> str | None:
    """What counts of a robots.txt, without the characters that no reader sees; None where there is none."""
    if capture.outcome not in _READABLE or not capture.byte_count:
        return None
    body = read_body(folder, capture)[: policy().robots_max_bytes]
    lines = _LINE_ENDS.sub("\n", body.decode("utf-8", "replace").removeprefix("\ufeff"))
    return _CONTROLS.sub("", lines)
