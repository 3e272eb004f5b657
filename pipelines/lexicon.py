"""Find the words of every language in a text, in one pass.

A lexicon maps a concept (such as `fee`) to the terms that say it in each language. A term is matched without
case and at word boundaries; `*` ends a word stem (`справк*`), `~` stands for up to three words, and a term in
the pattern list is a regular expression. One Aho-Corasick automaton finds where a term may begin; what
follows is then checked. Texts are folded character by character, so a place in the folded text is a place in
the page's own text, and what is quoted is verbatim.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import ahocorasick_rs

from pipelines.digit_lines import DigitLines
from pipelines.judging.phrases import fold

_ENDING = r"[\w'-]*"
_GAP = r"(?:[^\W_]\S* ){0,3}?"
_SHORTEST_ANCHOR = 2
_Expressions = list[tuple[str, re.Pattern[str]]]  # each with the concept that it says


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A concept said in a text, and where."""

    concept: str
    language: str
    start: int  # characters into the text
    end: int


@dataclass(frozen=True, slots=True)
class _Term:
    """One term of one language, ready to be looked for."""

    concept: str
    language: str
    anchor: str  # the literal text with which it begins
    whole: str | None  # the pattern of the whole term; None when the anchor is all of it


def _compiled(concept: str, language: str, term: str) -> _Term:
    """Return `term` with its literal beginning and a pattern for what follows it."""
    folded = fold(term).strip()
    literal = re.split(r"[*~]", folded, maxsplit=1)[0]
    anchor = literal.rstrip()
    if len(anchor) < _SHORTEST_ANCHOR:
        raise ValueError(
            f"lexicon {language}, concept {concept}: {term!r} must begin with two literal characters"
        )
    if anchor == folded:
        return _Term(concept, language, anchor, None)
    pieces = [
        _GAP if word == "~" else re.escape(word).replace(r"\*", _ENDING) + " " for word in folded.split()
    ]
    pattern = "".join(pieces).removesuffix(" ")
    return _Term(concept, language, anchor, pattern)


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    """Return `pattern`, compiled when a text first asks for it: few of the thousands are met on a page."""
    return re.compile(pattern)


@dataclass(frozen=True)
class Lexicon:
    """Terms of all languages by concept, and regular expressions by concept."""

    terms: Mapping[str, Mapping[str, Sequence[str]]]  # language -> concept -> terms
    patterns: Mapping[str, Sequence[str]]  # concept -> regular expressions, of no one language
    digit_patterns: Mapping[str, Sequence[str]] = field(default_factory=dict)  # whose matches have a digit

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Every concept that some term or pattern says."""
        return frozenset(self.patterns).union(self.digit_patterns, *self.terms.values())

    @cached_property
    def _terms(self) -> list[_Term]:
        return [
            _compiled(concept, language, term)
            for language, concepts in sorted(self.terms.items())
            for concept, terms in sorted(concepts.items())
            for term in terms
        ]

    @cached_property
    def _by_anchor(self) -> dict[str, list[_Term]]:
        by_anchor: dict[str, list[_Term]] = {}
        for term in self._terms:
            by_anchor.setdefault(term.anchor, []).append(term)
        return by_anchor

    @cached_property
    def _automaton(self) -> ahocorasick_rs.AhoCorasick:
        return ahocorasick_rs.AhoCorasick(list(self._by_anchor))

    @cached_property
    def _anchors(self) -> list[list[_Term]]:
        return list(self._by_anchor.values())

    @cached_property
    def _expressions(self) -> _Expressions:
        return _ready(self.patterns)

    @cached_property
    def _digit_expressions(self) -> _Expressions:
        return _ready(self.digit_patterns)

    def hits(self, folded: str, languages: frozenset[str], prose: int | None = None) -> list[Hit]:
        """Return the concepts said in an already folded text, in its order; the longest of one concept wins.

        A language written in Latin letters counts only when it is one of `languages`: `fine` is Italian for
        an end, and English for a penalty. Patterns are looked for in the first `prose` characters alone:
        addresses and names of fields, which may follow, have none.
        """
        found = [hit for hit in self._word_hits(folded) if _may_speak(hit.language, languages)]
        found += self._pattern_hits(folded[:prose])
        return _longest(found)

    def _pattern_hits(self, prose: str) -> Iterable[Hit]:
        for concept, start, end in _matches(self._expressions, prose):
            yield Hit(concept=concept, language="und", start=start, end=end)
        lines = DigitLines.of(prose)
        for concept, start, end in _matches(self._digit_expressions, lines.text):
            moved = lines.moved(start)
            yield Hit(concept=concept, language="und", start=start + moved, end=end + moved)

    def _word_hits(self, folded: str) -> Iterable[Hit]:
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                continue
            for term in self._anchors[index]:
                stop = _end_of(term, folded, start, end)
                if stop:
                    yield Hit(concept=term.concept, language=term.language, start=start, end=stop)


def _ready(patterns: Mapping[str, Sequence[str]]) -> _Expressions:
    return [
        (concept, re.compile(expression, re.MULTILINE))
        for concept, expressions in sorted(patterns.items())
        for expression in expressions
    ]


def _matches(expressions: _Expressions, text: str) -> Iterable[tuple[str, int, int]]:
    return (
        (concept, match.start(), match.end())
        for concept, expression in expressions
        for match in expression.finditer(text)
    )


_NOT_LATIN = frozenset({"und", "bg", "kk", "ky", "ru", "sr", "tg", "uk"})


def _may_speak(language: str, languages: frozenset[str]) -> bool:
    return language in languages or language in _NOT_LATIN or "und" in languages


def _end_of(term: _Term, folded: str, start: int, end: int) -> int:
    """Return where the term that begins at `start` ends, 0 when it is not there."""
    if term.whole is not None:
        match = _expression(term.whole).match(folded, start)
        end = match.end() if match else 0
    at_boundary = end == len(folded) or not folded[end].isalnum() or not folded[end - 1].isalnum()
    return end if end and at_boundary else 0


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Drop a hit that lies inside a longer one of the same concept."""
    kept: list[Hit] = []
    reach: dict[str, int] = {}
    for hit in sorted(hits, key=lambda one: (one.start, -one.end, one.concept, one.language)):
        if reach.get(hit.concept, 0) < hit.end:
            reach[hit.concept] = hit.end
            kept.append(hit)
    return kept
