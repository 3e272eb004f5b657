"""Stop tidily when asked once, and at once when asked twice.

What is half-written has another name and is never read, so even the second way breaks nothing.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pipelines.operating.exits import Exit
from pipelines.operating.failures import Terminated

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping() -> Iterator[None]:
    """Raise KeyboardInterrupt at the first Ctrl-C, Terminated at the first SIGTERM, and leave at the second.

    Others who handle these signals (Dagster does while it runs) wait until this is over. Only the main
    thread of a process hears signals; elsewhere this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _stop) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    """Unwind, and be ready for less patience."""
    for each in _SIGNALS:
        signal.signal(each, _stop_at_once)
    if number == signal.SIGTERM:
        raise Terminated
    sys.stderr.write("\nStopping tidily; press Ctrl-C again to stop at once.\n")
    raise KeyboardInterrupt


def _stop_at_once(number: int, _frame: FrameType | None) -> None:
    """Leave without tidying up."""
    os._exit(int(Exit.TERMINATED if number == signal.SIGTERM else Exit.INTERRUPTED))
