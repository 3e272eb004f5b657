"""Draw a chart: SVG for a page and for a phone, which turns dark with its reader, and PNG for a slide.

vl-convert draws Vega-Lite without a browser and without a network.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import vl_convert

from warehouse.portal.charting.style import IN_THE_DARK, NARROW, WIDE

PNG_SCALE = 2.0

Spec = Callable[[int], dict[str, Any]]  # width in px -> Vega-Lite


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart as a page shows it: its files lie beside the page."""

    name: str  # of its files, without their ends
    width: int  # px, of the wide one
    height: int


def draw(spec: Spec) -> tuple[dict[str, bytes], int]:
    """Return the files of a chart, by the end of each one's name, and the height of the wide one in px."""
    form = spec(WIDE)
    wide, narrow = svg(form), svg(spec(NARROW))
    files = {
        ".svg": dark_too(wide).encode(),
        "-narrow.svg": dark_too(narrow).encode(),
        ".png": vl_convert.svg_to_png(wide, scale=PNG_SCALE),
    }
    return files, form["height"]


def svg(spec: dict[str, Any]) -> str:
    """Return a Vega-Lite specification as SVG."""
    drawn: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return drawn


def dark_too(drawing: str) -> str:
    """Return an SVG that takes the dark colours where its reader prefers them; else it stays as it is.

    The colours stay attributes: under a policy that forbids styles the picture is light, and whole.
    """
    head, end, rest = drawing.partition(">")
    return f"{head}{end}<style>{dark_rules()}</style>{rest}"


@lru_cache(maxsize=1)
def dark_rules() -> str:
    """Return the style by which each light colour becomes its dark one."""
    swaps = "".join(
        f'[{part}="{light}"]{{{part}:{dark}}}'
        for light, dark in IN_THE_DARK.items()
        for part in ("fill", "stroke")
    )
    return f"@media (prefers-color-scheme:dark){{{swaps}}}"
