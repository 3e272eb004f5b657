"""What robots.txt said is read from the captures, for the receipt that a site's owner sees."""

from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.captures import Capture
from crawlers.errors import CaptureError
from crawlers.outcomes import Outcome
from pipelines.clean import loose_capture
from pipelines.rounds import robots_reading
from pipelines.rounds.robots_reading import robots_rows

BODY = b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /a\x00\x1b[2J\rAllow: /\xff"
ROBOTS = replace(loose_capture(BODY, "http://a.kg/robots.txt"), depth=-1)


def _read(
    monkeypatch: pytest.MonkeyPatch, *captures: Capture, is_lost: bool = False
) -> list[tuple[str, str | None]]:
    """Return outcome and text of each robots.txt of a folder with these captures."""

    def body(_folder: Path, _capture: Capture) -> bytes:
        if is_lost:
            raise CaptureError("lost")
        return BODY

    monkeypatch.setattr(robots_reading, "read_captures", lambda _: captures)
    monkeypatch.setattr(robots_reading, "read_body", body)
    return [(row.outcome, row.text) for row in robots_rows(Path())]


def test_a_robots_txt_is_shown_line_by_line_without_what_no_reader_sees(monkeypatch: pytest.MonkeyPatch):
    """Any line ends are line ends; a mark at the beginning and control characters are left out."""
    expected = "User-agent: *\nDisallow: /a[2J\nAllow: /\ufffd"

    assert [("ok", expected)] == _read(monkeypatch, ROBOTS)


def test_pages_are_no_robots_txt_and_a_missing_one_has_no_text(monkeypatch: pytest.MonkeyPatch):
    """Only requests for robots.txt have a row, whatever came of them."""
    missing = replace(ROBOTS, outcome=Outcome.GONE)

    assert [("gone", None)] == _read(monkeypatch, replace(ROBOTS, depth=0), missing)


def test_a_robots_txt_that_our_archive_lost_is_our_failure(monkeypatch: pytest.MonkeyPatch):
    """The site is understood all the same."""
    assert [("crawler_failed", None)] == _read(monkeypatch, ROBOTS, is_lost=True)
