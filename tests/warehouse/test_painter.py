"""Charts are drawn in a process of its own: the same pictures, and nothing left of it, however it ends."""

import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from test_charts import SPECS

from warehouse.portal.charting import drawing
from warehouse.portal.charting import painter as painting_apart
from warehouse.portal.charting.drawing import draw
from warehouse.portal.charting.painter import Painter
from warehouse.portal.errors import PortalError, PrinterDiedError

_DRAWS_AND_WAITS = """
import sys, time
sys.path.insert(0, {tests!r})
from test_charts import SPECS
from warehouse.portal.charting.drawing import draw
from warehouse.portal.charting.painter import Painter
with Painter() as painter:
    draw(SPECS["ranks"], painter.painted)
    print(painter._process.pid, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chart that was drawn before would ask no process."""
    monkeypatch.setattr(drawing, "_painted_once", lambda wide, narrow, paint: paint(wide, narrow))


def process_of(painter: Painter) -> "subprocess.Popen[bytes]":
    """Return the process that a painter has started."""
    assert painter._process is not None
    return painter._process


def is_there(pid: int) -> bool:
    """Whether a process is there, if only as one that nobody has waited for."""
    return Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("name", SPECS)
def test_a_chart_drawn_apart_has_the_bytes_of_one_drawn_here(name: str):
    """Who draws it changes nothing in a release."""
    with Painter() as painter:
        assert draw(SPECS[name]) == draw(SPECS[name], painter.painted)


def test_one_process_draws_all_charts_and_ends_with_the_last():
    """Its memory is free for what comes after."""
    with Painter() as painter:
        draw(SPECS["ranks"], painter.painted)
        first = process_of(painter).pid
        draw(SPECS["stacked"], painter.painted)
        assert first == process_of(painter).pid

    assert not is_there(first)


def test_a_process_that_has_drawn_many_is_followed_by_another(monkeypatch: pytest.MonkeyPatch):
    """What it has in memory grows with each, and all of them have the same bytes."""
    monkeypatch.setattr(painting_apart, "_MOST", 2)
    with Painter() as painter:
        drawn, seen = [], []
        for _ in range(5):
            drawn.append(draw(SPECS["ranks"], painter.painted))
            seen.append(process_of(painter).pid)
        assert [True, False, True, False] == [one == other for one, other in pairwise(seen)]
        assert drawn == [drawn[0]] * 5
        assert [seen[-1]] == [pid for pid in sorted(set(seen)) if is_there(pid)]


def test_no_process_is_started_where_there_is_no_chart():
    """A portal may have none."""
    with Painter() as painter:
        assert painter._process is None


def test_what_is_no_chart_is_an_error_that_says_so():
    """And the next chart is drawn."""
    with Painter() as painter:
        with pytest.raises(PortalError, match="a chart cannot be drawn: "):
            painter.painted({"mark": {"type": 7}, "width": "wide"}, {})

        assert draw(SPECS["ranks"]) == draw(SPECS["ranks"], painter.painted)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_is_killed_is_an_error_and_leaves_no_zombie(how: signal.Signals):
    """Whatever it was at."""
    with Painter() as painter:
        draw(SPECS["ranks"], painter.painted)
        killed = process_of(painter)
        os.kill(killed.pid, how)

        with pytest.raises(PrinterDiedError, match=f"ended before it had drawn one; signal {how.value}"):
            draw(SPECS["ranks"], painter.painted)
        assert not is_there(killed.pid)


def test_an_error_while_charts_are_drawn_leaves_no_process():
    """The context ends it."""
    started = []

    def fail() -> None:
        with Painter() as painter:
            draw(SPECS["ranks"], painter.painted)
            started.append(process_of(painter).pid)
            raise PortalError("elsewhere")

    with pytest.raises(PortalError, match="elsewhere"):
        fail()
    assert not is_there(started[0])


def test_a_process_whose_parent_is_killed_ends_too():
    """Its input ends with the parent."""
    words = _DRAWS_AND_WAITS.format(tests=str(Path(__file__).parent))
    parent = subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout as said:
        child = int(said.readline())
    assert is_there(child)
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not is_there(child) or "Z" in Path(f"/proc/{child}/stat").read_text().rpartition(")")[2][:3]:
            break  # a zombie of whoever took it over: our own has none
        time.sleep(0.1)
    else:
        pytest.fail("the process that draws outlived the one that asked")
