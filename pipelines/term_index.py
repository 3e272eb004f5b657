"""Terms of some languages, found in one pass over a text.

A term is matched without case and at word boundaries; `*` ends a word stem (`справк*`), `~` stands for up to
three words. One Aho-Corasick automaton finds where a term may begin; what follows is then checked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from crawlers.made_once import code_of, made_once
from pipelines.judging.phrases import fold

Terms = Mapping[str, Mapping[str, Sequence[str]]]  # language -> concept -> terms
_ENDING = r"[\w'-]*"
_GAP = r"(?:[^\W_]\S* ){0,3}?"
_SHORTEST_ANCHOR = 2
_MAKERS = (__name__, "pipelines.judging.phrases", "pipelines.judging.lookalikes", "pipelines.replacing")


class Term(NamedTuple):
    """One term of one language, ready to be looked for."""

    concept: str
    language: str
    anchor: str  # the literal text with which it begins
    whole: str | None  # the pattern of the whole term; None when the anchor is all of it

    @classmethod
    def of(cls, concept: str, language: str, folded: str) -> "Term":
        """Return the term that words write, which have been folded.

        Raises:
            ValueError: it does not begin with two literal characters.
        """
        folded = folded.strip()
        anchor = re.split(r"[*~]", folded, maxsplit=1)[0].rstrip()
        if len(anchor) < _SHORTEST_ANCHOR:
            raise ValueError(
                f"lexicon {language}, concept {concept}: {folded!r} must begin with two literal characters"
            )
        return cls(concept, language, anchor, None if anchor == folded else _pattern(folded))

    def end_in(self, folded: str, start: int) -> int:
        """Return where a term that is more than its anchor ends; 0 if it does not start at `start`."""
        match = _expression(self.whole or "").match(folded, start)
        end = match.end() if match else 0
        at_boundary = end == len(folded) or not folded[end].isalnum() or not folded[end - 1].isalnum()
        return end if end and at_boundary else 0


def _pattern(folded: str) -> str:
    pieces = [
        _GAP if word == "~" else re.escape(word).replace(r"\*", _ENDING) + " " for word in folded.split()
    ]
    return "".join(pieces).removesuffix(" ")


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    """Return `pattern`, compiled when a text first asks for it: few of the thousands are met on a page."""
    return re.compile(pattern)


class TermIndex:
    """Some terms, by the literal text with which they begin."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Make the automaton."""
        by_anchor: dict[str, list[Term]] = {}
        for term in terms:
            by_anchor.setdefault(term.anchor, []).append(term)
        self._terms = list(by_anchor.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_anchor))

    def found(self, folded: str) -> Iterator[tuple[Term, int, int]]:
        """Yield each term that an already folded text says, with the characters where it starts and ends."""
        length, terms = len(folded), self._terms
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                continue
            is_whole = end == length or not folded[end].isalnum() or not folded[end - 1].isalnum()
            for term in terms[number]:
                stop = (end if is_whole else 0) if term.whole is None else term.end_in(folded, start)
                if stop:
                    yield term, start, stop


def terms_of(terms: Terms) -> Iterator[Term]:
    """Yield all of `terms`, language by language.

    Raises:
        ValueError: one does not begin with two literal characters.
    """
    written = [
        (concept, language, words)
        for language, concepts in sorted(terms.items())
        for concept, each in sorted(concepts.items())
        for words in each
    ]
    yield from map(Term._make, made_once(f"{code_of(*_MAKERS)}\n{written}", lambda: _made(written)))


def _made(written: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str, str | None]]:
    """The terms that are written as concept, language and words; folded at once, for they are thousands."""
    folded = fold("\n".join(words for _, _, words in written)).split("\n")
    made = (Term.of(*one[:2], words) for one, words in zip(written, folded, strict=True))
    return [(one.concept, one.language, one.anchor, one.whole) for one in made]
