"""Regular expressions that match within a line, each tried only in the lines that have what it needs.

One Aho-Corasick automaton finds the literals that all of them need, and a line's first letters tell which
expressions for the start of a line may hold. The matches are those of trying every expression everywhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from pipelines.late_pattern import LatePattern
from pipelines.literals import told

_FLAGS = re.MULTILINE | re.UNICODE
_COMMON = frozenset(" .,:/-")  # signs that most lines have
_FIRST = 2  # characters of a line that are looked at


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A regular expression, and the concept that it says."""

    concept: str
    pattern: LatePattern


class LinePatterns:
    """Regular expressions by concept."""

    def __init__(self, patterns: Mapping[str, Sequence[str]]) -> None:
        """Compile `patterns`: concept -> expressions. Whatever they match has no end of a line."""
        self._anywhere: list[Expression] = []  # without a telling literal: tried in every line
        self._at_start: dict[str, list[Expression]] = {}
        by_literal: dict[str, list[Expression]] = {}
        each = [
            Expression(concept, LatePattern(expression, _FLAGS))
            for concept, expressions in sorted(patterns.items())
            for expression in expressions
        ]
        for one, (literals, heads) in zip(each, told([one.pattern for one in each]), strict=True):
            if heads:
                for head in sorted({head[:_FIRST] for head in heads}):
                    self._at_start.setdefault(head, []).append(one)
            elif literals and all(map(_is_telling, literals)):
                for literal in literals:
                    by_literal.setdefault(literal, []).append(one)
            else:
                self._anywhere.append(one)
        self._by_literal = list(by_literal.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_literal))

    def found(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield concept, start and end (characters) of each match in a text."""
        ends = _ends_of_lines(text)
        for one, starts in self._tried(text, ends).items():
            for start in starts:
                for match in one.pattern.compiled.finditer(text, start, ends[start]):
                    yield one.concept, match.start(), match.end()
        for one in self._anywhere:
            for match in one.pattern.finditer(text):
                yield one.concept, match.start(), match.end()

    def _tried(self, text: str, starts: Iterable[int]) -> dict[Expression, dict[int, None]]:
        """Return in which lines each expression may match, by where they start."""
        tried: dict[Expression, dict[int, None]] = {}
        for number, at, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            start = text.rfind("\n", 0, at) + 1
            for one in self._by_literal[number]:
                tried.setdefault(one, {})[start] = None
        for start in starts:
            head = text[start : start + _FIRST]
            for one in (*self._at_start.get(head, ()), *self._at_start.get(head[:1], ())):
                tried.setdefault(one, {})[start] = None
        return tried


def _ends_of_lines(text: str) -> dict[int, int]:
    """Return where each line of a text ends, by where it starts."""
    ends, start = {}, 0
    for line in text.split("\n"):
        ends[start] = start + len(line)
        start = ends[start] + 1
    return ends


def _is_telling(literal: str) -> bool:
    """Say whether a literal is rarer than a letter, a figure, or a sign that most lines have."""
    return len(literal) > 1 or not (literal.isalnum() or literal in _COMMON)
