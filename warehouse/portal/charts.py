"""Work out where the marks of a chart stand; templates draw them, with the same numbers in a table beside.

Lengths are in the units of the chart's own box; nothing here knows colours or words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STAGES = (1, 2, 3, 4)
BAR_WIDTH = 100.0
COLUMN_HEIGHT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One part of a stacked bar, or one bar of several."""

    stage: int  # 1 to 4; 0 is undetermined
    count: int
    share: float  # of all services, 0 to 1
    start: float  # from the left, of BAR_WIDTH
    width: float  # of BAR_WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Answers of about the same confidence: what was said, and what was right."""

    span: str
    said: float  # mean confidence, 0 to 1
    right: float  # share of right answers, 0 to 1
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """How many labelled pages of each label were given each answer."""

    names: tuple[str, ...]  # of rows and columns, in order
    pages: Mapping[tuple[str, str], int]  # (label, answer); pairs without pages are left out


def confusion(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Matrix:
    """Return a confusion matrix with a row and a column for each of `names`."""
    return Matrix(
        names=tuple(names), pages={(row["label"], row["answer"]): row["page_count"] for row in rows}
    )


def stage_bars(counted: Mapping[str, Any]) -> tuple[Bar, ...]:
    """Return the parts of a bar of `stage_<n>_count` and `undetermined_count`, stage 1 first."""
    total = counted["service_count"]
    bars: list[Bar] = []
    start = 0.0
    for stage in (*STAGES, 0):
        count = counted[f"stage_{stage}_count"] if stage else counted["undetermined_count"]
        share = count / total if total else 0.0
        bars.append(
            Bar(
                stage=stage,
                count=count,
                share=share,
                start=round(start, 3),
                width=round(share * BAR_WIDTH, 3),
            )
        )
        start += share * BAR_WIDTH
    return tuple(bars)


def reliability(rows: Sequence[Mapping[str, Any]]) -> tuple[Calibration, ...]:
    """Return, for each span of confidence, what was said, what was right, and of how many pages."""
    said = {row["subject"]: row for row in rows if row["measure"] == "confidence_said"}
    right = {row["subject"]: row["value"] for row in rows if row["measure"] == "share_right"}
    return tuple(
        Calibration(span=span, said=row["value"], right=right[span], pages=row["support"])
        for span, row in sorted(said.items())
    )


def columns_path(counts: Sequence[int]) -> str:
    """Return bars side by side as the path of an SVG: each one wide, the highest `COLUMN_HEIGHT` high."""
    highest = max(counts, default=0) or 1
    heights = [max(1, round(count / highest * COLUMN_HEIGHT)) if count else 0 for count in counts]
    return "".join(f"M{place} {COLUMN_HEIGHT}v-{up}h.9v{up}z" for place, up in enumerate(heights) if up)
