"""Stop before the disk is full: a full one leaves no room to put away what was captured."""

import asyncio
import errno
import shutil
import time
from pathlib import Path

from crawlers.policy import policy

_LOOK_EVERY_SECONDS = 1.0  # far less than it takes to fill what must be left free
# EFBIG: as large as the system lets a file grow, which to us is the same.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_MIB = 1 << 20


class Disk:
    """The disk that the captures of a job go to."""

    def __init__(self, data: Path, stop: asyncio.Event) -> None:
        """Watch the disk of `data`, which exists; set `stop` when it is nearly full."""
        self._data, self._stop = data, stop
        self._look_at = time.monotonic()  # when to look next
        self.fault: str | None = None  # for a person: why all visits stop

    def look(self) -> None:
        """Look whether enough is free; to be called often, as it looks once a second."""
        now = time.monotonic()
        if now < self._look_at or self.fault:
            return
        self._look_at = now + _LOOK_EVERY_SECONDS
        fault = fault_of_disk(self._data)
        if fault:
            self._stop_all(fault)

    def note(self, error: BaseException) -> bool:
        """Return whether `error` says that the disk is full, in which case all visits stop."""
        is_full = isinstance(error, OSError) and error.errno in _NO_ROOM
        if is_full:
            self._stop_all(f"{self._data}: {error}")
        return is_full

    def _stop_all(self, fault: str) -> None:
        self.fault = self.fault or fault
        self._stop.set()


def fault_of_disk(data: Path) -> str | None:
    """Return in words that too little is free on the disk of `data`, which exists; None where enough is."""
    free, wanted = shutil.disk_usage(data).free, policy().free_disk_bytes
    if free >= wanted:
        return None
    return f"{data}: {free // _MIB} MiB are free; expected {wanted // _MIB} MiB"
