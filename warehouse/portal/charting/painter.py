"""Have charts drawn in a process of its own, which ends when the last one is drawn.

What draws charts is an engine of JavaScript: some 130 MB, which a process that has it keeps to its end.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
from typing import IO, Self

from warehouse.portal.charting.painting import Form, Painted
from warehouse.portal.errors import PortalError, PrinterDiedError

_COMMAND = (sys.executable, "-m", "warehouse.portal.charting.painting")
_MOST = (
    100  # charts that one process draws: it has 85 MB after the first, 125 after these, 155 after thousands
)
_LAST_WORDS = 2000  # characters of what the process said last


class Painter:
    """The process that draws: a context that ends it. None is started before the first chart comes."""

    def __init__(self) -> None:
        """Be ready to start one."""
        self._process: subprocess.Popen[bytes] | None = None
        self._drawn = 0  # by this process
        self._at_the_end = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Return the painter, to be ended."""
        self._complaints = self._at_the_end.enter_context(tempfile.TemporaryFile())
        return self

    def __exit__(self, *_: object) -> None:
        """End the process, whatever it is at."""
        self._end()
        self._at_the_end.close()

    def painted(self, wide: Form, narrow: Form) -> Painted:
        """Return what `painting.painted` returns.

        Raises:
            PortalError: it is no Vega-Lite. PrinterDiedError: the process has died; with its last words.
        """
        process = self._started()
        with contextlib.suppress(BrokenPipeError):  # that no answer comes tells it
            _pipe(process.stdin).write(json.dumps([wide, narrow]).encode() + b"\n")
            _pipe(process.stdin).flush()
        head = _pipe(process.stdout).readline()
        told = json.loads(head) if head.endswith(b"\n") else {"sizes": [1]}
        if "problem" in told:
            raise PortalError(f"a chart cannot be drawn: {told['problem']}")
        parts = [_pipe(process.stdout).read(size) for size in told["sizes"]]
        if [len(part) for part in parts] != told["sizes"]:
            raise PrinterDiedError(
                f"the process that draws charts ended before it had drawn one; {self._end()}"
            )
        return Painted(wide=parts[0], narrow=parts[1], png=parts[2])

    def _started(self) -> subprocess.Popen[bytes]:
        if self._drawn == _MOST:
            self._end()
        self._drawn += 1
        if self._process is None:
            self._drawn = 1
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints
            )
        return self._process

    def _end(self) -> str:
        """End the process and wait until it has; return how it ended and what it said last."""
        if self._process is None:
            return "it was not started"
        with contextlib.suppress(BrokenPipeError):  # a line that it did not live to read
            _pipe(self._process.stdin).close()
        self._process.kill()
        code = self._process.wait()
        _pipe(self._process.stdout).close()
        self._process = None
        self._complaints.seek(0)
        words = self._complaints.read().decode("utf-8", "replace").strip()[-_LAST_WORDS:]
        return f"signal {-code}: {words}" if code < 0 else f"code {code}: {words}"


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise AssertionError("the process was started with pipes")
    return end
