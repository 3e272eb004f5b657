"""Charts over the years: a country's place among all states, and the UN's indices beside ours."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt

from warehouse.portal.charting.drawing import Spec
from warehouse.portal.charting.style import (
    ACCENT,
    EDGE,
    GOLD,
    PAPER,
    SOFT,
    filled,
    form,
    is_narrow,
    table,
)

_HEIGHT = 260
Survey = Mapping[str, Any]
Years = tuple[int, ...]


def ranks(surveys: Sequence[Survey]) -> Spec:
    """Return a chart of the UN rank by survey; better ranks higher. Surveys without a rank have no point."""
    rows = [
        {"year": survey["survey_year"], "rank": survey["egdi_rank"]}
        for survey in surveys
        if survey["egdi_rank"]
    ]
    years = _years(rows)
    return lambda width: filled(_ranks(width, years), rows, _HEIGHT)


def indices(surveys: Sequence[Survey], names: Mapping[str, str]) -> Spec:
    """Return a chart of EGDI, OSI and our index by year, each from 0 to 1.

    `names`: `egdi`, `osi` and `ours` -> what the legend calls them. Ours is out of 100 in the tables; its
    points are hollow where the round is one out of a web archive.
    """
    rows = [
        {
            "year": survey["survey_year"],
            "index": names[key],
            "value": value,
            "fill": 0 if key == "ours" and survey["source"] != "web" else 1,
        }
        for survey in surveys
        for key, value in (
            ("egdi", survey["egdi"]),
            ("osi", survey["osi"]),
            ("ours", _of_one(survey["index"])),
        )
        if value is not None
    ]
    years, order = _years(rows), tuple(names.values())
    return lambda width: filled(_indices(width, years, order), rows, _HEIGHT)


@cache
def _ranks(width: int, years: Years) -> dict[str, Any]:
    base = table().encode(
        x=_across(years, width),
        y=alt.Y("rank:Q", scale=alt.Scale(reverse=True, zero=False, padding=24), axis=None),
    )
    line = base.mark_line(color=ACCENT, strokeWidth=2.5)
    dots = base.mark_point(size=60, fill=PAPER, stroke=ACCENT, strokeWidth=2.5, opacity=1)
    words = base.mark_text(dy=-14, fontWeight="bold").encode(text="rank:Q")
    return form(line + dots + words, width)


@cache
def _indices(width: int, years: Years, order: tuple[str, ...]) -> dict[str, Any]:
    def scale(values: list[Any]) -> alt.Scale:
        return alt.Scale(domain=list(order), range=values)

    legend = alt.Legend(
        title=None, orient="top", labelFontSize=13, labelColor=SOFT, symbolSize=120, columns=0
    )
    dashes = alt.StrokeDash("index:N", scale=scale([[1, 0], [6, 4], [2, 2]]), legend=None)
    shapes = alt.Shape("index:N", scale=scale(["circle", "square", "diamond"]), legend=None)
    base = table().encode(
        x=_across(years, width),
        y=alt.Y("value:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(title=None, tickCount=5)),
        color=alt.Color("index:N", scale=scale([ACCENT, EDGE, GOLD]), legend=legend),
    )
    line = base.mark_line(strokeWidth=2.5).encode(strokeDash=dashes)
    dots = base.mark_point(size=55, strokeWidth=2, opacity=1).encode(
        shape=shapes,
        fill=alt.Fill("index:N", scale=scale([ACCENT, EDGE, GOLD]), legend=None),
        fillOpacity=alt.FillOpacity("fill:Q", scale=None, legend=None),
    )
    return form(line + dots, width)


def _of_one(index: float | None) -> float | None:
    return None if index is None else index / 100


def _years(rows: Sequence[Mapping[str, Any]]) -> Years:
    return tuple(sorted({row["year"] for row in rows}))


def _across(years: Years, width: int) -> alt.X:
    shown = list(years[::-2][::-1] if is_narrow(width) else years)
    axis = alt.Axis(title=None, labelFlush=False, values=shown, format="d", labelAngle=0, grid=False)
    return alt.X("year:Q", scale=alt.Scale(domain=[years[0], years[-1]], padding=18, nice=False), axis=axis)
