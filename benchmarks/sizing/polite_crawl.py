"""A round of polite crawling, imagined site by site: how long it takes, and what it cannot see in time.

As in a real crawl, a host has one queue and one request at a time; requests begin its pause apart, or an
answer apart where that is longer. A host that does not answer is left alone after `give_up_after` requests,
each of which waits for `timeout_seconds`; the answers of one site together are waited for `site_seconds` at
most (`crawlers/policy.yml`). So many sites are visited at once, in the order of the registry.
"""

import heapq
import math
import random
from dataclasses import dataclass

from benchmarks.sizing.given import Scale, Sites
from crawlers.policy import policy

_HOUR, _DAY = 3600, 86400  # seconds
_HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """What came of a round."""

    days: float
    longest_visit_days: float
    seen: int  # pages
    unseen_share: float  # of pages, beyond the time that a site gets, or of dead hosts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    seconds: float
    seen: int


def crawl(scale: Scale, sites: Sites, seed: int) -> Crawled:
    """Return what a round at `scale` comes to, among sites that `seed` makes up."""
    chance = random.Random(seed)
    ends = [0.0] * min(scale.hosts_at_once, scale.sites)  # when each place for a site is free again
    mean = scale.pages / scale.sites
    sizes = [chance.lognormvariate(0.0, sites.pages_sigma) for _ in range(scale.sites)]
    fit = scale.pages / sum(sizes)  # so that all together have as many pages as was said
    seen, longest = 0, 0.0
    for size in sizes:
        visit = _visit(max(1, round(size * fit)), sites, chance)
        heapq.heapreplace(ends, ends[0] + visit.seconds)
        seen += visit.seen
        longest = max(longest, visit.seconds)
    return Crawled(
        days=max(ends) / _DAY,
        longest_visit_days=longest / _DAY,
        seen=seen,
        unseen_share=1 - seen / max(scale.pages, seen, mean),
    )


def _visit(pages: int, sites: Sites, chance: random.Random) -> _Visit:
    rules = policy()
    if chance.random() < sites.dead_share:
        return _Visit(seconds=rules.give_up_after * rules.timeout_seconds, seen=0)
    answer = chance.lognormvariate(math.log(sites.answer_seconds), sites.answer_sigma)
    answer *= sites.slow_times if chance.random() < sites.slow_share else 1
    (delay,) = chance.choices([*sites.delay_seconds], [*sites.delay_seconds.values()])
    seen = min(pages, int(rules.site_seconds / answer))
    seconds = seen * max(delay, answer)
    if chance.random() < sites.night_share:
        opens_in = chance.random() * (_HOURS - sites.night_hours) * _HOUR
        seconds = opens_in + seconds * _HOURS / sites.night_hours
    return _Visit(seconds=seconds, seen=seen)
