"""Take the traps out of HTML before it is parsed: a parser's time grows with the square of some things.

Measured with Lexbor: 60,000 attributes in one tag take 46 s, 30,000 nested lists 25 s, 30,000 options of
one list 17 s. A page that real people wrote has none of these and passes unchanged.
"""

import re
from itertools import accumulate

from pipelines.pages.html_rules import html_rules

_TRAP = html_rules().trap
_TAG = re.compile(r"""<([a-zA-Z][\w:-]*+)(?>"[^"]*"|'[^']*'|[^'"<>])*+>""")
_LONG_TAG = re.compile(rf"<[^<]{{{_TRAP.tag}}}")
_NESTING = re.compile(rf"<(/?)(?:{'|'.join(_TRAP.nesting_tags)})\b[^<>]*>?", re.IGNORECASE)
_OPTION = re.compile(r"</?option\b[^<>]*>?", re.IGNORECASE)


def without_traps(html: str) -> str:
    """Return `html` with what would stop a parser taken out; the words stay, on lines of their own."""
    if len(html) < _TRAP.characters:
        return html
    if html.count("=") >= _TRAP.attributes or _LONG_TAG.search(html):
        html = _TAG.sub(_cut, html)
    if html.count("<") > _TRAP.options and len(_OPTION.findall(html)) > _TRAP.options:
        html = _OPTION.sub("\n", html)
    if html.count("<") > _TRAP.depth and _depth(html) > _TRAP.depth:
        html = _NESTING.sub("\n", html)
    return html


def _cut(tag: re.Match[str]) -> str:
    """A tag of thousands of words keeps its name only; one long picture in an attribute is no trap."""
    whole: str = tag.group()
    is_trap = len(whole) > _TRAP.tag and len(whole.split()) > _TRAP.words
    return f"<{tag.group(1)}>" if is_trap else whole


def _depth(html: str) -> int:
    """Return how many elements that a parser nests are open at once, at most."""
    steps = (-1 if closing else 1 for closing in _NESTING.findall(html))
    return max(accumulate(steps), default=0)
