"""Crawl with everything on: policy, guard, ledger, robots.txt, WARC, journal, Parquet.

`python ours.py '{"concurrent_sites": 16}' PORT…` prints how many pages were seen, the seconds that it took,
and the most memory that either process held. The first argument holds keys of a registry's `crawler`.
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from crawlers.harvest import crawl
from crawlers.sites import Registry

_KIB_PER_MIB = 1024


def main() -> None:
    """Crawl the sites on the ports named."""
    registry = _registry(json.loads(sys.argv[1]), sys.argv[2:])
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        reports = crawl(registry, round_id="2026-11", data=Path(folder))
    print(
        json.dumps(
            {
                "pages": sum(report.seen_count for report in reports),
                "finishes": sorted({report.finish for report in reports}),
                "seconds": time.monotonic() - begun,
                "parent_mb": _peak(resource.RUSAGE_SELF),
                "child_mb": _peak(resource.RUSAGE_CHILDREN),
            }
        )
    )


def _peak(whose: int) -> int:
    """The most memory held at once, in MiB (Linux counts in KiB)."""
    return resource.getrusage(whose).ru_maxrss // _KIB_PER_MIB


def _registry(crawler: dict[str, Any], ports: list[str]) -> Registry:
    hosts = [f"127.0.0.1:{port}" for port in ports]
    return Registry.model_validate(
        {
            "country": {
                "id": "tt",
                "name": {"en": "Testland"},
                "time_zone": "Asia/Bishkek",
                "currency": "KGS",
                "languages": ["ky"],
            },
            "crawler": {"contact": "mailto:crawler@example.org", "delay_seconds": 0} | crawler,
            "allow_private": hosts,
            "institutions": [
                {"id": "tt-body", "kind": "ministry", "name": {"en": "Body"}, "source": "made up"}
            ],
            "sites": [
                {
                    "id": f"tt-s{number}",
                    "institution": "tt-body",
                    "seeds": [f"http://{host}/"],
                    "stay_under": [host],
                    "source": "made up",
                }
                for number, host in enumerate(hosts)
            ],
        }
    )


if __name__ == "__main__":
    main()
