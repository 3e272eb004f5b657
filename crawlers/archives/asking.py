"""Ask a web archive through the one door to the network, one address after the other.

Scrapy, behind our guard, runs in a process of its own (`asking_child`) and answers in the order in which it
is asked: so an archive has one request of ours at a time, and there is no second way to the network.
"""

import base64
import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import IO, Self

from crawlers.errors import ArchiveError
from crawlers.network.answers import Answer, Asked, Failure
from crawlers.network.fetch import NO_MORE
from crawlers.outcomes import Outcome
from crawlers.registry.fields import Strict

_COMMAND = (sys.executable, "-m", "crawlers.archives.asking_child")
_PATIENCE_SECONDS = 10  # for a tidy end: nothing is under way then
_LAST_WORDS = 2000  # characters


class Setup(Strict):
    """What the asking process is told first."""

    allow_private: tuple[str, ...]
    user_agent: str


class Question(Strict):
    """One thing to ask for."""

    url: str
    more: Mapping[str, str]  # header fields


class Door:
    """The asking process, to be used within `with`."""

    def __init__(self, allow_private: Iterable[str], user_agent: str) -> None:
        """Let the process connect to public addresses, and to those of `allow_private`."""
        self._setup = Setup(allow_private=tuple(allow_private), user_agent=user_agent)

    def __enter__(self) -> Self:
        """Start the process."""
        self._complaints: IO[bytes] = tempfile.TemporaryFile()
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            start_new_session=True,  # Ctrl-C reaches us alone
            encoding="utf-8",
        )
        self._say(self._setup.model_dump_json())
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """End the process: tidily, or at once where we are in a hurry ourselves."""
        if kind is not None:
            self._child.kill()
        try:
            with contextlib.suppress(BrokenPipeError):
                self._child.communicate(timeout=_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:  # all was answered: nothing is lost by its not ending itself
            self._child.kill()
            self._child.communicate()
        finally:
            self._complaints.close()

    def fetch(self, url: str, more: Mapping[str, str] = NO_MORE) -> Answer | Failure:
        """Return what came of asking for `url`.

        Raises:
            ArchiveError: the asking process is no more; with its last words.
        """
        self._say(Question(url=url, more=dict(more)).model_dump_json())
        line = self._child.stdout.readline() if self._child.stdout else ""
        if not line.endswith("\n"):
            self._child.wait()
            self._complaints.seek(0)
            words = self._complaints.read().decode("utf-8", "replace").strip()[-_LAST_WORDS:]
            raise ArchiveError(f"{url}: the process that asks archives ended before it answered; {words}")
        return answer_of(line)

    def _say(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):  # reading its answer tells why
            if self._child.stdin:
                self._child.stdin.write(line + "\n")
                self._child.stdin.flush()


_BYTES = ("body", "head")  # fields of an answer that JSON cannot hold as they are


def line_of(answer: Answer | Failure) -> str:
    """Return an answer as a line."""
    fields = asdict(answer)
    fields["asked"]["asked_at"] = answer.asked.asked_at.isoformat()
    fields["asked"]["header"] = base64.b64encode(answer.asked.header).decode()
    if isinstance(answer, Answer):
        fields |= {name: base64.b64encode(fields[name]).decode() for name in _BYTES}
    return json.dumps(fields) + "\n"


def answer_of(line: str) -> Answer | Failure:
    """Return the answer that `line_of` wrote."""
    fields = json.loads(line)
    told = fields.pop("asked")
    asked = Asked(
        url=told["url"],
        asked_at=datetime.fromisoformat(told["asked_at"]),
        header=base64.b64decode(told["header"]),
    )
    if "outcome" in fields:
        return Failure(**(fields | {"asked": asked, "outcome": Outcome(fields["outcome"])}))
    headers = tuple((name, value) for name, value in fields["headers"])
    octets = {name: base64.b64decode(fields[name]) for name in _BYTES}
    return Answer(**(fields | octets | {"asked": asked, "headers": headers}))
