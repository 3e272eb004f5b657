"""Crawl as `ours.py` does, and tell in which parts of the crawling process its CPU time goes.

`python where.py '{"concurrent_sites": 16}' PORT…` prints a row for each part. Every few milliseconds of CPU
time the process is asked what it does (SIGPROF); a moment counts for the innermost part of ours on its stack,
with whatever libraries that part had called.
"""

import atexit
import collections
import json
import os
import re
import runpy
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

import ours

from crawlers.crawling import child_process

_OF_OURS = re.compile(r"/crawlers/(\w+)(?:/(\w+))?")
_EVERY_SECONDS = 0.004
_RESULT = "BASKYCH_BENCHMARK_SAMPLES"  # environment variable: where the child writes what it counted
_STARTING = "start: imports and settings"
_LIBRARIES = "Twisted and uvloop on their own"
_PARTS = {
    "network": "network: the door, with Scrapy and Twisted under it",
    "politeness": "politeness: robots.txt, queue, ledger",
    "visiting": "visiting: links, frontier, traps, near-duplicates",
    "storing": "storing: WARC, journal, Parquet",
    "crawling": "crawling: site by site, telling the parent",
}


def main() -> None:
    """Crawl, then print the rows."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "samples.json"
        os.environ[_RESULT] = str(result)
        child_process._COMMAND = (sys.executable, __file__, "child")  # noqa: SLF001 - to be looked at from inside
        ours.main()
        counts = json.loads(result.read_text(encoding="utf-8"))
    for part, count in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"where | {part} | {count / sum(counts.values()):.0%}")


def child() -> None:
    """Be the crawling process, and count."""
    counts: collections.Counter[str] = collections.Counter()
    signal.signal(signal.SIGPROF, lambda _, frame: counts.update([_part(frame)]))
    signal.setitimer(signal.ITIMER_PROF, _EVERY_SECONDS, _EVERY_SECONDS)
    path = Path(os.environ[_RESULT])
    atexit.register(lambda: path.write_text(json.dumps(counts), encoding="utf-8"))
    runpy.run_module("crawlers.crawling.child", run_name="__main__")


def _part(frame: FrameType | None) -> str:
    innermost = None
    while frame:
        if frame.f_code.co_name == "<module>" and "importlib" in str(frame.f_back and frame.f_back.f_code):
            return _STARTING
        found = _OF_OURS.search(frame.f_code.co_filename)
        if found and found[2] != "child":  # that lies under everything
            innermost = innermost or _PARTS.get(found[1]) or _PARTS["crawling"]
        frame = frame.f_back
    return innermost or _LIBRARIES


if __name__ == "__main__":
    child() if sys.argv[1] == "child" else main()
