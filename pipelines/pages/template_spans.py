"""Find the spans of template code in a page: where each begins and ends, and whether it says anything.

Every search goes forward and is remembered: a page of a million openings takes no longer than any other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.pages.template_at import AtCode
from pipelines.pages.template_rules import Span, template_rules

_RULES = template_rules()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page: text, an element that is kept as it is, or code without its brackets."""

    what: str  # text | kept | comment | statement | output
    text: str


def pieces(html: str) -> Iterator[Piece]:
    """Yield all of `html` in its order; joined, their texts are the page without the brackets of its code."""
    finder = _Finder(html)
    at_code = AtCode(html) if _RULES.at_signs.search(html) else None
    position = 0
    for found in _opening().finditer(html):
        if found.start() < position:
            continue
        end, piece = _piece(found, finder, at_code)
        if piece is not None:
            yield Piece("text", html[position : found.start()])
            yield piece
            position = end
    yield Piece("text", html[position:])


def outside_kept(html: str) -> Iterator[str]:
    """Yield what stands outside of elements that are kept as they are."""
    finder, position = _Finder(html), 0
    for found in _kept_opening().finditer(html):
        end = finder.after_element(found.group(1), found.end()) if found.start() >= position else 0
        if end > 0:
            yield html[position : found.start()]
            position = end
    yield html[position:]


def _piece(found: re.Match[str], finder: "_Finder", at_code: AtCode | None) -> tuple[int, Piece | None]:
    """Return where the piece that begins at `found` ends, and the piece; None where it is only text."""
    opening, start = found.group(), found.start()
    if opening in {"@", "}"}:
        at = at_code.read(start) if at_code else None
        return (at.end, Piece(at.what, at.code)) if at else (0, None)
    if found.lastgroup == "kept":
        end = finder.after_element(found.group("kept"), found.end())
        return (end, Piece("kept", finder.html[start:end])) if end > 0 else (0, None)
    span = _spans()[opening.lower()]
    end = finder.closing(span, found.end())
    if end < 0 and not span.to_end:
        return 0, None
    stop = end if end >= 0 else len(finder.html)
    return min(stop + len(span.closing), len(finder.html)), Piece(span.what, finder.html[found.end() : stop])


class _Finder:
    """Looks for what closes a span, and remembers what it has found."""

    def __init__(self, html: str) -> None:
        self.html = html
        self._next: dict[str, int] = {}
        self._ends: dict[str, int] = {}

    def after_element(self, name: str, start: int) -> int:
        """Return where the next end tag of `name` ends, 0 when there is none."""
        end = self._ends.get(name)
        if end is None or 0 < end < start:
            found = _end_tag(name).search(self.html, start)
            end = self._ends[name] = found.end() if found else 0
        return end

    def closing(self, span: Span, start: int) -> int:
        """Return where `span` closes: where its brackets are balanced, if that is before the next opening."""
        first = end = self._find(span.closing, start)
        if end < 0 or span.what == "comment" or span.to_end:
            return end
        if end - start > _RULES.longest_code:
            return -1
        following = self._find(span.opening, start)
        limit = min(start + _RULES.longest_code, following if following >= 0 else len(self.html))
        depth = _depth(self.html[start:end])
        while depth > 0:
            later = self.html.find(span.closing, end + 1, limit)
            if later < 0:
                return first
            depth += _depth(self.html[end:later])
            end = later
        return end

    def _find(self, sign: str, start: int) -> int:
        known = self._next.get(sign)
        if known is None or -1 < known < start:
            known = self._next[sign] = self.html.find(sign, start)
        return known


def _depth(code: str) -> int:
    return code.count("(") - code.count(")") + code.count("{") - code.count("}")


@cache
def _spans() -> dict[str, Span]:
    return {span.opening: span for span in _RULES.spans}


@lru_cache(maxsize=64)
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile("-->" if name == "!--" else rf"</{name}\s*>?", re.IGNORECASE)


@cache
def _kept_opening() -> re.Pattern[str]:
    return re.compile(rf"<(!--|(?:{'|'.join(sorted(_RULES.kept_elements))})\b)", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    signs = "|".join(re.escape(span.opening) + span.then for span in _RULES.spans)
    kept = "|".join(sorted(_RULES.kept_elements))
    return re.compile(rf"<(?P<kept>!--|(?:{kept})\b)|{signs}|(?<![\w.@])@|\}}", re.IGNORECASE)
