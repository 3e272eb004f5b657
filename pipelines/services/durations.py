"""Read how long a service takes from the words of a page: "3 рабочих дня", "15 мүнөт", "within two weeks".

The rule of what a day, a month and a span are stands in `knowledge/facts.yml` beside the units' names.
"""

import re

from pipelines.judging.phrases import Match, Word, fold, words_of
from pipelines.services.fact_words import FactWords

_NUMBER = re.compile(r"^\d{1,3}(?:-(\d{1,3}))?(?:-?(?:х|ти|и|ми|го|м|й))?$")
_DECIMAL_POINT = frozenset({".", ","})


def read_duration(text: str, words: FactWords) -> float | None:
    """Return the first span of time that `text` states, in days, or None where it states none."""
    tokens = words_of(fold(text))
    for match in words.span_phrases.find(tokens):
        number = _number_before(tokens, match, words)
        if number is not None:
            return round(number * float(match.meaning), 6)
    at_once = words.at_once_phrases.find(tokens)
    return float(at_once[0].meaning) if at_once else None


def _number_before(tokens: list[Word], match: Match, words: FactWords) -> float | None:
    """The number that a unit of time belongs to: of "3-5" and "3 - 5" the last."""
    at = match.first - 1
    between = {place for m in words.between_phrases.find(tokens) for place in range(m.first, m.last)}
    while at >= 0 and at in between:
        at -= 1
    if at >= 0 and tokens[at].text == ")":
        opening = next((place for place in range(at, -1, -1) if tokens[place].text == "("), 0)
        at = opening - 1
    return _number_at(tokens, at, words) if at >= 0 else None


def _number_at(tokens: list[Word], at: int, words: FactWords) -> float | None:
    text = tokens[at].text
    digits = _NUMBER.match(text)
    if digits is None:
        return words.number_words.get(text)
    has_point = at > 1 and tokens[at - 1].text in _DECIMAL_POINT and tokens[at - 2].text.isdigit()
    if has_point and tokens[at - 2].end == tokens[at - 1].start and tokens[at - 1].end == tokens[at].start:
        return float(f"{tokens[at - 2].text}.{text}")
    return float(digits.group(1) or re.sub(r"\D.*", "", text))
