"""Peak memory of each step of the whole pipeline, with so many pages and with more.

`python benchmarks/pages_in_memory.py [PAGES MORE | full]`: small pages that are made up, of sites of a
hundred pages, as a web archive, from WARC files to a release, each step in a process of its own. `full` is
10,000 and 1,000,000 pages, for which issue 7 asks for 1.2 x the memory and less than 2 GiB.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.archive.stages import STEPS, Cost, costs_of
from benchmarks.archive.written import made_up, write_archive

_DEFAULT, _FULL = (500, 5_000), (10_000, 1_000_000)
_OF_A_SITE, _OF_A_FILE = 100, 2_500
_MOST_GROWTH, _MOST = 1.2, 2048  # MB


def main() -> int:
    """Print a row for each step; return 1 where one needs more than is asked."""
    counts = _FULL if sys.argv[1:] == ["full"] else tuple(map(int, sys.argv[1:3])) or _DEFAULT
    few, many = (_costs(pages) for pages in counts)
    missed = []
    for step in STEPS:
        growth = many[step].peak / few[step].peak
        print(
            f"pages in memory | {step}: {few[step].peak:.0f} MB with {counts[0]} pages,"
            f" {many[step].peak:.0f} MB with {counts[1]} | {growth:.2f} x (asked: {_MOST_GROWTH})"
            f" | {many[step].cpu:.0f} CPU-s"
        )
        if growth > _MOST_GROWTH or many[step].peak > _MOST:
            missed.append(step)
    if missed:
        print(f"pages in memory | missed by {', '.join(missed)}")
    return int(bool(missed))


def _costs(pages: int) -> dict[str, Cost]:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        made = made_up(max(1, pages // _OF_A_SITE), _OF_A_SITE)
        return costs_of(write_archive(here / "archive", made, _OF_A_FILE), here / "data")


if __name__ == "__main__":
    sys.exit(main())
