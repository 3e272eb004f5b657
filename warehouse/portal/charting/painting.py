"""Draw charts, one after another: vl-convert makes Vega-Lite into pictures, without a browser or a network.

As a program it is the process of `painter`: what to draw comes on standard input, a line of JSON for each
chart; out goes a line of JSON with sizes, then so many bytes. It ends when its input does.
"""

import json
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import vl_convert

PNG_SCALE = 2.0

Form = Mapping[str, Any]  # a chart as Vega-Lite


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """One chart as pictures."""

    wide: bytes  # SVG, for a page
    narrow: bytes  # SVG, for a phone
    png: bytes  # of the wide one


def painted(wide: Form, narrow: Form) -> Painted:
    """Return a chart, given as Vega-Lite for two widths, as pictures.

    Raises:
        ValueError: it is no Vega-Lite.
    """
    drawn = _svg(wide)
    png: bytes = vl_convert.svg_to_png(drawn, scale=PNG_SCALE)
    return Painted(wide=drawn.encode(), narrow=_svg(narrow).encode(), png=png)


def _svg(form: Form) -> str:
    drawn: str = vl_convert.vegalite_to_svg(dict(form), allowed_base_urls=[])
    return drawn


def main() -> None:
    """Draw until standard input ends; Ctrl-C is for the process that asks, which then ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        try:
            made = painted(*json.loads(line))
            parts, head = [made.wide, made.narrow, made.png], {}
        except ValueError as problem:
            parts, head = [], {"problem": str(problem)}
        out.write(json.dumps(head | {"sizes": [len(part) for part in parts]}).encode() + b"\n")
        out.writelines(parts)
        out.flush()


if __name__ == "__main__":
    main()
