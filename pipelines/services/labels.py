"""Tell a label ("Срок оказания услуги:", "Керектүү документтер", "How much it costs?") from other lines.

A line is a label when it is short and says little beside one phrase of `facts.yml`; a heading, or a line that
ends in a colon or a question mark, may say more than a plain line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.judging.phrases import Match, Word, fold, words_of
from pipelines.services.content_lines import Line
from pipelines.services.fact_words import FactWords

_SEPARATOR = re.compile(r"\s*[:：\t|]\s*|\s+[-–—]+\s+")
_LEADING_WORDS = 12  # of a line, among which a label at its beginning ends
_BULLETS = frozenset("•·*▪●○►✓")
_NO_SIGN = " \t\u00a0.,;:-–—•·*▪●○►✓()"
_ASKS = (":", "?", "：")
# Where a second label may begin in a line: after a sentence or a part of one, before a colon.
_INNER = re.compile(r"(?<=[.;,!?])\s+(?=[^\W\d_][^.;:：]{1,60}[:：]\s)")
_COMMA = ","
_STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a line announces, and where its value begins when it stands on the same line."""

    fact: str
    value_at: int | None  # characters into the line; None: the value is what follows
    length: int  # words of the phrase: one word alone may mean much else


def label_of(line: Line, words: FactWords) -> Label | None:
    """Return what `line` announces, or None when it is no label."""
    split = _SEPARATOR.search(line.text, 1, words.limits.label_characters)
    if split and split.end() < len(line.text):
        return _label(line.text[: split.start()], words.limits.label_words_beside, words, split.end())
    return _alone(line, words) or _leading(line, words)


def split_at_labels(line: Line, words: FactWords) -> Iterator[Line]:
    """Yield the parts of a line that each begin with a label: "Coût : 25 €. Délai : 10 jours ouvrables."."""
    start = 0
    for match in _INNER.finditer(line.text):
        own = label_of(_part(line, start, match.start()), words)
        label = _label(line.text[match.end() : _colon(line.text, match.end())], 1, words)
        is_part = line.text[match.start() - 1] != _COMMA or (own and own.value_at is not None)
        if label and label.fact != _STOP and is_part:
            yield _part(line, start, match.start())
            start = match.end()
    yield _part(line, start, len(line.text))


def _colon(text: str, start: int) -> int:
    found = _SEPARATOR.search(text, start)
    return found.start() if found else len(text)


def _part(line: Line, start: int, end: int) -> Line:
    return replace(line, text=line.text[start:end], start=line.start + start)


def _alone(line: Line, words: FactWords) -> Label | None:
    """The label that is a line of its own."""
    if len(line.text) > words.limits.label_characters:
        return None
    asks = line.is_heading or line.text.rstrip().endswith(_ASKS)
    return _label(line.text, words.limits.label_words_beside if asks else 0, words)


def _leading(line: Line, words: FactWords) -> Label | None:
    """The label that begins a line, if its value follows with a capital, digit or bullet ("Срок 3 дня")."""
    tokens = [word for word in words_of(fold(line.text)) if word.text[0].isalnum()][:_LEADING_WORDS]
    matches = words.label_phrases.find(tokens)
    if not matches or not line.text[0].isupper():
        return None
    covered = {place: match.meaning for match in matches for place in range(match.first, match.last)}
    longest = max(match.length for match in matches)
    fact = None
    for place, token in enumerate(tokens):
        gap = line.text[tokens[place - 1].end if place else 0 : token.start]
        begins = line.text[token.start]
        if (
            fact
            and place not in covered
            and (begins.isupper() or begins.isdigit() or gap.strip() in _BULLETS)
        ):
            value_at = token.start - len(gap.lstrip(_NO_SIGN))  # a "£" before the number belongs to it
            return Label(fact=fact, value_at=value_at, length=longest)
        if covered.get(place, fact) != fact and fact:
            return None
        fact = covered.get(place, fact)
        if place not in covered and token.text not in words.filler_words:
            return None
    return None


def _label(text: str, beside: int, words: FactWords, value_at: int | None = None) -> Label | None:
    """The label that the longest phrase in `text` makes, if no more than `beside` other words stand there."""
    tokens = [word for word in words_of(fold(text)) if word.text[0].isalnum()]
    matches = words.label_phrases.find(tokens)
    if not matches:
        return None
    best = max(matches, key=lambda match: (match.length, -match.first))
    if _others(tokens, matches, best, words) > beside:
        return None
    return Label(fact=best.meaning, value_at=value_at, length=best.length)


def _others(tokens: list[Word], matches: list[Match], best: Match, words: FactWords) -> int:
    """How many words say something that neither the phrase, its like, its unit nor a filler says."""
    units = words.unit_phrases.get(best.meaning)
    alike = [match for match in matches if match.meaning == best.meaning]
    for phrases in units or ():
        alike += phrases.find(tokens)
    covered = {place for match in alike for place in range(match.first, match.last)}
    return sum(
        place not in covered and word.text not in words.filler_words for place, word in enumerate(tokens)
    )
