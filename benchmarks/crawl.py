"""Crawl: pages per CPU-second with everything on, beside Scrapy as it comes, on the same loopback sites.

Rows: speed; where the time goes; memory at 5,000 and 50,000 pages; two hundred slow, polite hosts at once.
Server, Scrapy and our crawler each run in a process of their own; CPU-seconds are those of a process and
its children from start to end, so that the price of starting counts for both.
`python benchmarks/crawl.py [speed] [where] [memory] [slow]` makes those rows only; `cost`, only where it is
named, says what our crawler takes for a page, for `capacity.yml`.
"""

import contextlib
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PARTS = Path(__file__).parent / "crawling"
_COUNTRY = [625] * 32  # a round of a country
_ROUNDS = 3  # the best counts, for both
_ASKED_RATIO = 3.5
_MANY, _PAGES_OF_ONE = 10, 500
_GROWTH = 10  # times as many pages, and no more memory
_SLOW_HOSTS = 200
_AROUND = 2  # requests of each host for what is no page: a sitemap, and an address of nothing
_CRAWL_DELAY = 1.0  # seconds
_ANSWER_SECONDS = 0.3
_ASKED_SHARE = 1.10  # of what the slowest host's own delay demands
_NO_LIMIT = {"max_pages": 1_000_000, "concurrent_sites": 16}


def main() -> int:
    """Print the rows asked for; return 1 where one misses its mark."""
    rows = {"speed": speed, "where": where, "memory": memory, "slow": slow_hosts}
    results = [(rows | {"cost": cost})[name]() for name in sys.argv[1:] or rows]
    return 0 if all(results) else 1


def speed() -> bool:
    """Crawl the same pages with Scrapy and with ours, by turns."""
    with served(_COUNTRY) as ports:
        bare, ours = 0.0, 0.0
        for _ in range(_ROUNDS):
            bare = max(bare, pages_per_cpu_second("bare_scrapy.py", *ports))
            ours = max(ours, pages_per_cpu_second("ours.py", json.dumps(_NO_LIMIT), *ports))
    print(
        f"crawl | {sum(_COUNTRY)} pages | {ours:.0f} pages/CPU-s | Scrapy {bare:.0f}"
        f" | {ours / bare:.2f} x (asked: {_ASKED_RATIO})"
    )
    return ours / bare >= _ASKED_RATIO


def cost() -> bool:
    """Crawl once, by itself: what a page takes, the start among it."""
    with served(_COUNTRY) as ports:
        speed_of_ours = pages_per_cpu_second("ours.py", json.dumps(_NO_LIMIT), *ports)
    print(f"crawl | {sum(_COUNTRY)} pages | {1000 / speed_of_ours:.2f} CPU-ms a page")
    return True


def where() -> bool:
    """Tell in which parts of the crawling process its CPU time goes."""
    with served(_COUNTRY[:8]) as ports:
        print(said("where.py", json.dumps(_NO_LIMIT), *ports).partition("\n")[2], end="")
    return True


def memory() -> bool:
    """Crawl ten times as many pages, as more sites and as one larger site."""
    growths = []
    for name, small, large in (
        ("many sites", [_PAGES_OF_ONE] * _MANY, [_PAGES_OF_ONE] * _MANY * _GROWTH),
        ("one site", [_PAGES_OF_ONE * _MANY], [_PAGES_OF_ONE * _MANY * _GROWTH]),
    ):
        before, after = peaks(small), peaks(large)
        growths.append(max(after) / max(before))
        print(
            f"crawl memory, {name} | {sum(small)} pages {before[0]} + {before[1]} MB"
            f" | {sum(large)} pages {after[0]} + {after[1]} MB (crawling process + its parent)"
            f" | {growths[-1]:.2f} x"
        )
    return max(growths) < 1.5  # noqa: PLR2004 - flat, as far as an allocator lets it be


def slow_hosts() -> bool:
    """Crawl hosts that each ask for a pause, all at once."""
    pages = [30 + number % 11 for number in range(_SLOW_HOSTS)]
    # Requests begin a delay apart: robots.txt first, then all others; the last answer ends the visit.
    demand = (max(pages) + _AROUND) * _CRAWL_DELAY + _ANSWER_SECONDS
    with served(pages, crawl_delay=_CRAWL_DELAY, answer_seconds=_ANSWER_SECONDS) as ports:
        result = ran("ours.py", json.dumps({"concurrent_sites": _SLOW_HOSTS}), *ports)
    share = result["seconds"] / demand
    print(
        f"crawl, {_SLOW_HOSTS} slow hosts | {result['pages']} of {sum(pages)} pages"
        f" | {result['seconds']:.1f} s | slowest host's own demand {demand:.1f} s"
        f" | {share:.2f} x (asked: {_ASKED_SHARE}) | {result['child_mb']} MB"
    )
    return share <= _ASKED_SHARE and result["pages"] == sum(pages)


def peaks(pages: list[int]) -> tuple[int, int]:
    """Return the most memory that the crawling process and its parent held, in MiB."""
    with served(pages) as ports:
        result = ran("ours.py", json.dumps(_NO_LIMIT), *ports)
    if result["pages"] != sum(pages):
        raise RuntimeError(f"expected {sum(pages)} pages: {result}")
    return result["child_mb"], result["parent_mb"]


@contextlib.contextmanager
def served(pages: list[int], crawl_delay: float = 0.0, answer_seconds: float = 0.0) -> Iterator[list[str]]:
    """Serve sites of so many pages each; yield their ports."""
    republic = {"pages": pages, "crawl_delay": crawl_delay, "answer_seconds": answer_seconds}
    command = [sys.executable, str(_PARTS / "loopback.py"), json.dumps(republic)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        if server.stdout is None or server.stdin is None:
            raise RuntimeError("a pipe to the server is missing; expected Popen to have made it")
        try:
            yield [str(port) for port in json.loads(server.stdout.readline())]
        finally:
            server.stdin.close()


def pages_per_cpu_second(script: str, *arguments: str) -> float:
    """Run a crawl and return its pages by the CPU-seconds of its process and of all that it started."""
    before = _cpu_seconds_of_children()
    result = ran(script, *arguments)
    if result["pages"] < sum(_COUNTRY):  # Scrapy asks for a start page again where it is linked to
        raise RuntimeError(f"expected {sum(_COUNTRY)} pages of {script}: {result}")
    return float(result["pages"]) / (_cpu_seconds_of_children() - before)


def ran(script: str, *arguments: str) -> dict[str, Any]:
    """Run one of the parts in a process of its own; return what it found."""
    result: dict[str, Any] = json.loads(said(script, *arguments).splitlines()[-1])
    return result


def said(script: str, *arguments: str) -> str:
    """Run one of the parts in a process of its own; return what it printed."""
    command = [sys.executable, str(_PARTS / script), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own parts


def _cpu_seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
