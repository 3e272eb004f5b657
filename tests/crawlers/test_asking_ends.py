"""The process that asks archives ends with whoever started it."""

import sys

import pytest

from crawlers.archives import asking


def test_a_process_that_does_not_end_itself_is_ended(monkeypatch: pytest.MonkeyPatch):
    """Nobody waits for it longer than for a tidy end, and it outlives nobody."""
    monkeypatch.setattr(asking, "_COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(asking, "_PATIENCE_SECONDS", 0.1)
    with asking.Door((), "test") as door:
        child = door._child

    assert child.returncode is not None
