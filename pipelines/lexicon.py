"""Find the words of every language in a text, in one pass.

A lexicon maps a concept (such as `fee`) to the terms that say it in each language, and to patterns of what
reads the same in all. Texts are folded character by character: a place in the folded text is a place in the
page's own text, and what is quoted is verbatim.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipelines.digit_lines import DigitLines
from pipelines.term_index import Term, TermIndex, Terms, terms_of

_Expressions = list[tuple[str, re.Pattern[str]]]  # each with the concept that it says
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_NOT_LATIN = frozenset({"und", "bg", "kk", "ky", "ru", "sr", "tg", "uk"})
_KEPT_INDEXES = 32  # of languages that were met together; more are made again


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A concept said in a text, and where."""

    concept: str
    language: str
    start: int  # characters into the text
    end: int


@dataclass(frozen=True)
class Lexicon:
    """Terms of all languages by concept, and regular expressions by concept."""

    terms: Terms
    patterns: Mapping[str, Sequence[str]]  # concept -> regular expressions, of no one language
    digit_patterns: Mapping[str, Sequence[str]] = field(default_factory=dict)  # whose matches have a digit

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Every concept that some term or pattern says."""
        return frozenset(self.patterns).union(self.digit_patterns, *self.terms.values())

    def hits(self, folded: str, languages: frozenset[str], prose: int | None = None) -> list[Hit]:
        """Return the concepts said in an already folded text, in its order; the longest of one concept wins.

        A language written in Latin letters counts only when it is one of `languages`: `fine` is Italian for
        an end, and English for a penalty. Patterns are looked for in the first `prose` characters alone:
        addresses and names of fields, which may follow, have none.
        """
        found = [
            Hit(concept=term.concept, language=term.language, start=start, end=end)
            for term, start, end in self._index(folded, languages).found(folded)
        ]
        found += self._pattern_hits(folded[:prose])
        return _longest(found)

    def _index(self, folded: str, languages: frozenset[str]) -> TermIndex:
        """The terms that a text in `languages` may say: without Cyrillic letters none that has some."""
        spoken = frozenset(self.terms if "und" in languages else self.terms.keys() & (languages | _NOT_LATIN))
        key = spoken, bool(_CYRILLIC.search(folded))
        index = self._indexes.pop(key, None) or TermIndex(self._sayable(*key))
        self._indexes[key] = index  # the last that was asked for
        if len(self._indexes) > _KEPT_INDEXES:
            del self._indexes[next(iter(self._indexes))]
        return index

    def _sayable(self, languages: frozenset[str], has_cyrillic: bool) -> Iterator[Term]:  # noqa: FBT001 - half of a key
        for language in languages:
            for term in self._terms_of(language):
                if has_cyrillic or not _CYRILLIC.search(term.anchor):
                    yield term

    def _terms_of(self, language: str) -> tuple[Term, ...]:
        if language not in self._terms:
            self._terms[language] = tuple(terms_of({language: self.terms[language]}))
        return self._terms[language]

    @cached_property
    def _indexes(self) -> dict[tuple[frozenset[str], bool], TermIndex]:
        return {}

    @cached_property
    def _terms(self) -> dict[str, tuple[Term, ...]]:
        return {}

    @cached_property
    def _expressions(self) -> _Expressions:
        return _ready(self.patterns)

    @cached_property
    def _digit_expressions(self) -> _Expressions:
        return _ready(self.digit_patterns)

    def _pattern_hits(self, prose: str) -> Iterable[Hit]:
        for concept, start, end in _matches(self._expressions, prose):
            yield Hit(concept=concept, language="und", start=start, end=end)
        lines = DigitLines.of(prose)
        for concept, start, end in _matches(self._digit_expressions, lines.text):
            moved = lines.moved(start)
            yield Hit(concept=concept, language="und", start=start + moved, end=end + moved)


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


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Drop a hit that lies inside a longer one of the same concept."""
    kept: list[Hit] = []
    reach: dict[str, int] = {}
    for hit in sorted(hits, key=lambda one: (one.start, -one.end, one.concept, one.language)):
        if reach.get(hit.concept, 0) < hit.end:
            reach[hit.concept] = hit.end
            kept.append(hit)
    return kept
