"""One host, one queue, across all processes that share a state folder.

Whoever asks a host holds its lock until the answer is there; the lock is the operating system's
(`flock`), so it ends with its holder, however that ends. Beside the lock lies when the host was last
asked and how long it is to rest since, so the next one waits as if it had asked itself.
"""

import fcntl
import hashlib
import os
import re
import struct
from pathlib import Path

from crawlers.policy import policy

_LINE = struct.Struct("<dd")  # when it was last asked (seconds since 1970), how long it is to rest (seconds)
_UNSAFE = re.compile(r"^\.|[^a-z0-9.-]")
_LONGEST = 100  # characters of a file's name
_LOOK_AGAIN_SECONDS = 0.02  # while another process waits for the host's answer


class HostQueue:
    """The queue of one host (with its port), seen from one of those who stand in it."""

    def __init__(self, folder: Path, host_port: str) -> None:
        """Stand in the queue of `host_port`, whose file lies in `folder`."""
        path = folder / f"{_file_name(host_port.lower())}.queue"
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, delay_seconds: float, now: float) -> float:
        """Take the host if nobody has it and it has rested; else return in how many seconds to try again."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _LOOK_AGAIN_SECONDS
        asked_at, rest = self._read()
        # A time to come is that of a clock that was put back since.
        wait = min(asked_at, now) + max(rest, delay_seconds) - now
        if wait > 0:
            self._unlock()
            return wait
        try:
            self._write(now, delay_seconds)
        except OSError:
            self._unlock()
            raise
        return 0.0

    def give_back(self, now: float, rest_seconds: float) -> None:
        """Let the next one have the host, `rest_seconds` from `now` at the earliest if it asked for that."""
        try:
            if rest_seconds > 0:
                self._write(now, rest_seconds)
        finally:  # also on a full disk: nobody else may wait for us for ever
            self._unlock()

    def close(self) -> None:
        """Leave the queue."""
        os.close(self._file)

    def _unlock(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def _read(self) -> tuple[float, float]:
        """When the host was last asked and its rest; long ago and none, where nothing whole stands there."""
        line = os.pread(self._file, _LINE.size, 0)
        asked_at, rest = _LINE.unpack(line) if len(line) == _LINE.size else (0.0, 0.0)
        return asked_at, min(rest, policy().rest_handed_over_cap_seconds)

    def _write(self, asked_at: float, rest_seconds: float) -> None:
        os.pwrite(self._file, _LINE.pack(asked_at, rest_seconds), 0)


def _file_name(host: str) -> str:
    """A safe name for the file of `host`; no two hosts share one."""
    name = _UNSAFE.sub(lambda found: f"_{ord(found[0]):x}", host)
    return name if len(name) <= _LONGEST else hashlib.sha256(host.encode()).hexdigest()
