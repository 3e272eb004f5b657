"""Peak memory of each step of the whole pipeline, with so many pages and with more.

`python benchmarks/pages_in_memory.py [PAGES MORE | full]`: each step in a process of its own, on one core,
with all processes that it starts. `full` is 10,000 and 1,000,000 pages, for which issue 7 asks for 1.2 x the
memory and less than 2 GiB. It takes some hours, and 15 GB of disk where temporary files lie.

The pages are small and made up: sites of 500 pages, of which one in 25 is of a service. So a million are of
2,000 sites and public bodies and 40,000 services: CAPACITY.md takes a country of that size to have 1,000
sites and 17,000 to 96,000 services. `read` and `gather` have such pages as a web archive, of WARC files of
2,500, and not more than 20,000: they know of nothing but a file or a site. For the steps after them, which
have to do with a whole country, one site is read and copied to others, under hosts and ids of their own.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.archive.copied import copy_sites
from benchmarks.archive.stages import STEPS, Cost, take_each
from benchmarks.archive.written import made_up, write_archive

_DEFAULT, _FULL = (1_000, 5_000), (10_000, 1_000_000)
_OF_A_SITE, _A_SERVICE_EVERY, _OF_A_FILE = 500, 25, 2_500
_READING, _MOST_READ = STEPS[:2], 20_000
_MOST_GROWTH, _MOST = 1.2, 2048  # MB


def main() -> int:
    """Print a row for each step and one for the whole; return 1 where more is needed than is asked."""
    counts = _FULL if sys.argv[1:] == ["full"] else tuple(map(int, sys.argv[1:3])) or _DEFAULT
    few, many = (costs_at(pages) for pages in counts)
    missed = [step for step in STEPS if tell(step, few[step], many[step])]
    highest = [max(costs.values(), key=lambda cost: cost.peak) for costs in (few, many)]
    missed += ["the whole"] if tell("the whole", *highest) else []
    if missed:
        print(f"pages in memory | missed by {', '.join(missed)}")
    return int(bool(missed))


def tell(step: str, few: Cost, many: Cost) -> bool:
    """Print how the memory of a step grew; return whether it grew by more than is asked."""
    growth = many.peak / few.peak
    print(
        f"pages in memory | {step}: {few.peak:.0f} and {many.peak:.0f} MB | {growth:.2f} x"
        f" (asked: {_MOST_GROWTH}) | {few.cpu:.0f} and {many.cpu:.0f} CPU-s"
    )
    return growth > _MOST_GROWTH or many.peak > _MOST


def costs_at(pages: int) -> dict[str, Cost]:
    """Take every step with so many pages; print what each costs as it ends."""
    sites, read = pages // _OF_A_SITE, min(pages, _MOST_READ) // _OF_A_SITE
    costs: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as folder:
        for step in _READING:
            costs |= _taken(step, _archive(Path(folder), read), Path(folder) / str(read), read)
        take_each(_READING, _archive(Path(folder), 1), Path(folder) / "one")
        copy_sites(Path(folder) / "one", Path(folder) / "all", sites)
        for step in STEPS[len(_READING) :]:
            costs |= _taken(step, _archive(Path(folder), 1), Path(folder) / "all", sites)
    return costs


def _archive(folder: Path, sites: int) -> Path:
    listing = folder / f"archive-{sites}" / "warc.paths"
    if not listing.is_file():
        write_archive(listing.parent, made_up(sites, _OF_A_SITE, _A_SERVICE_EVERY), _OF_A_FILE)
    return listing


def _taken(step: str, listing: Path, data: Path, sites: int) -> dict[str, Cost]:
    taken = take_each((step,), listing, data)
    cost = taken[step]
    told = f"{step} of {sites * _OF_A_SITE} pages: {cost.peak:.0f} MB, {cost.cpu:.0f} CPU-s"
    print(f"pages in memory | {told}", flush=True)
    return taken


if __name__ == "__main__":
    sys.exit(main())
