"""The tables of CAPACITY.md, made of what was measured and what follows from it."""

import math
from collections.abc import Iterator, Sequence

from benchmarks.sizing.given import Given
from benchmarks.sizing.needs import Between, Needs, needs, total

_DIGITS = 2  # that mean anything
_HOURS_OF_A_DAY = 24


def tables(given: Given) -> str:
    """Return both tables in Markdown: what was measured, and what each scale needs."""
    measured = [
        (f"{one.of}", f"{one.value:g} {one.unit}", f"`{one.command}`", one.date)
        for one in given.measured.values()
    ]
    columns = [(scale, needs(scale, given)) for scale in given.scales]
    names = [f"{scale.name}: {scale.sites:,} sites" for scale, _ in columns]
    rows = zip(*(list(_column(scale.pages, scale.countries, each)) for scale, each in columns), strict=True)
    return "\n".join(
        [
            f"Measured on {given.machine}.",
            "",
            *_table(("What", "Measured", "By", "On"), measured),
            "",
            f"Money in US dollars, by prices assumed on {given.prices_assumed_on}.",
            "",
            *_table(("Needed", *names), [(row[0][0], *(cell for _, cell in row)) for row in rows]),
        ]
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def _column(pages: int, countries: int, each: Needs) -> Iterator[tuple[str, str]]:
    hours = total(each.core_hours.values())
    at_once = hours.times(1 / each.days.high / _HOURS_OF_A_DAY, 1 / each.days.low / _HOURS_OF_A_DAY)
    unseen = [one.unseen_share for one in each.crawled]
    visits = [one.longest_visit_days for one in each.crawled]
    yield "countries", f"{countries:,}"
    yield "pages", f"{pages:,}"
    yield "of them not seen in a round", f"{100 * min(unseen):.0f} to {100 * max(unseen):.0f} %"
    yield "services", said(each.services)
    yield "days of polite crawling", said(each.days)
    yield "the longest visit of one site, in days", said(Between(low=min(visits), high=max(visits)))
    for step, spent in each.core_hours.items():
        yield f"{step}, core-hours of the first round", said(spent)
    yield "all steps, core-hours of the first round", said(hours)
    yield "the same of each later round", said(each.later_core_hours)
    yield "cores, to be done with the crawl", said(at_once)
    yield "memory to conclude a country of the mean size, GB", _number(each.conclude_gigabytes)
    for name, size in each.first_gigabytes.items():
        yield f"{name} after the first round, GB", said(size)
    yield "all on disk after a year, GB", said(each.year_gigabytes)
    for name, dollars in each.year_dollars.items():
        yield f"{name}, dollars a year", said(dollars)
    yield "together, dollars a year", said(total(each.year_dollars.values()))


def said(value: Between) -> str:
    """Return both ends, to as many digits as mean anything; once where they are the same."""
    low, high = _number(value.low), _number(value.high)
    return low if low == high else f"{low} to {high}"


def _number(value: float) -> str:
    if value <= 0:
        return "0"
    places = _DIGITS - 1 - math.floor(math.log10(value))
    return f"{round(value, places):,.{max(places, 0)}f}"
