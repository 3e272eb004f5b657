"""A page's own content, line by line: what stands between its header and its footer."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.records import Page
from pipelines.services.fields import asked_of, is_asked

_CONTENT = "main"
_AROUND = frozenset({"header", "navigation", "footer", "aside"})
# "1." and "2.3)" number a line; "10 дней" does not, but a cell with "10" alone does.
_NUMBERING = re.compile(
    r"^\s*(?:[-–—•·*▪●○►✓☐]+(?=\s)|№?\s*\d{1,3}(?:\.\d{1,3})*(?:[.)](?=\s|$)|\s*$)|[a-zа-я][.)](?=\s)"
    r"|\(\d{1,2}\)(?=\s)|\d{1,2}\)(?=[^\W\d_]))\s*"
)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[^\W\d_]|\d)")
_ABBREVIATES = "."  # "3 раб. дня": no sentence begins with a small letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page's text, without its bullet or number."""

    text: str
    start: int  # characters into Page.text
    is_heading: bool
    is_item: bool = False  # a bullet or a number stood before it
    is_number: bool = False  # nothing but a number: a row's, or a value under a label that has its unit
    is_field: bool = False  # nothing but labels and buttons of a form

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def content_lines(page: Page) -> list[Line]:
    """Return the lines of `page`'s main content; of a page without regions, of all of it."""
    headings = {" ".join(text.split()) for _, text in page.headings}
    asked = asked_of(page)
    lines: list[Line] = []
    for start, end in _stretches(page):
        lines += _lines(page.text[start:end], start, headings)
    return [replace(line, is_field=is_asked(line.text, asked)) for line in lines] if asked else lines


def sentences(line: Line) -> list[Line]:
    """Return the sentences of a line, each with its place."""
    ends = [match for match in _SENTENCE_END.finditer(line.text) if _ends(line.text, match)]
    places = [0, *(match.end() for match in ends), len(line.text)]
    return [
        Line(text=line.text[start:end].rstrip(), start=line.start + start, is_heading=line.is_heading)
        for start, end in pairwise(places)
        if line.text[start:end].strip()
    ]


def _ends(text: str, match: re.Match[str]) -> bool:
    return text[match.start() - 1] != _ABBREVIATES or not text[match.end()].islower()


def without_numbering(text: str) -> str:
    """Return `text` without the bullet or number it begins with."""
    return _NUMBERING.sub("", text, count=1)


def _stretches(page: Page) -> list[tuple[int, int]]:
    if not page.regions:
        return [(0, len(page.text))]
    inner = [(one.start, one.end) for one in page.regions if one.name == _CONTENT]
    return inner or [(one.start, one.end) for one in page.regions if one.name not in _AROUND]


def _lines(text: str, start: int, headings: set[str]) -> list[Line]:
    lines: list[Line] = []
    at = start
    is_item = False  # a table has its rows' numbers in lines of their own
    for raw in text.split("\n"):
        kept = without_numbering(raw).lstrip()
        is_item = is_item or len(kept) < len(raw.lstrip())
        if kept.strip():
            is_heading = raw.strip() in headings
            place = at + len(raw) - len(kept)
            lines.append(Line(text=kept.rstrip(), start=place, is_heading=is_heading, is_item=is_item))
            is_item = False
        elif raw.strip()[:1].isdigit():
            place = at + len(raw) - len(raw.lstrip())
            lines.append(Line(text=raw.strip(), start=place, is_heading=False, is_number=True))
        at += len(raw) + 1
    return lines
