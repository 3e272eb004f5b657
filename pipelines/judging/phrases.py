"""Find the phrases of a word list in a text, word by word.

Texts are folded before they are compared: lower case, ё as е, all spaces alike, all dashes alike; the folded
text is as long as the text, so that a place in one is a place in the other.
In a phrase, `*` ends a word that may have any ending: `услуг*` finds услуга, услуги, услугами.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipelines.judging.lookalikes import of_one_alphabet
from pipelines.replacing import with_replaced

_WORD = re.compile(r"\d+(?=[^\W\d_]{2})|[^\W_]+(?:['-][^\W_]+)*|[^\w\s]")
_PART = re.compile(r"[^\W_]+(?:['-][^\W_]+)*\*?|[^\w\s*]")
_BEGINNING = 3  # letters
_SAME_LENGTH = {
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\t\r\v\f", " "),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "ё": "е",
    "’": "'",
    "ʼ": "'",
}


def fold(text: str) -> str:
    """Return `text` in lower case with look-alikes made one; each character stays one character."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return of_one_alphabet(with_replaced(lower, _SAME_LENGTH))


class Word(NamedTuple):
    """One word of a folded text, and where it stands."""

    text: str
    start: int
    end: int


def words_of(folded: str) -> list[Word]:
    """Return the words of a folded text; signs such as ₽ and % are words of their own."""
    return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(folded)]


class Match(NamedTuple):
    """A phrase met in a text."""

    meaning: str
    first: int  # index of its first word
    last: int  # index after its last word
    start: int  # characters into the text
    end: int

    @property
    def length(self) -> int:
        """How many words the phrase has."""
        return self.last - self.first


@dataclass(frozen=True)
class Phrases:
    """A word list: phrase -> what it means. The longest phrase at a place wins."""

    meanings: Mapping[str, str]

    @classmethod
    def of(cls, groups: Mapping[str, Iterable[str]]) -> "Phrases":
        """Make a word list from meaning -> its phrases; a phrase given twice keeps its first meaning."""
        meanings: dict[str, str] = {}
        for meaning, phrases in groups.items():
            for phrase in phrases:
                meanings.setdefault(fold(phrase), meaning)
        return cls(meanings)

    @cached_property
    def _exact(self) -> dict[str, list[tuple[list[str], str]]]:
        return self._index(open_ended=False)

    @cached_property
    def _stems(self) -> dict[str, list[tuple[list[str], str]]]:
        return self._index(open_ended=True)

    @cached_property
    def _stem_lengths(self) -> list[int]:
        return sorted({len(stem) for stem in self._stems})

    @cached_property
    def _beginnings(self) -> tuple[frozenset[str], int]:
        """The first letters of all phrases: most words of a text are passed over by them."""
        width = min([*self._stem_lengths, _BEGINNING])
        return frozenset(word[:width] for word in [*self._exact, *self._stems]), width

    def _index(self, *, open_ended: bool) -> dict[str, list[tuple[list[str], str]]]:
        index: dict[str, list[tuple[list[str], str]]] = {}
        for phrase, meaning in self.meanings.items():
            parts = _parts(phrase)
            if parts and parts[0].endswith("*") == open_ended:
                index.setdefault(parts[0].rstrip("*"), []).append((parts, meaning))
        return index

    def find(self, words: list[Word]) -> list[Match]:
        """Return the phrases met in `words`, in their order, none overlapping another."""
        found: list[Match] = []
        at = 0
        beginnings, width = self._beginnings
        while at < len(words):
            best = self._longest_at(words, at) if words[at].text[:width] in beginnings else None
            if best is None:
                at += 1
                continue
            found.append(best)
            at = best.last
        return found

    def _longest_at(self, words: list[Word], at: int) -> Match | None:
        text = words[at].text
        candidates = list(self._exact.get(text, ()))
        for length in self._stem_lengths:
            if length <= len(text):
                candidates += self._stems.get(text[:length], ())
        best: tuple[int, str] | None = None
        for parts, meaning in candidates:
            if (best is None or len(parts) > best[0]) and _fits(parts, words, at):
                best = (len(parts), meaning)
        if best is None:
            return None
        last = at + best[0]
        return Match(meaning=best[1], first=at, last=last, start=words[at].start, end=words[last - 1].end)


def _parts(phrase: str) -> list[str]:
    return _PART.findall(phrase)


def _fits(parts: list[str], words: list[Word], at: int) -> bool:
    if at + len(parts) > len(words):
        return False
    return all(
        word.text.startswith(part[:-1]) if part.endswith("*") else word.text == part
        for part, word in zip(parts, words[at:], strict=False)
    )
