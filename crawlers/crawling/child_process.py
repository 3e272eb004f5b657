"""Start the crawling process, listen to it, and end it: tidily at the first Ctrl-C, at once at the second."""

import contextlib
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import IO

from crawlers.crawling.jobs import STOP, Job, LogLine, Progress, from_line
from crawlers.storing.lock import held_in

_COMMAND = (sys.executable, "-m", "crawlers.crawling.child")
# Of what Arrow frees as a site is put away, its own allocator would keep tens of megabytes. What the Parquet
# library takes by itself follows this word alone, which must be there before the library is loaded.
_FRUGAL = {"ARROW_DEFAULT_MEMORY_POOL": "system"}
_LAST_WORDS = 2000  # characters of what the child said last
_PATIENCE_SECONDS = 90  # for a tidy end: longer than one request may take


class ChildProcess:
    """One crawling process and one job."""

    def __init__(self, job: Job) -> None:
        """Be ready to do `job`."""
        self._job = job
        self.was_interrupted = False
        self.last_words = "the crawling process did not start"

    def run(self, on_progress: Callable[[Progress], None]) -> None:
        """Do the job, handing on what moves.

        Raises:
            KeyboardInterrupt: after Ctrl-C, once the child has ended.
        """
        with tempfile.TemporaryFile() as complaints:
            child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                start_new_session=True,  # Ctrl-C reaches us alone; the child is told by us
                env=os.environ | _FRUGAL,
                pass_fds=held_in(self._job.data),  # the folder stays locked until both of us have ended
                encoding="utf-8",
            )
            try:
                self._talk_to(child, on_progress)
            finally:
                _end(child)
                self._note_end(child.returncode, complaints)

    def _talk_to(self, child: subprocess.Popen[str], on_progress: Callable[[Progress], None]) -> None:
        """Give the job and listen until the child closes its output."""
        try:
            _tell(child, self._job.model_dump_json() + "\n")
            _listen(child, on_progress)
        except KeyboardInterrupt:
            self.was_interrupted = True
            _tell(child, STOP)
            _listen(child, on_progress)
            raise

    def _note_end(self, code: int, complaints: IO[bytes]) -> None:
        """Keep why the child ended, for those sites that it did not finish."""
        complaints.seek(0)
        said = complaints.read().decode("utf-8", "replace").strip()[-_LAST_WORDS:]
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        self.last_words = f"the crawling process {how} before this site was done" + (
            f"; {said}" if said else ""
        )


def _listen(child: subprocess.Popen[str], on_progress: Callable[[Progress], None]) -> None:
    """Hand on events and log lines until there are no more."""
    for line in _pipe(child.stdout):
        event = from_line(line)
        if isinstance(event, LogLine):
            logging.getLogger(event.name).log(event.level, "%s", event.message)
        else:
            on_progress(event)


def _tell(child: subprocess.Popen[str], words: str) -> None:
    """Say `words` to the child; one that has ended meanwhile need not hear them."""
    with contextlib.suppress(BrokenPipeError):
        _pipe(child.stdin).write(words)
        _pipe(child.stdin).flush()


def _close(child: subprocess.Popen[str]) -> None:
    """Close the child's input: if it has not ended yet, it ends at once."""
    with contextlib.suppress(BrokenPipeError):
        _pipe(child.stdin).close()


def _end(child: subprocess.Popen[str]) -> None:
    """See the child off; if it will not go, or nobody waits any longer, by force."""
    _close(child)
    is_in_error = sys.exc_info()[0] is not None
    try:
        child.wait(timeout=1 if is_in_error else _PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    finally:
        _pipe(child.stdout).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise RuntimeError("a pipe to the crawling process is missing; expected Popen to have made it")
    return pipe
