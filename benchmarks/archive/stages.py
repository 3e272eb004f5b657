"""Take a list of WARC files through the whole pipeline, each step in a process of its own, and weigh them.

`python stages.py STEP LIST DATA` takes one step: read, gather, conclude, build or publish.
"""

import json
import logging
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
STEPS = ("read", "gather", "conclude", "build", "publish")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a step took."""

    cpu: float  # seconds, with children
    peak: float  # MB of memory, of the largest process


def costs_of(listing: Path, data: Path) -> dict[str, Cost]:
    """Take all steps, one after another; return what each took."""
    return take_each(STEPS, listing, data)


def take_each(steps: Sequence[str], listing: Path, data: Path) -> dict[str, Cost]:
    """Take some steps, each in a process of its own; return what each took."""
    costs = {}
    for step in steps:
        ours = [sys.executable, __file__, step, str(listing), str(data)]
        said = subprocess.run(ours, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
        if said.returncode:
            raise SystemExit(f"{step}: {said.stderr}")
        costs[step] = Cost(**json.loads(said.stdout.splitlines()[-1]))
    return costs


def take(step: str, listing: Path, data: Path) -> None:
    """Take one step here, in one process; print what it took as JSON."""
    _act(step, listing, data)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(
        json.dumps(
            {
                "cpu": sum(each.ru_utime + each.ru_stime for each in used),
                "peak": max(each.ru_maxrss for each in used) / 1024,
            }
        )
    )


def _act(step: str, listing: Path, data: Path) -> None:
    import structlog  # noqa: PLC0415 - the parent needs none of this

    from benchmarks.archive.written import ROUND  # noqa: PLC0415 - nor this
    from crawlers.archives.warc_list import read_warc_list  # noqa: PLC0415 - nor this
    from pipelines.archive_scopes import listed_scope  # noqa: PLC0415 - nor this
    from pipelines.operating.progress import Quiet  # noqa: PLC0415 - nor this
    from pipelines.steps import building, publishing, understanding  # noqa: PLC0415 - nor this
    from pipelines.warcs.job import WarcJob, gather_sites, read_files, site_tasks  # noqa: PLC0415 - nor this

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    scope = listed_scope(None, None, data, ROUND)
    if step in ("read", "gather"):
        job = WarcJob(data=scope.data, round_id=ROUND, registry=scope.registry, jobs=1)
        warcs = read_warc_list(listing)
        done = read_files(job, warcs, lambda _: None)
        if step == "gather":
            gather_sites(job, site_tasks(job, warcs, done), lambda _: None)
    elif step == "conclude":
        understanding.understand_round(scope, Quiet())
    elif step == "build":
        building.build(scope.data, Quiet(), 1)
    else:
        publishing.publish(scope.data, Quiet(), 1)


if __name__ == "__main__":
    take(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
