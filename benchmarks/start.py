"""Start: what it costs until something can be done, in CPU seconds of a process from its start to its end.

`python benchmarks/start.py [9]`: repeats, of which the median counts; what is compared is run by turns.
Issue 7 asks that Dagster's definitions load in under twice the time of importing Dagster alone, that
`baskych --help` takes under 0.3 s, and `baskych inspect page.html` under 0.7 s. Both commands stand beside an
import of typer too: no command line made with it starts sooner.
"""

import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BASKYCH = Path(sys.executable).with_name("baskych")
PAGE = ROOT / "tests" / "golden" / "judge" / "application" / "page.html"
COUNTRIES = ("sample", "kg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is started, what it is compared with, and what is asked of it: a ratio to that, or CPU seconds."""

    name: str
    by: str
    most_ratio: float | None = None
    most_seconds: float | None = None

    def is_met(self, spent: Callable[[str], float]) -> bool:
        """Return whether it is as cheap as is asked."""
        of_ratio = self.most_ratio is None or spent(self.name) < self.most_ratio * spent(self.by)
        return of_ratio and (self.most_seconds is None or spent(self.name) < self.most_seconds)


ROWS = (
    *(Row(name=f"definitions of {one}", by="import dagster", most_ratio=2.0) for one in COUNTRIES),
    Row(name="baskych --help", by="import typer", most_seconds=0.3),
    Row(name="baskych inspect page.html", by="import typer", most_seconds=0.7),
)


def commands() -> dict[str, list[str]]:
    """Return what is started, by its name."""
    python = [sys.executable, "-c"]
    definitions = "import os; os.environ['BASKYCH_COUNTRY'] = {!r}; import pipelines.definitions"
    return {
        "import typer": [*python, "import typer"],
        "import dagster": [*python, "import dagster"],
        **{f"definitions of {one}": [*python, definitions.format(one)] for one in COUNTRIES},
        "baskych --help": [str(BASKYCH), "--help"],
        "baskych inspect page.html": [str(BASKYCH), "inspect", str(PAGE)],
    }


def cpu_of(command: list[str]) -> float:
    """Run `command`; return the CPU seconds of it and its children."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(name: str, by: str, repeats: int) -> float:
    """Return what starting `name` costs by what starting `by` costs, by turns, the median of so many."""
    started = commands()
    turns = [(cpu_of(started[name]), cpu_of(started[by])) for _ in range(repeats + 1)][
        1:
    ]  # the first compiles
    return statistics.median(one / other for one, other in turns)


def main() -> int:
    """Print a row for each start; return 1 where one costs more than is asked."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    started = commands()
    for command in started.values():
        cpu_of(command)  # the first time Python compiles
    turns = [{name: cpu_of(command) for name, command in started.items()} for _ in range(repeats)]

    def spent(name: str) -> float:
        return statistics.median(turn[name] for turn in turns)

    for row in ROWS:
        asked = f"{row.most_ratio:.1f} x" if row.most_ratio else f"{row.most_seconds:.1f} CPU-s"
        print(
            f"start | {row.name} | {spent(row.name) / spent(row.by):.2f} x {row.by} |"
            f" {spent(row.name):.2f} CPU-s | asked: under {asked}"
        )
    return 0 if all(row.is_met(spent) for row in ROWS) else 1


if __name__ == "__main__":
    sys.exit(main())
