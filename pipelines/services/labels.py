"""Tell a label ("Срок оказания услуги:", "Керектүү документтер", "How much it costs?") from other lines.

A line is a label when it is short and says little beside one phrase of `facts.yml`; a heading, or a line that
ends in a colon or a question mark, may say more than a plain line.
"""

import re
from dataclasses import dataclass

from pipelines.judging.phrases import Match, Word, fold, words_of
from pipelines.services.content_lines import Line
from pipelines.services.fact_words import FactWords

_SEPARATOR = re.compile(r"\s*[:：\t|]\s*|\s+[-–—]+\s+")
_LEADING_WORDS = 12  # of a line, among which a label at its beginning ends
_BULLETS = frozenset("•·*▪●○►✓")
_ASKS = (":", "?", "：")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a line announces, and where its value begins when it stands on the same line."""

    fact: str
    value_at: int | None  # characters into the line; None: the value is what follows


def label_of(line: Line, words: FactWords) -> Label | None:
    """Return what `line` announces, or None when it is no label."""
    split = _SEPARATOR.search(line.text, 1, words.limits.label_characters)
    if split and split.end() < len(line.text):
        fact = _fact(line.text[: split.start()], words.limits.label_words_beside, words)
        return Label(fact=fact, value_at=split.end()) if fact else None
    return _alone(line, words) or _leading(line, words)


def _alone(line: Line, words: FactWords) -> Label | None:
    """The label that is a line of its own."""
    if len(line.text) > words.limits.label_characters:
        return None
    asks = line.is_heading or line.text.rstrip().endswith(_ASKS)
    fact = _fact(line.text, words.limits.label_words_beside if asks else 0, words)
    return Label(fact=fact, value_at=None) if fact else None


def _leading(line: Line, words: FactWords) -> Label | None:
    """The label that begins a line, if its value follows with a capital, digit or bullet ("Срок 3 дня")."""
    tokens = [word for word in words_of(fold(line.text)) if word.text[0].isalnum()][:_LEADING_WORDS]
    matches = words.label_phrases.find(tokens)
    if not matches or not line.text[0].isupper():
        return None
    covered = {place: match.meaning for match in matches for place in range(match.first, match.last)}
    fact = None
    for place, token in enumerate(tokens):
        before = line.text[tokens[place - 1].end if place else 0 : token.start].strip()
        begins = line.text[token.start]
        if fact and place not in covered and (begins.isupper() or begins.isdigit() or before in _BULLETS):
            return Label(fact=fact, value_at=token.start)
        if covered.get(place, fact) != fact and fact:
            return None
        fact = covered.get(place, fact)
        if place not in covered and token.text not in words.filler_words:
            return None
    return None


def _fact(text: str, beside: int, words: FactWords) -> str | None:
    """The fact of the longest phrase in `text`, if no more than `beside` other words stand there."""
    tokens = [word for word in words_of(fold(text)) if word.text[0].isalnum()]
    matches = words.label_phrases.find(tokens)
    if not matches:
        return None
    best = max(matches, key=lambda match: (match.length, -match.first))
    return best.meaning if _others(tokens, matches, best, words) <= beside else None


def _others(tokens: list[Word], matches: list[Match], best: Match, words: FactWords) -> int:
    """How many words say something that neither the phrase, its like nor a filler says."""
    covered = {
        place
        for match in matches
        if match.meaning == best.meaning
        for place in range(match.first, match.last)
    }
    return sum(
        place not in covered and word.text not in words.filler_words for place, word in enumerate(tokens)
    )
