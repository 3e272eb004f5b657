"""Read numbers as pages write them before a unit: "3", "3-5", "2,5", "двадцать один", "half an"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipelines.judging.phrases import Word, fold
from pipelines.services.word_lists import ByLanguage, all_words
from pipelines.strict import Strict

_DIGITS = re.compile(r"^\d{1,3}(?:-(\d{1,3}))?(?:-?(?:х|ти|и|ми|го|м|й|th))?$")
_DECIMAL_POINT = frozenset({".", ","})


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a text, and the place of its first word."""

    value: float
    first: int
    is_article: bool = False  # "a week": one, unless it says how often ("5 days a week")


class NumberWords(Strict):
    """Everything in `number_words.yml`; each key is explained there."""

    numbers: dict[str, dict[str, float]]
    multipliers: frozenset[float]
    articles: frozenset[str]
    joints: frozenset[str]

    @cached_property
    def value_of(self) -> dict[str, float]:
        """Number written as a word -> number."""
        return {fold(word): number for words in self.numbers.values() for word, number in words.items()}

    def before(self, tokens: Sequence[Word], at: int) -> Number | None:
        """Return the number whose last word stands at `at`, None when none ends there."""
        digits = _DIGITS.match(tokens[at].text)
        if digits is None:
            return self._in_words(tokens, at)
        if _is_decimal(tokens, at):
            return Number(value=float(f"{tokens[at - 2].text}.{tokens[at].text}"), first=at - 2)
        return Number(value=float(digits.group(1) or re.sub(r"\D.*", "", tokens[at].text)), first=at)

    def _in_words(self, tokens: Sequence[Word], at: int) -> Number | None:
        values: list[float] = []
        first = at + 1
        for place in range(at, -1, -1):
            value = self._value(tokens[place].text)
            if value is not None:
                values.insert(0, value)
                first = place
            elif tokens[place].text not in self.articles and not (
                values and tokens[place].text in self.joints
            ):
                break
        if values:
            return Number(value=self._sum(values), first=first)
        is_article = tokens[at].text in self.articles
        return Number(value=1, first=at, is_article=True) if is_article else None

    def _value(self, text: str) -> float | None:
        """The value of one word, also of several with hyphens ("twenty-one")."""
        if text in self.value_of:
            return self.value_of[text]
        parts = [self.value_of.get(part) for part in text.split("-")]
        known = [part for part in parts if part is not None]
        return self._sum(known) if len(known) == len(parts) else None

    def _sum(self, values: Sequence[float]) -> float:
        total = last = 0.0
        for value in values:
            if value in self.multipliers and 0 < total < value:
                total *= value
            elif not total or value < 1 or (value < last and last % 10 == 0):
                total += value
            else:
                total = value  # "двух, трёх": the last of a span
            last = value
        return total


def _is_decimal(tokens: Sequence[Word], at: int) -> bool:
    """Whether the number at `at` is what follows the decimal point of another."""
    if at < 2 or tokens[at - 1].text not in _DECIMAL_POINT or not tokens[at - 2].text.isdigit():  # noqa: PLR2004 - a number and its point
        return False
    return tokens[at - 2].end == tokens[at - 1].start and tokens[at - 1].end == tokens[at].start


def folded_words(words: ByLanguage) -> frozenset[str]:
    """Return the words of all languages, folded."""
    return frozenset(map(fold, all_words(words)))
