"""Events of the pipeline as lines of a log."""

import logging

import pytest
import structlog

from pipelines.operating import logs


@pytest.fixture(autouse=True)
def _through_logging() -> None:
    logs.through_logging()


def test_an_event_is_one_line_whatever_a_site_said(caplog: pytest.LogCaptureFixture):
    """Words of a site must not pass for a line of ours, nor move a terminal's cursor."""
    said = "no\r\n10:00:00 INFO crawlers: all_well\u2028\x1b[2J"
    structlog.get_logger("pipelines").warning("page_lost", why=said, count=3)

    assert [r"page_lost why=no\r\n10:00:00 INFO crawlers: all_well\u2028\x1b[2J count=3"] == caplog.messages


def test_a_traceback_of_ours_has_its_lines(caplog: pytest.LogCaptureFixture):
    """It is for whoever mends the code, and unreadable on one line."""
    with caplog.at_level(logging.ERROR):
        structlog.get_logger("pipelines").error("went_wrong", exc_info=ValueError("odd"))

    assert caplog.messages[0].startswith("went_wrong exception=")
    assert caplog.messages[0].endswith("ValueError: odd")
