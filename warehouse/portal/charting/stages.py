"""Charts of services by stage: of one country or institution, of its institutions, and round by round.

A name stands above its bar: so it has the whole width, in any font and on a phone.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt

from warehouse.portal.charting.drawing import Spec
from warehouse.portal.charting.style import EDGE, INK, ON_STAGES, filled, form, stage_colour, table
from warehouse.portal.charts import BAR_WIDTH, stage_bars
from warehouse.portal.speech import Speech

_ROW, _BAR, _UP, _DOWN = (
    44,
    18,
    -11,
    9,
)  # px: of one row, its bar, and how far name and bar are off its middle
_LEAST_SHARE = 0.05  # of a bar that holds its own number
_ROOM = 1.45  # of the longest bar: it, and the words behind it


def by_stage(counted: Mapping[str, Any], names: Mapping[int, str], say: Speech) -> Spec:
    """Return a chart of a bar for each stage, with number and share; `names`: stage -> what it is called."""
    bars = [bar for bar in stage_bars(counted) if bar.stage or bar.count]
    most = max(bar.count for bar in bars) or 1
    rows = [
        {
            "stage": bar.stage,
            "label": f"{bar.stage or '?'}  {names[bar.stage]}",
            "start": 0,
            "end": bar.count / most,
            "said": f"{say.number(bar.count)} · {say.share(bar.share)}",
        }
        for bar in bars
    ]
    return lambda width: filled(_by_stage(width), rows, _ROW * len(rows))


def stacked(rows: Sequence[Mapping[str, Any]], say: Speech) -> Spec:
    """Return a chart of one full bar for each of `rows`, parted by stage; each has a `label`."""
    parts = [
        {
            "label": row["label"],
            "stage": bar.stage,
            "start": bar.start,
            "end": bar.start + bar.width,
            "middle": bar.start + bar.width / 2,
            "said": say.number(bar.count) if bar.share >= _LEAST_SHARE else "",
            "ink": ON_STAGES[bar.stage],
        }
        for row in rows
        for bar in stage_bars(row)
        if bar.count
    ]
    return lambda width: filled(_stacked(width), parts, _ROW * len(rows))


@cache
def _by_stage(width: int) -> dict[str, Any]:
    base = _across(_ROOM)
    behind = base.mark_text(align="left", dx=8, dy=_DOWN, fontWeight="bold").encode(x="end:Q", text="said:N")
    return form(_bars(base) + behind + _names(base, width), width)


@cache
def _stacked(width: int) -> dict[str, Any]:
    base = _across(BAR_WIDTH)
    ink = alt.Color("ink:N", scale=None)
    inside = base.mark_text(dy=_DOWN, fontWeight="bold", fontSize=12)
    numbers = inside.encode(x="middle:Q", text="said:N", color=ink)
    names = _names(base.transform_filter("datum.start == 0"), width)
    return form(alt.layer(_bars(base), numbers, names).resolve_scale(color="independent"), width)


def _across(end: float) -> alt.Chart:
    across = alt.X("start:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=None)
    return table().encode(y=alt.Y("label:N", sort=None, axis=None), x=across)


def _bars(base: alt.Chart) -> alt.Chart:
    marked: alt.Chart = base.mark_bar(stroke=EDGE, strokeWidth=1, size=_BAR, yOffset=_DOWN)
    return marked.encode(x2="end:Q", color=stage_colour())


def _names(base: alt.Chart, width: int) -> alt.Chart:
    marked: alt.Chart = base.mark_text(align="left", dy=_UP, limit=0.8 * width, color=INK)
    return marked.encode(x=alt.value(0), text="label:N")
