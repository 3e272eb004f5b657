"""Read how long a service takes from the words of a page: "3 рабочих дня", "15 мүнөт", "within two weeks".

The rule of what a day, a month and a span are stands in `knowledge/times.yml` beside the units' names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.judging.phrases import Match, Word, fold, words_of
from pipelines.services.fact_words import FactWords

_SENTENCE = re.compile(r"[^;!?]+?(?:[;!?]|\.(?=\s+[^\Wa-zа-я\d_])|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A span of time in a text, and the words that it takes up."""

    days: float
    unit: float  # days
    first: int
    last: int
    is_article: bool = False


def read_duration(text: str, words: FactWords) -> float | None:
    """Return the first span of time that `text` gives as one of waiting, in days, or None."""
    for sentence in _SENTENCE.findall(text):
        tokens = words_of(fold(sentence))
        if words.time.no_waiting_phrases.find(tokens):
            continue
        stretches = list(_stretches(tokens, words))
        while len(stretches) > 1 and _is_rate(stretches[0], stretches[1]):
            stretches = stretches[2:]
        if stretches:
            return round(_joined(stretches, tokens, words).days, 6)
        at_once = words.time.at_once_phrases.find(tokens)
        if at_once:
            return float(at_once[0].meaning)
    return None


def _stretches(tokens: list[Word], words: FactWords) -> Iterator[_Stretch]:
    for match in words.time.unit_phrases.find(tokens):
        if match.meaning.startswith("="):
            days = float(match.meaning[1:])
            yield _Stretch(days=days, unit=days, first=match.first, last=match.last)
            continue
        found = _with_number(tokens, match, words)
        if found:
            yield found


def _with_number(tokens: list[Word], match: Match, words: FactWords) -> _Stretch | None:
    """The number that a unit of time belongs to: of "3-5" and "3 - 5" the last."""
    at = match.first - 1
    between = {place for m in words.time.between_phrases.find(tokens) for place in range(m.first, m.last)}
    while at >= 0 and at in between:
        at -= 1
    if at >= 0 and tokens[at].text == ")":
        at = next((place for place in range(at, -1, -1) if tokens[place].text == "("), 0) - 1
    if at < 0:
        return None
    unit = float(match.meaning)
    number = words.number_words.before(tokens, at)
    if number:
        return _Stretch(
            days=number.value * unit,
            unit=unit,
            first=number.first,
            last=match.last,
            is_article=number.is_article,
        )
    alone = any(one.last == at + 1 for one in words.time.one_after_phrases.find(tokens[: at + 1]))
    return _Stretch(days=unit, unit=unit, first=at, last=match.last) if alone else None


def _is_rate(one: _Stretch, other: _Stretch) -> bool:
    """Whether two say how often: "5 days a week", "24 hours a day"."""
    return other.is_article and one.last == other.first


def _joined(stretches: Sequence[_Stretch], tokens: Sequence[Word], words: FactWords) -> _Stretch:
    """The first stretch with what belongs to it: smaller units add up, of a span the longer end counts."""
    whole = stretches[0]
    for following in stretches[1:]:
        gap = {token.text for token in tokens[whole.last : following.first]}
        if gap <= words.time.joints and following.unit < whole.unit:
            whole = replace(following, days=whole.days + following.days)
        elif gap and gap <= words.time.spanned_by:
            whole = replace(following, days=max(whole.days, following.days))
        else:
            break
    return whole
