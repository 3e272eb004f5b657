"""Guard: a small run of what is measured elsewhere in full; the ratios may not fall behind `guard.yml`.

Part of CI. A ratio that misses its bound is measured again, thrice at most: a busy machine may do that once,
slower code does it each time.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import start
import understand
import warc
import yaml
from understanding.stacks import floor

BOUNDS = Path(__file__).with_name("guard.yml")
_TRIES = 3
_PAGES = 40  # of the corpus, the first by name


def main() -> int:
    """Print a row for each ratio; return 1 where one misses its bound each time."""
    bounds = yaml.safe_load(BOUNDS.read_text(encoding="utf-8"))
    ratios: dict[str, Callable[[], float]] = {"definitions": of_definitions, "help": of_help}
    if understand.CORPUS.is_dir():
        ratios |= {"understand": of_floor, "warc": of_warcio}
    else:
        print("guard | understand, warc | skipped: the corpus of real pages is not here")
    return max([missed(name, ratio, bounds[name]) for name, ratio in ratios.items()])


def missed(name: str, ratio: Callable[[], float], bound: dict[str, float]) -> int:
    """Print what was measured; return 1 where it misses its bound as often as may be tried."""
    least, most = bound.get("least", 0.0), bound.get("most", float("inf"))
    measured = []
    while len(measured) < _TRIES and (not measured or not least <= measured[-1] <= most):
        measured.append(ratio())
    said = " then ".join(f"{one:.3f}" for one in measured)
    asked = f"at least {least}" if least else f"at most {most}"
    print(f"guard | {name} | {said} | pinned {bound['pinned']} | {asked}")
    return int(not least <= measured[-1] <= most)


def of_floor() -> float:
    """Return pages per CPU-second of ours by those of the floor."""
    with tempfile.TemporaryDirectory() as folder:
        pages = sorted(understand.CORPUS.glob("*.html"))[:_PAGES]
        path = understand.written(Path(folder) / "few.warc.gz", pages)
        least = floor(understand.words())
        understand.cpu_seconds(understand.ours, path)  # what is known is loaded
        return understand.best(least, path) / understand.best(understand.ours, path)


def of_warcio() -> float:
    """Return records per CPU-second of ours by those of warcio."""
    pages = [path.read_bytes() for path in sorted(warc.CORPUS.glob("*.html"))[:_PAGES]]
    return warc.compared(warc.answers(pages)).speed


def of_definitions() -> float:
    """Return CPU-seconds to load the definitions by those to import Dagster."""
    return start.ratio("definitions of sample", "import dagster", repeats=3)


def of_help() -> float:
    """Return CPU-seconds of `--help` by those to import typer."""
    return start.ratio("baskych --help", "import typer", repeats=3)


if __name__ == "__main__":
    sys.exit(main())
