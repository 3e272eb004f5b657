"""Tell the parent process what moves: at once what it must know, the rest a few times a second."""

import asyncio
import contextlib
from typing import TextIO

from crawlers.crawling.jobs import Progress, as_line

_LATEST_SECONDS = 0.1  # after which a capture is told: a person sees no difference, a busy pipe does


class Teller:
    """Writes events into a pipe, many at a time while they come fast."""

    def __init__(self, pipe: TextIO) -> None:
        """Write into `pipe`, whose reader may be slower than we are."""
        self._pipe = pipe
        self._is_waiting = False

    def say(self, event: Progress) -> None:
        """Tell `event`, which comes after all that was said before it.

        Only captures are let wait: the files say the same, and a reader of files may come at any moment.
        """
        self._pipe.write(as_line(event))
        if event.kind != "captured":
            self._pipe.flush()
        elif not self._is_waiting:
            self._is_waiting = True
            asyncio.get_running_loop().call_later(_LATEST_SECONDS, self._flush)

    def _flush(self) -> None:
        self._is_waiting = False
        with contextlib.suppress(BrokenPipeError):  # the parent is gone: our input's end tells us to stop
            self._pipe.flush()
