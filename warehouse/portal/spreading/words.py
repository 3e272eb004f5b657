"""Say in one language how the values of a column are spread."""

from datetime import date, datetime

from warehouse.portal.speech import Speech
from warehouse.portal.spreading.shapes import Bar, Bounds, Spread, Value

_LONGEST = 40  # letters of a value beside its bar


class SpreadWords:
    """Says what a `Spread` holds; days and times are written as the files have them."""

    def __init__(self, say: Speech) -> None:
        """Speak as `say` does."""
        self._say = say

    def empty(self, spread: Spread) -> str:
        """Return of how many rows the column is empty."""
        if not spread.empty_count:
            return self._say.text("never empty")
        if spread.empty_count == spread.row_count:
            return self._say.text("empty in all rows")
        return self._say.text(
            "empty in %(count)s of %(total)s rows (%(share)s)",
            count=self._say.number(spread.empty_count),
            total=self._say.number(spread.row_count),
            share=self._say.share(spread.empty_count / spread.row_count),
        )

    def distinct(self, spread: Spread) -> str:
        """Return how many values differ."""
        count = self._say.number(spread.distinct_count)
        return self._say.text(
            "distinct values: %(count)s", count=count if spread.is_exact else self._about(count)
        )

    def bounds(self, bounds: Bounds) -> str:
        """Return between which values the others lie, and which is in the middle."""
        median = self.value(bounds.median)
        said = {
            "least": self.value(bounds.least),
            "median": self._about(median) if bounds.is_sampled else median,
            "most": self.value(bounds.most),
        }
        if isinstance(bounds.least, date):
            return self._say.text("earliest %(least)s, median %(median)s, latest %(most)s", **said)
        return self._say.text("smallest %(least)s, median %(median)s, largest %(most)s", **said)

    def bar(self, bar: Bar) -> str:
        """Return the value or the span of values that a bar stands for."""
        low, high = self.value(bar.low), self.value(bar.high)
        if low == high:
            return low
        return f"{low} – {high}" if isinstance(bar.low, date) else f"{low}–{high}"

    def others(self, spread: Spread) -> str:
        """Return how many values have no bar."""
        return self._say.plural("and %(count)s other", "and %(count)s others", spread.other_count)

    def value(self, value: Value) -> str:
        """Return a value as short text."""
        if isinstance(value, datetime):
            return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, int | float):
            return self._say.figure(value)
        text = str(value) or self._say.text("(empty text)")
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def _about(self, number: str) -> str:
        return self._say.text("about %(number)s", number=number)
