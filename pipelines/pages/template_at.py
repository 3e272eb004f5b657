"""Code of Razor and Blade, which begins with `@`: brackets, braces or the line end it."""

import re
from dataclasses import dataclass
from functools import cached_property

from pipelines.pages.template_rules import template_rules

_RULES = template_rules()
_NAME = re.compile(r"@(?:await\s+)?([A-Za-z_]\w*)")
_MEMBER = re.compile(r"\??\.[A-Za-z_]\w*")
_BRACE = re.compile(r"\s*\{")
_NAMED_BRACE = re.compile(r"\s+\w+\s*(?=\{)")
_ELSE = re.compile(r"\s*(?:else(?:\s+if)?|catch|finally|while)\b\s*")
_OPENING = {")": "(", "}": "{", "]": "["}


@dataclass(frozen=True, slots=True)
class At:
    """A piece of code: what it is, its words without their marks, and where it ends."""

    what: str  # comment | statement | output
    code: str
    end: int


class AtCode:
    """The code of one page."""

    def __init__(self, html: str) -> None:
        """Look whether Razor or Blade wrote it: in Blade only known words are code."""
        self.html = html
        self.is_razor = bool(_RULES.razor_signs.search(html))
        self._dropped: dict[int, str] = {}  # braces that close a block of code, and what they say

    def read(self, start: int) -> At | None:
        """Return the code that begins at `start`, None where an `@` or a brace is only a sign."""
        if self.html[start] == "}":
            return self._after_block(start) if start in self._dropped else None
        following = self.html[start + 1 : start + 2]
        if following == "*":
            end = self.html.find("*@", start + 2)
            return At("comment", "", end + 2) if end >= 0 else None
        if following in {"{", "("} and self.is_razor:
            return self._bracketed(start, "statement" if following == "{" else "output")
        if following == ":" and self.is_razor:
            return At("comment", "", start + 2)
        name = _NAME.match(self.html, start)
        return self._named(name.group(1), start, name.end()) if name else None

    def _bracketed(self, start: int, what: str) -> At | None:
        end = self._partner.get(start + 1)
        return At(what, self.html[start + 2 : end], end + 1) if end else None

    def _named(self, name: str, start: int, end: int) -> At | None:
        if name in _RULES.at_lines and self.html[end : end + 1].isspace() and self._begins_line(start):
            stop = self.html.find("\n", end)
            stop = stop if stop >= 0 else len(self.html)
            return At("comment", "", stop) if self._opens(end, stop) is None else self._block(name, end, stop)
        if name in _RULES.at_words:
            return self._directive(name, end)
        return self._expression(start, end) if self.is_razor else None

    def _directive(self, name: str, end: int) -> At | None:
        if self.html[end : end + 1] == "=":  # an attribute of Vue: @error="…"
            return None
        named = _NAMED_BRACE.match(self.html, end) if self.is_razor else None
        stop = named.end() if named else self._after_arguments(end)
        code = name + self.html[end:stop].strip()
        return At("statement", code, self._into_block(stop, "endform" if "BeginForm" in code else ""))

    def _block(self, name: str, end: int, stop: int) -> At:
        brace = self._opens(end, stop)
        return At("statement", name, self._into_block(brace) if brace is not None else stop)

    def _opens(self, start: int, stop: int) -> int | None:
        place = self.html.find("{", start, stop + 1)
        return place if place >= 0 else None

    def _expression(self, start: int, end: int) -> At:
        """Read a name with what belongs to it: `Model.Name`, `Html.LabelFor(m => m.Name)`."""
        while True:
            member = _MEMBER.match(self.html, end)
            if member:
                end = member.end()
            elif self.html[end : end + 1] in {"(", "["} and end in self._partner:
                end = self._partner[end] + 1
            else:
                return At("output", self.html[start + 1 : end], end)

    def _after_arguments(self, end: int) -> int:
        place = end + len(self.html[end : end + 9]) - len(self.html[end : end + 9].lstrip(" \t"))
        partner = self._partner.get(place) if self.html[place : place + 1] == "(" else None
        return partner + 1 if partner else end

    def _into_block(self, end: int, closing: str = "") -> int:
        """Step into the braces of a block of Razor; they close unseen."""
        brace = _BRACE.match(self.html, end) if self.is_razor else None
        if brace is None or brace.end() - 1 not in self._partner:
            return end
        self._dropped[self._partner[brace.end() - 1]] = closing
        return brace.end()

    def _after_block(self, start: int) -> At:
        more = _ELSE.match(self.html, start + 1)
        if more is None:
            return At("statement", self._dropped[start], start + 1)
        return At("comment", "", self._into_block(self._after_arguments(more.end())))

    def _begins_line(self, start: int) -> bool:
        return not self.html[max(0, start - 40) : start].rpartition("\n")[2].strip()

    @cached_property
    def _partner(self) -> dict[int, int]:
        """Where each bracket closes: found once for the whole page."""
        open_ones: dict[str, list[int]] = {"(": [], "{": [], "[": []}
        pairs: dict[int, int] = {}
        for bracket in re.finditer(r"[()\[\]{}]", self.html):
            sign = bracket.group()
            if sign in open_ones:
                open_ones[sign].append(bracket.start())
            elif open_ones[_OPENING[sign]]:
                pairs[open_ones[_OPENING[sign]].pop()] = bracket.start()
        return pairs
