"""How the values of one column are spread: what is empty, how many differ, and which of them are frequent.

Nothing is asked here: who has counted the values makes of the counts what a reader sees.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any

MOST_BARS = 10  # of spans of numbers or dates
FEW_BARS = 5  # of single values: more numbers or dates are taken together, of texts the most frequent stay

Value = Any  # text, number, bool, date or datetime: those of one column can be compared
Counts = Mapping[Value, int]  # in how many rows each value stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One value, or all between two, and in how many rows they stand."""

    low: Value
    high: Value  # the same as `low`: one value
    row_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Between which values numbers or dates lie, and which of them has half of the others below it."""

    least: Value
    median: Value
    most: Value
    is_sampled: bool  # whether the median is that of a part of the rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the values of a column are spread over the rows of its table."""

    row_count: int
    empty_count: int  # of rows
    distinct_count: int  # of values
    is_exact: bool  # whether `distinct_count` was counted rather than estimated
    bars: tuple[Bar, ...] = ()  # none: there is nothing to see in them
    other_count: int = 0  # of values that have no bar
    bounds: Bounds | None = None  # None: values have no order, or there is none

    @property
    def other_row_count(self) -> int:
        """Rows whose value has no bar."""
        return self.row_count - self.empty_count - sum(bar.row_count for bar in self.bars)

    @property
    def has_few_bars(self) -> bool:
        """Whether each bar has room for a line of its own."""
        return len(self.bars) <= FEW_BARS

    @property
    def highest(self) -> int:
        """Rows of the most frequent value, or span of values."""
        return max(bar.row_count for bar in self.bars)


def frequent(counts: Counts) -> tuple[Bar, ...]:
    """Return the most frequent texts, most frequent first; none where each stands in one row only."""
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    if not ranked or ranked[0][1] == 1:
        return ()
    return tuple(Bar(low=value, high=value, row_count=count) for value, count in ranked[:FEW_BARS])


def each_in_order(counts: Counts) -> tuple[Bar, ...]:
    """Return a bar for each number or date, least first; none where each stands in one row only."""
    if max(counts.values(), default=1) == 1:
        return ()
    return tuple(Bar(low=value, high=value, row_count=counts[value]) for value in sorted(counts))


def binned(bounds: Bounds, counts: Counts) -> tuple[Bar, ...]:
    """Return a bar for each span of values; `counts` has them by the highest value that a span may hold."""
    edges = sorted(counts)
    lows = [bounds.least, *(_next(low) for low in edges[:-1])]
    highs = [*edges[:-1], bounds.most]
    return tuple(
        Bar(low=low, high=high, row_count=counts[edge])
        for low, high, edge in zip(lows, highs, edges, strict=True)
    )


def bounds_of(counts: Counts) -> Bounds | None:
    """Return the bounds of values that were all counted; None where there is none."""
    if not counts:
        return None
    ordered = sorted(counts)
    half = (sum(counts.values()) + 1) // 2
    below = accumulate(counts[value] for value in ordered)
    median = next(value for value, count in zip(ordered, below, strict=True) if count >= half)
    return Bounds(least=ordered[0], median=median, most=ordered[-1], is_sampled=False)


def _next(value: Value) -> Value:
    """Return the least value above `value` where values go by steps, else `value`: between there is none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value + timedelta(days=1)
    return value + 1 if isinstance(value, int) else value
