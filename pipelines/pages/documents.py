"""Read PDF, Word and spreadsheet files in a process apart, with limits on time and memory.

One reader serves many documents. When a document makes it loop, swell or fall over, it is killed, the
document gets its outcome, and the next document gets a new reader.
"""

import json
import os
import selectors
import subprocess
import sys
import time
from types import TracebackType
from typing import Self

from crawlers.outcomes import Outcome
from pipelines.pages.document_record import DocumentText
from pipelines.pages.document_rules import document_rules

_CHUNK = 1 << 16


class DocumentReader:
    """A reader of documents: a context that ends its process with it."""

    def __init__(self, seconds: float | None = None) -> None:
        """Give each document `seconds`; None: as `knowledge/documents.yml` says."""
        self._seconds = seconds or document_rules().limits.seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Nothing is started before the first document comes."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the reader's process."""
        self._end()

    def read(self, kind: str, body: bytes) -> DocumentText:
        """Return the text of `body`, a pdf, docx or xlsx, or the outcome that says why there is none."""
        process = self._started()
        deadline = time.monotonic() + self._seconds
        answer = _asked(
            process, json.dumps({"kind": kind, "size": len(body)}).encode() + b"\n" + body, deadline
        )
        if answer is None:
            in_time = time.monotonic() < deadline
            self._end()
            why = "its reader fell over" if in_time else f"reading took more than {self._seconds:g} s"
            return DocumentText(outcome=Outcome.BAD_CONTENT, detail=f"{kind}: {why}")
        return _document(answer)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pipelines.pages.document_worker"],
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    os.set_blocking(pipe.fileno(), False)
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process = None


def _asked(process: subprocess.Popen[bytes], question: bytes, deadline: float) -> bytes | None:
    """Send `question` and return the line that answers it, None when none came by `deadline`."""
    if process.stdin is None or process.stdout is None:
        return None
    unsent, answer = memoryview(question), bytearray()
    source, sink = process.stdout.fileno(), process.stdin.fileno()
    with selectors.DefaultSelector() as ready:
        ready.register(source, selectors.EVENT_READ)
        ready.register(sink, selectors.EVENT_WRITE)
        while (left := deadline - time.monotonic()) > 0:
            for key, _ in ready.select(left):
                if key.fd == sink:
                    try:
                        unsent = unsent[os.write(sink, unsent[:_CHUNK]) :]
                    except BrokenPipeError:
                        return None
                    if not unsent:
                        ready.unregister(sink)
                    continue
                chunk = os.read(source, _CHUNK)
                answer += chunk
                if not chunk:
                    return None
                if answer.endswith(b"\n"):
                    return bytes(answer)
    return None


def _document(answer: bytes) -> DocumentText:
    told = json.loads(answer)
    headings = tuple((level, text) for level, text in told.pop("headings"))
    return DocumentText(outcome=Outcome(told.pop("outcome")), headings=headings, **told)
