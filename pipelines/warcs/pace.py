"""Say how fast files are read, and when the last one will be."""

import time
from collections.abc import Callable

from pipelines.operating.spans import span

_MEGABYTE = 1e6


class Pace:
    """The speed of a run, over the files that it read itself; those of earlier runs cost it nothing."""

    def __init__(self, total_bytes: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin, with files of `total_bytes` to come; `clock` tells seconds."""
        self._left, self._clock = total_bytes, clock
        self._began = clock()
        self._bytes = self._pages = 0

    def passed_by(self, size: int) -> None:
        """Note a file of `size` bytes that nothing had to be done for."""
        self._left -= size

    def read(self, size: int, pages: int) -> str:
        """Note a file of `size` bytes and so many `pages` that was read; return speed and time left."""
        self._left -= size
        self._bytes += size
        self._pages += pages
        seconds = max(self._clock() - self._began, 1e-3)
        left = self._left * seconds / max(self._bytes, 1)
        speed = f"{self._pages / seconds:.1f} pages/s, {self._bytes / _MEGABYTE / seconds:.1f} MB/s"
        return f"{speed}, {span(left)} left" if self._left > 0 else speed
