"""What a scale needs: cores, memory, storage and money, by what was measured of a page and a service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.sizing.given import Given, Scale
from benchmarks.sizing.polite_crawl import Crawled, crawl

_HOUR, _MONTHS = 3600, 12  # seconds; of a year
_BY_PAGES = {
    "crawl": ("crawl_ms",),
    "understand": ("understand_ms", "around_ms"),
    "conclude": ("conclude_ms",),
}
_BY_SERVICES = {"build": ("build_ms",), "publish": ("publish_ms",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Two ends, between which a value lies."""

    low: float
    high: float

    def __add__(self, other: "Between") -> "Between":
        """Return the sum."""
        return Between(low=self.low + other.low, high=self.high + other.high)

    def times(self, low: float, high: float | None = None) -> "Between":
        """Return the product with a factor, or with one between two ends."""
        return Between(low=self.low * low, high=self.high * (low if high is None else high))


def total(values: Iterable[Between]) -> Between:
    """Return the sum of all."""
    return sum(values, Between(low=0, high=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What one scale needs."""

    crawled: list[Crawled]  # a round of each imagined world
    services: Between
    core_hours: dict[str, Between]  # of the first round, by step
    later_core_hours: Between  # of a round after it
    conclude_gigabytes: float  # of memory, for a country of the mean size
    first_gigabytes: dict[str, Between]  # on disk after the first round, by what it is
    year_gigabytes: Between
    year_dollars: dict[str, Between]

    @property
    def days(self) -> Between:
        """Days of crawling."""
        return Between(low=min(one.days for one in self.crawled), high=max(one.days for one in self.crawled))


def needs(scale: Scale, given: Given) -> Needs:
    """Return what a round, and a year of them, need at `scale`."""
    crawled = [crawl(scale, given.sites, seed) for seed in given.seeds]
    seen = Between(low=min(one.seen for one in crawled), high=max(one.seen for one in crawled))
    services = seen.times(*(each / 100 for each in given.services_of_100_pages))
    hours = {
        step: amount.times(sum(given[name] for name in names) / 1000 / _HOUR)
        for amount, steps in ((seen, _BY_PAGES), (services, _BY_SERVICES))
        for step, names in steps.items()
    }
    again = hours | {"understand": hours["understand"].times(given["again_cpu_share"])}
    later = total(again.values())
    kept = {name: seen.times(given[f"{name}_bytes"] / 1e9) for name in ("captures", "core", "readings")}
    kept |= {name: services.times(given[f"{name}_bytes"] / 1e9) for name in ("warehouse", "release")}
    year = _year(kept, given)
    computed = total(hours.values()) + later.times(given.rounds_a_year - 1)
    conclude_mb = given["conclude_base_mb"] + given["conclude_kb"] * seen.high / scale.countries / 1e3
    return Needs(
        crawled=crawled,
        services=services,
        core_hours=hours,
        later_core_hours=later,
        conclude_gigabytes=conclude_mb / 1e3,
        first_gigabytes=kept,
        year_gigabytes=year,
        year_dollars=_dollars(computed, kept, year, given),
    )


def _dollars(hours: Between, kept: Mapping[str, Between], year: Between, given: Given) -> dict[str, Between]:
    """What a year costs; on the mean of its months there is half of what its first and its last have."""
    fetched = kept["captures"].times(1 + (given.rounds_a_year - 1) * given["again_bytes_share"])
    stored = (total(kept.values()) + year).times(_MONTHS / 2)
    return {
        "computing": hours.times(*given.prices.core_hour),
        "storage": stored.times(*given.prices.gigabyte_month),
        "traffic": fetched.times(*given.prices.gigabyte_fetched),
    }


def _year(kept: dict[str, Between], given: Given) -> Between:
    """Gigabytes after a year: captures grow by what changed, core and releases by a whole round each time."""
    more = given.rounds_a_year - 1
    return (
        kept["captures"].times(1 + more * given["again_bytes_share"])
        + kept["core"].times(1 + more)
        + kept["readings"]
        + kept["warehouse"]
        + kept["release"].times(1 + more)
    )
