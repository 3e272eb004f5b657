"""Come back lightly: what a second round of an unchanged republic costs its sites and us, beside the first.

The sample republic is crawled and understood twice. Asked: at least 90 % of requests answered by 304 or not
made, under 10 % of the first round's bytes, at most 5 % of its CPU time for understanding; found, judged and
published as in the first round.
"""

import gc
import logging
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import structlog

from crawlers import harvest
from crawlers.sample import generate
from crawlers.sample.registry_file import registry_text
from crawlers.sites import Registry, load_registry
from crawlers.storing.weight import Weight, weight_of
from pipelines.knowledge import load_knowledge
from pipelines.measuring.scored_round import read_round
from pipelines.rounds.round_reading import conclude_round
from pipelines.understand import understand_sites
from pipelines.verify import verify_quotes

PORT = 24200
ROUNDS = ("2026-11", "2026-12")
LEAST_SPARED, MOST_BYTES, MOST_CPU = 0.9, 0.1, 0.05  # shares that are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One round: what it cost, and what it found."""

    weight: Weight
    cpu_seconds: float  # of reading and judging all sites, children included
    stages: Counter[tuple[str, int | None]]  # service and stage
    outcomes: dict[str, str]  # by site
    faults: int  # quotes that are not found again


def main() -> int:
    """Print one row a round, and one of ratios; return 1 where a number asked for is missed."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "sample.yml"
        place.write_text(registry_text(generate(port=PORT)), encoding="utf-8")
        registry = load_registry(place)
        first, second = (seen(registry, round_id, Path(folder) / "data") for round_id in ROUNDS)
    for name, one in (("first", first), ("second", second)):
        weight = one.weight
        print(
            f"{name} round | {weight.asked} requests | {weight.not_modified} not modified |"
            f" {weight.passed_by} not asked | {weight.bytes_received} bytes |"
            f" understood in {one.cpu_seconds:.2f} CPU-s | {one.faults} quotes lost"
        )
    share = second.weight.bytes_received / first.weight.bytes_received
    of_cpu = second.cpu_seconds / first.cpu_seconds
    is_same = (first.stages, first.outcomes) == (second.stages, second.outcomes)
    print(
        f"second of first | {second.weight.spared:.1%} spared (asked: 90 %) | {share:.1%} of the bytes"
        f" (asked: under 10 %) | {of_cpu:.1%} of the CPU (asked: 5 %) |"
        f" {'the same' if is_same else 'NOT the same'} services, stages and outcomes"
    )
    is_light = second.weight.spared >= LEAST_SPARED and share < MOST_BYTES and of_cpu <= MOST_CPU
    return int(not (is_light and is_same and not second.faults))


def seen(registry: Registry, round_id: str, data: Path) -> Seen:
    """Crawl and understand a round."""
    harvest.crawl(registry, round_id=round_id, data=data)
    gc.collect()  # what crawling left is not understanding's to look through
    begun = cpu()
    understand_sites(data, round_id, registry)
    spent = cpu() - begun
    conclude_round(data, round_id, registry, load_knowledge())
    found = read_round(data, round_id)
    return Seen(
        weight=weight_of(sorted((data / "captures" / round_id).iterdir())),
        cpu_seconds=spent,
        stages=Counter((one.service_id, one.stage) for one in found.verdicts),
        outcomes=dict(found.outcomes),
        faults=len(verify_quotes(data, round_id).faults),
    )


def cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    sys.exit(main())
