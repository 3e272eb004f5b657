"""Show how far long work has come: a bar on a terminal, plain lines in a log, nothing when asked to be quiet.

Everything goes to standard error; standard output is for results. A bar is drawn only where a person
looks: on a terminal that can move its cursor, whatever FORCE_COLOR says.
"""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, TextIO

_SECONDS_BETWEEN_LINES = 30.0
_REFRESHES = 5  # a second


class Step(Protocol):
    """One step of the work, while it lasts."""

    def finished(self, name: str, detail: str) -> None:
        """One part of the step (a site) is done; `detail` says what came of it."""

    def went_on(self, detail: str) -> None:
        """Something moved inside a part; `detail` says how far it is."""


class Reporter(Protocol):
    """Whoever tells a person about steps."""

    def step(self, name: str, total: int) -> contextlib.AbstractContextManager[Step]:
        """Begin the step `name` of `total` parts."""


class Quiet:
    """Says nothing."""

    def finished(self, name: str, detail: str) -> None:
        """Say nothing."""

    def went_on(self, detail: str) -> None:
        """Say nothing."""

    @contextlib.contextmanager
    def step(self, name: str, total: int) -> Iterator[Step]:
        """Begin a step without a word."""
        del name, total
        yield self


class _PlainStep:
    """A line for each part that is done, and one every half minute in between."""

    def __init__(self, name: str, total: int, say: Callable[[str], None]) -> None:
        self._name, self._total, self._say = name, total, say
        self._done = 0
        self._last = time.monotonic()

    def finished(self, name: str, detail: str) -> None:
        self._done += 1
        self._line(f"{self._done} of {self._total}  {name}: {detail}")

    def went_on(self, detail: str) -> None:
        if time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES:
            self._line(f"{self._done} of {self._total}  … {detail}")

    def _line(self, text: str) -> None:
        self._last = time.monotonic()
        self._say(f"{self._name}  {text}")


class Lines:
    """Plain lines, for logs and for terminals without a cursor."""

    def __init__(self, say: Callable[[str], None] | None = None) -> None:
        """Hand each line to `say`; without it, to standard error."""
        self._say = say or _to_stderr

    @contextlib.contextmanager
    def step(self, name: str, total: int) -> Iterator[Step]:
        """Begin a step; say at its end how long it took."""
        started = time.monotonic()
        yield _PlainStep(name, total, self._say)
        self._say(f"{name}  done in {time.monotonic() - started:.1f} s")


class _BarStep:
    """A bar with the last part's name and what came of it."""

    def __init__(self, advance: Callable[[int, str], None]) -> None:
        self._advance = advance

    def finished(self, name: str, detail: str) -> None:
        self._advance(1, f"{name}: {detail}")

    def went_on(self, detail: str) -> None:
        self._advance(0, detail)


class Bars:
    """A progress bar a step, on the terminal that standard error is."""

    @contextlib.contextmanager
    def step(self, name: str, total: int) -> Iterator[Step]:
        """Draw a bar until the step ends."""
        from rich.console import Console  # noqa: PLC0415 - only where a bar is drawn
        from rich.progress import (  # noqa: PLC0415 - only where a bar is drawn
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        columns = (
            TextColumn(f"{name:<10}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        )
        with Progress(*columns, console=Console(stderr=True), refresh_per_second=_REFRESHES) as bar:
            task = bar.add_task("", total=total)
            yield _BarStep(lambda n, text: bar.update(task, advance=n, description=_one_line(text)))
            bar.update(task, description="")


def reporter(
    *, quiet: bool, no_progress: bool, environment: Mapping[str, str], stream: TextIO = sys.stderr
) -> Reporter:
    """Return the reporter that suits where standard error goes."""
    if quiet:
        return Quiet()
    is_terminal = stream.isatty() and environment.get("TERM") != "dumb"
    return Bars() if is_terminal and not no_progress else Lines()


def _one_line(text: str, width: int = 48) -> str:
    """Return `text` short enough to stand beside a bar, with nothing that rich would read as markup."""
    flat = " ".join(text.split()).replace("[", "(").replace("]", ")")
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def _to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
