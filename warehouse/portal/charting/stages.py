"""Charts of services by stage: of one country or institution, of its institutions, and round by round.

A name stands above its bar: so it has the whole width, in any font and on a phone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from warehouse.portal.charting.drawing import Spec
from warehouse.portal.charting.style import EDGE, INK, ON_STAGES, finished, stage_colour, table
from warehouse.portal.charts import stage_bars
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
    rows = [
        {
            "stage": bar.stage,
            "label": f"{bar.stage or '?'}  {names[bar.stage]}",
            "start": 0,
            "end": bar.count,
            "said": f"{say.number(bar.count)} · {say.share(bar.share)}",
        }
        for bar in stage_bars(counted)
        if bar.stage or bar.count
    ]
    most = max(bar.count for bar in stage_bars(counted)) or 1

    def spec(width: int) -> dict[str, Any]:
        base = _rows(rows, most * _ROOM)
        behind = base.mark_text(align="left", dx=8, dy=_DOWN, fontWeight="bold").encode(
            x="end:Q", text="said:N"
        )
        return finished(_bars(base) + behind + _names(base, width), width, _ROW * len(rows))

    return spec


def stacked(rows: Sequence[Mapping[str, Any]], say: Speech) -> Spec:
    """Return a chart of one full bar for each of `rows`, parted by stage; each row has `label` and counts."""
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

    def spec(width: int) -> dict[str, Any]:
        base = _rows(parts, 100)
        ink = alt.Color("ink:N", scale=None)
        inside = base.mark_text(dy=_DOWN, fontWeight="bold", fontSize=12).encode(
            x="middle:Q", text="said:N", color=ink
        )
        names = _names(base.transform_filter("datum.start == 0"), width)
        layers = alt.layer(_bars(base), inside, names).resolve_scale(color="independent")
        return finished(layers, width, _ROW * len(rows))

    return spec


def _rows(rows: Sequence[Mapping[str, Any]], end: float) -> alt.Chart:
    across = alt.X("start:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=None)
    return table(rows).encode(y=alt.Y("label:N", sort=None, axis=None), x=across)


def _bars(base: alt.Chart) -> alt.Chart:
    marked: alt.Chart = base.mark_bar(stroke=EDGE, strokeWidth=1, size=_BAR, yOffset=_DOWN)
    return marked.encode(x2="end:Q", color=stage_colour())


def _names(base: alt.Chart, width: int) -> alt.Chart:
    marked: alt.Chart = base.mark_text(align="left", dy=_UP, limit=0.8 * width, color=INK)
    return marked.encode(x=alt.value(0), text="label:N")
