"""A map of regions as equal squares: what the public bodies of each offer, by stage.

Outlines would show how large a region is, and a city not at all; squares give each the same weight.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt

from warehouse.portal.charting.drawing import Spec
from warehouse.portal.charting.style import (
    EDGE,
    INK,
    PAPER,
    SOFT,
    filled,
    form,
    is_narrow,
    stage_colour,
    table,
)
from warehouse.portal.charts import BAR_WIDTH, stage_bars
from warehouse.portal.speech import Speech

_HEIGHT = 84  # px, of a square
_GAP, _GAP_DOWN, _PAD = 0.02, 0.05, 0.07  # of a square: to its neighbours, and from its edge to what is in it
_NAME, _BAR, _BAR_END, _NUMBERS = 0.24, 0.42, 0.62, 0.8  # of its height, from above


def tiles(regions: Sequence[Mapping[str, Any]], say: Speech) -> Spec:
    """Return the map: in each square a region's `label`, its services by stage, and its numbers."""
    rows = [part for region in regions for part in _parts(region, say)]
    columns = 1 + max(region["tile_column"] for region in regions)
    height = 1 + max(region["tile_row"] for region in regions)
    return lambda width: filled(_tiles(width, columns, height), rows, _HEIGHT * height)


def _parts(region: Mapping[str, Any], say: Speech) -> Iterator[dict[str, Any]]:
    """Return the parts of a region's bar; the first of them has its square and its words too."""
    left, top = region["tile_column"], region["tile_row"]
    inside, wide = left + _PAD, (1 - 2 * _PAD) / BAR_WIDTH
    bars = [bar for bar in stage_bars(region) if bar.count]
    yield {
        "label": region["label"],
        "said": _said(region, say) if bars else "—",
        "left": left + _GAP,
        "right": left + 1 - _GAP,
        "inside": inside,
        "top": top + _GAP_DOWN,
        "bottom": top + 1 - _GAP_DOWN,
        "name": top + _NAME,
        "numbers": top + _NUMBERS,
    }
    for bar in bars:
        start = inside + bar.start * wide
        yield {
            "stage": bar.stage,
            "start": start,
            "end": start + bar.width * wide,
            "bar": top + _BAR,
            "bar_end": top + _BAR_END,
        }


def _said(region: Mapping[str, Any], say: Speech) -> str:
    online = region["stage_3_count"] + region["stage_4_count"]
    return f"{say.number(region['service_count'])} · {say.share(online / region['service_count'])}"


@cache
def _tiles(width: int, columns: int, rows: int) -> dict[str, Any]:
    across, down = alt.Scale(domain=[0, columns], nice=False), alt.Scale(domain=[rows, 0], nice=False)

    def at(x: str, y: str) -> dict[str, Any]:
        return {"x": alt.X(f"{x}:Q", scale=across, axis=None), "y": alt.Y(f"{y}:Q", scale=down, axis=None)}

    squares = table().transform_filter("isValid(datum.label)")
    bars = table().transform_filter("isValid(datum.stage)")
    words = squares.mark_text(
        align="left", limit=width / columns * (1 - 2 * _PAD), fontSize=11 if is_narrow(width) else 13
    )
    tile = squares.mark_rect(fill=PAPER, stroke=EDGE, cornerRadius=3)
    bar = bars.mark_rect(stroke=EDGE, strokeWidth=1)
    return form(
        tile.encode(**at("left", "top"), x2="right:Q", y2="bottom:Q")
        + bar.encode(**at("start", "bar"), x2="end:Q", y2="bar_end:Q", color=stage_colour())
        + words.encode(**at("inside", "name"), text="label:N", color=alt.value(INK))
        + words.encode(**at("inside", "numbers"), text="said:N", color=alt.value(SOFT)),
        width,
    )
