"""What one more page, site and service cost: CPU time of each step, and the bytes that each leaves behind.

`python benchmarks/unit_costs.py [FEW MANY]`: the corpus's pages, so many times over as the archive of other
sites, are taken through the whole pipeline, in one process at a time. What the second archive costs more than
the first is told by page and by service, and what is left for none. `capacity.yml` asks for these values.
They are absolute, so they hold for the machine that they were made on, and no mark is asked of them.
`python benchmarks/unit_costs.py sites` deals one copy out to more sites, and tells what each of those costs.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import pyarrow.parquet as pq

from benchmarks.archive.stages import Cost, costs_of
from benchmarks.archive.written import CORPUS, ROUND, of_corpus, write_archive

_SITES, _OF_EACH = 5, 250  # of each copy; pages of a WARC file
_FEW, _MANY = 1, 3  # copies
_MORE_SITES = 50
_LEFT = {
    "warc": "archive",
    "captures": "data/captures",
    "core": "data/core",
    "readings": "data/readings",
    "rows": "data/readings/warcs",
    "warehouse": "data/warehouse.duckdb",
    "release": "data/publish",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What an archive cost."""

    pages: int
    services: int
    costs: dict[str, Cost]
    sizes: dict[str, int]  # bytes


def main() -> int:
    """Print the costs; return 0."""
    if not CORPUS.is_dir():
        print("unit costs | skipped: the corpus of real pages is not here")
    elif sys.argv[1:] == ["sites"]:
        few, many = _weighed(_FEW, _SITES), _weighed(_FEW, _SITES + _MORE_SITES)
        _tell(few, many, {"site": _MORE_SITES})
    else:
        few, many = (_weighed(int(copies), _SITES) for copies in (sys.argv[1:3] or (_FEW, _MANY)))
        _tell(few, many, {"page": many.pages - few.pages, "service": many.services - few.services})
    return 0


def _tell(few: Weighed, many: Weighed, more: dict[str, int]) -> None:
    """Print what `many` cost more than `few`, by each thing that there is `more` of."""
    print(f"unit costs | {few.pages} and {many.pages} pages, {few.services} and {many.services} services")
    for step, cost in many.costs.items():
        spent = 1000 * (cost.cpu - few.costs[step].cpu)
        by = ", ".join(f"{spent / count:.2f} CPU-ms a {thing}" for thing, count in more.items())
        peaks = f"{few.costs[step].peak:.0f} and {cost.peak:.0f} MB"
        print(f"unit costs | {step}: {by}; {few.costs[step].cpu:.1f} CPU-s for the few | {peaks}")
    for name, size in many.sizes.items():
        left = size - few.sizes[name]
        by = ", ".join(f"{left / count:.0f} bytes a {thing}" for thing, count in more.items())
        print(f"unit costs | {name}: {by}; {few.sizes[name] / 1e6:.1f} MB for the few")


def _weighed(copies: int, sites: int) -> Weighed:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        listing = write_archive(here / "archive", of_corpus(copies, sites, apart=True), _OF_EACH)
        costs = costs_of(listing, here / "data")
        return Weighed(
            pages=_rows(here / "data", "pages"),
            services=_rows(here / "data", "services"),
            costs=costs,
            sizes={name: _bytes(here / place) for name, place in _LEFT.items()},
        )


def _rows(data: Path, table: str) -> int:
    found = (data / "core" / table / f"round={ROUND}").glob("*.parquet")
    return sum(pq.read_metadata(path).num_rows for path in found)


def _bytes(place: Path) -> int:
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in files)


if __name__ == "__main__":
    sys.exit(main())
