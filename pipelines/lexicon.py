"""Find the words of every language in a text, in one pass.

A lexicon maps a concept (such as `fee`) to the terms that say it in each language, and to patterns of what
reads the same in all. Texts are folded character by character: a place in the folded text is a place in the
page's own text, and what is quoted is verbatim.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipelines.digit_lines import DigitLines
from pipelines.line_patterns import LinePatterns
from pipelines.term_index import Term, TermIndex, Terms, terms_of

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_NOT_LATIN = frozenset({"und", "bg", "kk", "ky", "ru", "sr", "tg", "uk"})
_KEPT_INDEXES = 32  # of languages that were met together; more are made again


class Hit(NamedTuple):
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
            (start, -end, term.concept, term.language)
            for term, start, end in self._index(folded, languages).found(folded)
        ]
        found += ((start, -end, concept, "und") for concept, start, end in self._pattern_hits(folded[:prose]))
        return list(_longest(found))

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
    def _line_patterns(self) -> LinePatterns:
        return LinePatterns(self.patterns)

    @cached_property
    def _digit_line_patterns(self) -> LinePatterns:
        return LinePatterns(self.digit_patterns)

    def _pattern_hits(self, prose: str) -> Iterator[tuple[str, int, int]]:
        yield from self._line_patterns.found(prose)
        lines = DigitLines.of(prose)
        for concept, start, end in self._digit_line_patterns.found(lines.text):
            moved = lines.moved(start)
            yield concept, start + moved, end + moved


def _longest(found: list[tuple[int, int, str, str]]) -> Iterator[Hit]:
    """Yield hits in their order, but none that lies inside a longer one of the same concept.

    `found`: start, end below zero, concept and language of each, so that they sort as they are looked at.
    """
    reach: dict[str, int] = {}
    found.sort()
    for start, below_end, concept, language in found:
        if reach.get(concept, 0) < -below_end:
            reach[concept] = -below_end
            yield Hit(concept, language, start, -below_end)
