"""Draw a chart: SVG for a page and for a phone, which turns dark with its reader, and PNG for a slide."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from warehouse.portal.charting.painting import Form, Painted, painted
from warehouse.portal.charting.style import IN_THE_DARK, NARROW, WIDE

# Charts: those of a whole small portal. To draw is half of what such a portal takes to print; institutions
# alike, and a portal that the same process prints again, have the same charts.
_REMEMBERED = 64

Spec = Callable[[int], dict[str, Any]]  # width in px -> Vega-Lite
Paint = Callable[[Form, Form], Painted]  # here, or in a process of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart as a page shows it: its files lie beside the page."""

    name: str  # of its files, without their ends
    width: int  # px, of the wide one
    height: int


def draw(spec: Spec, paint: Paint = painted) -> tuple[dict[str, bytes], int]:
    """Return the files of a chart, by the end of each one's name, and the height of the wide one in px."""
    form = spec(WIDE)
    drawn = _painted_once(form, spec(NARROW), paint)
    files = {".svg": dark_too(drawn.wide), "-narrow.svg": dark_too(drawn.narrow), ".png": drawn.png}
    return files, form["height"]


_drawn: dict[tuple[str, str], Painted] = {}


def _painted_once(wide: Form, narrow: Form, paint: Paint) -> Painted:
    """Have a chart painted, unless it was before; the oldest of those that are remembered goes first."""
    asked = (json.dumps(wide), json.dumps(narrow))
    if asked not in _drawn:
        if len(_drawn) == _REMEMBERED:
            del _drawn[next(iter(_drawn))]
        _drawn[asked] = paint(wide, narrow)
    return _drawn[asked]


def dark_too(drawing: bytes) -> bytes:
    """Return an SVG that takes the dark colours where its reader prefers them; else it stays as it is.

    The colours stay attributes: under a policy that forbids styles the picture is light, and whole.
    """
    head, end, rest = drawing.partition(b">")
    return b"%s%s<style>%s</style>%s" % (head, end, dark_rules().encode(), rest)


@lru_cache(maxsize=1)
def dark_rules() -> str:
    """Return the style by which each light colour becomes its dark one."""
    swaps = "".join(
        f'[{part}="{light}"]{{{part}:{dark}}}'
        for light, dark in IN_THE_DARK.items()
        for part in ("fill", "stroke")
    )
    return f"@media (prefers-color-scheme:dark){{{swaps}}}"
