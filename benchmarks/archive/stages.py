"""Take a list of WARC files through the whole pipeline, each step in a process of its own, and weigh them.

`python stages.py STEP LIST DATA` takes one step: read, gather, conclude, build or publish.
"""

import json
import logging
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
_PAUSE = 0.05  # seconds
STEPS = ("read", "gather", "conclude", "build", "publish")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a step took."""

    cpu: float  # seconds, with children
    peak: float  # MB of memory, of all its processes together


def costs_of(listing: Path, data: Path) -> dict[str, Cost]:
    """Take all steps, one after another; return what each took."""
    return take_each(STEPS, listing, data)


def take_each(steps: Sequence[str], listing: Path, data: Path) -> dict[str, Cost]:
    """Take some steps, each in a process of its own; return what each took."""
    costs = {}
    for step in steps:
        ours = [sys.executable, __file__, step, str(listing), str(data)]
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as complaints:
            process = subprocess.Popen(ours, stdout=out, stderr=complaints)  # noqa: S603 - ourselves
            peak = peak_of(process)
            if process.returncode:
                complaints.seek(0)
                raise SystemExit(f"{step}: {complaints.read()}")
            out.seek(0)
            told = json.loads(out.read().splitlines()[-1])
        costs[step] = Cost(cpu=told["cpu"], peak=max(peak, told["peak"]))
    return costs


def peak_of(process: subprocess.Popen[bytes]) -> float:
    """Wait until a process has ended; return the most memory that it had with all below it, in MB.

    Looked at twenty times a second; memory that two of them share counts twice.
    """
    peak = 0
    while process.poll() is None:
        peak = max(peak, _resident(process.pid))
        time.sleep(_PAUSE)
    return peak / 1024


def _resident(pid: int, started_by: str = "") -> int:
    """Return what a process and all below it have in memory, in kB; 0 for one that has just ended.

    A process that is about to become another one still has the memory, and the words, of who started it.
    """
    here = Path(f"/proc/{pid}")
    try:
        words = (here / "cmdline").read_text("utf-8", "replace")
        status = (here / "status").read_text("ascii", "replace")
        tasks = [path.read_text("ascii") for path in (here / "task").glob("*/children")]
    except OSError:
        return 0
    own = re.search(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)
    if own is None or words == started_by:
        return 0
    return int(own[1]) + sum(_resident(int(child), words) for task in tasks for child in task.split())


def take(step: str, listing: Path, data: Path) -> None:
    """Take one step here, in one process; print what it took as JSON."""
    _act(step, listing, data)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(
        json.dumps(
            {
                "cpu": sum(each.ru_utime + each.ru_stime for each in used),
                "peak": used[0].ru_maxrss / 1024,  # of children it is no less than ours when they began
            }
        )
    )


def _act(step: str, listing: Path, data: Path) -> None:
    """Take a step with no more of the program than it needs, as its command does."""
    import structlog  # noqa: PLC0415 - the parent needs none of this

    from benchmarks.archive.written import ROUND  # noqa: PLC0415 - nor this
    from pipelines.operating.progress import Quiet  # noqa: PLC0415 - nor this

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    if step in ("read", "gather", "conclude"):
        _understand(step, listing, data, ROUND)
    elif step == "build":
        from pipelines.steps import building  # noqa: PLC0415 - nor do the other steps

        building.build(data.resolve(), Quiet(), 1)
    else:
        from pipelines.steps import publishing  # noqa: PLC0415 - as above

        publishing.publish(data.resolve(), Quiet(), 1)


def _understand(step: str, listing: Path, data: Path, round_id: str) -> None:
    from crawlers.archives.warc_list import read_warc_list  # noqa: PLC0415 - see above
    from pipelines.archive_scopes import listed_scope  # noqa: PLC0415 - see above
    from pipelines.operating.progress import Quiet  # noqa: PLC0415 - see above
    from pipelines.steps import understanding  # noqa: PLC0415 - see above
    from pipelines.warcs.job import WarcJob, gather_sites, read_files, site_tasks  # noqa: PLC0415 - see above

    scope = listed_scope(None, None, data, round_id)
    if step == "conclude":
        understanding.understand_round(scope, Quiet())
        return
    job = WarcJob(data=scope.data, round_id=round_id, registry=scope.registry, jobs=1)
    warcs = read_warc_list(listing)
    done = read_files(job, warcs, lambda _: None)
    if step == "gather":
        gather_sites(job, site_tasks(job, warcs, done), lambda _: None)


if __name__ == "__main__":
    take(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
