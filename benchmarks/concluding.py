"""What a round costs to conclude, in memory and CPU time, with so many pages and with more.

`python benchmarks/concluding.py [PAGES MORE | full]`: 500 small pages are read, and what came of them is
copied to other sites (`archive/copied.py`), until there are so many; each round is concluded in a process of
its own. Any page of a country may speak of any service, so this step has to do with all of them. `full` is
10,000 and 1,000,000 pages, for which issue 7 asks for 1.2 x the memory and less than 2 GiB.
"""

import json
import logging
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import structlog

from benchmarks.archive.copied import copy_sites
from benchmarks.archive.stages import take_each
from benchmarks.archive.written import ROUND, made_up, write_archive

_DEFAULT, _FULL = (2_000, 20_000), (10_000, 1_000_000)
_SITES, _OF_A_SITE = 10, 50  # that are read
_MOST_GROWTH, _MOST = 1.2, 2048  # MB


def main() -> int:
    """Print a row for each size; return 1 where more memory is needed than is asked."""
    counts = _FULL if sys.argv[1:] == ["full"] else tuple(map(int, sys.argv[1:3])) or _DEFAULT
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        listing = write_archive(here / "archive", made_up(_SITES, _OF_A_SITE), _SITES * _OF_A_SITE)
        take_each(("read", "gather"), listing, here / "few")
        for pages in counts:
            copy_sites(here / "few", here / str(pages), pages // (_SITES * _OF_A_SITE))
            ours = [sys.executable, __file__, "--child", str(here / str(pages))]
            said = subprocess.run(ours, capture_output=True, text=True, check=True).stdout  # noqa: S603 - ourselves
            services, cpu, peak = json.loads(said.splitlines()[-1])
            told = f"{pages} pages, {services} services | {cpu:.1f} CPU-s | {peak:.0f} MB"
            print(f"concluding | {told}", flush=True)
            peaks.append(peak)
    each = (peaks[1] - peaks[0]) * 1000 / (counts[1] - counts[0])
    growth = peaks[1] / peaks[0]
    print(f"concluding | {each:.2f} KB a page | {growth:.2f} x the memory (asked: {_MOST_GROWTH})")
    return int(growth > _MOST_GROWTH or peaks[1] > _MOST)


def child(data: Path) -> None:
    """Conclude the round in `data`; print services, CPU seconds and peak memory in MB."""
    from pipelines.archive_scopes import registry_for_archive  # noqa: PLC0415 - only this process needs it
    from pipelines.knowledge import load_knowledge  # noqa: PLC0415 - nor this
    from pipelines.rounds.round_reading import conclude_round  # noqa: PLC0415 - nor this

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    counts = conclude_round(data, ROUND, registry_for_archive("zz"), load_knowledge())
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([counts.service_count, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]))
    else:
        sys.exit(main())
