"""How charts look: the portal's colours, in light and dark, and one family of letters with Kyrgyz ones."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

WIDE, NARROW = 720, 340  # px: a page's column, and a phone's
FONT = "Liberation Sans, Arial, sans-serif"  # vl-convert brings the first, so that a PNG is the same anywhere
PAPER, INK, SOFT, LINE, ACCENT, GOLD = "#fdfcf9", "#1b2433", "#55606f", "#d9d5ca", "#17407f", "#8a6508"
STAGES = {0: PAPER, 1: "#203f7c", 2: "#5d87bf", 3: "#cdb25f", 4: "#f6d447"}
ON_STAGES = {0: "#55606f", 1: "#ffffff", 2: "#0b1626", 3: "#1c1700", 4: "#1c1700"}  # letters on them
EDGE = "#8a8675"
IN_THE_DARK = {
    PAPER: "#11161f",
    INK: "#e9ecf1",
    SOFT: "#a8b2c0",
    LINE: "#323c4b",
    ACCENT: "#9cc2ff",
    GOLD: "#e3bd57",
    EDGE: "#77839a",
    STAGES[1]: "#3e68b4",
    STAGES[2]: "#86aee2",
    STAGES[3]: "#dcc478",
    STAGES[4]: "#ffe36b",
}


def table() -> alt.Chart:
    """Return a chart of rows yet to come, which shows nothing yet."""
    return alt.Chart(alt.NamedData(name=_ROWS))


def is_narrow(width: int) -> bool:
    """Whether a chart is drawn for a phone."""
    return width <= NARROW


def stage_colour() -> alt.Color:
    """Return the colours of stages, by the column `stage`; 0 is undetermined."""
    scale = alt.Scale(domain=list(STAGES), range=list(STAGES.values()))
    return alt.Color("stage:O", scale=scale, legend=None)


_ROWS = "rows"
CONFIG = {
    "font": FONT,
    "view": {"stroke": None},
    "text": {"color": INK, "fontSize": 13},
    "axis": {
        "labelColor": INK,
        "titleColor": SOFT,
        "gridColor": LINE,
        "domainColor": EDGE,
        "tickColor": LINE,
        "labelFontSize": 13,
        "titleFontSize": 12,
    },
}


def form(chart: alt.Chart | alt.LayerChart, width: int) -> dict[str, Any]:
    """Return the Vega-Lite form of `chart` in the portal's look, exactly `width` px wide, without its rows.

    Altair takes longer over a form than vl-convert over a drawing: forms are kept, and filled.
    """
    return {
        **chart.to_dict(),
        "width": width,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": PAPER,
        "padding": {"left": 4, "right": 14, "top": 6, "bottom": 4},
        "config": CONFIG,
    }


def filled(made: dict[str, Any], rows: Sequence[Mapping[str, Any]], height: int) -> dict[str, Any]:
    """Return the chart of a form and its rows, exactly `height` px high."""
    return {**made, "height": height, "datasets": {_ROWS: list(rows)}}
