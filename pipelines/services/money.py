"""Read what a service costs from the words of a page: "300 сом", "5 расчётных показателей", "акысыз".

A number with a currency before or after it is an amount; of a span ("100-300 сом") the lowest counts, as
what one pays at least. Whichever comes first, an amount or a word for "free", is the fee.
"""

import re
from dataclasses import dataclass

from pipelines.judging.phrases import Match, fold, words_of
from pipelines.services.fact_words import AMOUNT, FactWords

_AFTER = re.compile(rf"^\s*({AMOUNT})(?![\d/])")
_NEAR = 100  # characters before a currency in which its amount stands
_THOUSANDS = re.compile(r"[ .,'](?=\d{3}(?:\D|$))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What one pays; an amount of 0 is free."""

    amount: float
    currency: str | None  # ISO 4217; None for free

    @property
    def value(self) -> str:
        """The sum as a machine reads it: `300 KGS`, `free`."""
        return f"{self.amount:g} {self.currency}" if self.currency else "free"


def read_money(text: str, words: FactWords) -> Money | None:
    """Return the first fee that `text` states, or None where it states none."""
    folded = fold(text)
    tokens = words_of(folded)
    amounts = (_amount_at(folded, match, words) for match in words.money_phrases.find(tokens))
    first = next((amount for amount in amounts if amount), None)
    free = next((m for m in words.free_phrases.find(tokens) if m.meaning == "free"), None)
    if free and (first is None or free.start < first[0]):
        return Money(amount=0, currency=None)
    return first[1] if first else None


def _amount_at(folded: str, match: Match, words: FactWords) -> tuple[int, Money] | None:
    nearest = max(0, match.start - _NEAR)
    before = words.amount_before.search(folded[nearest : match.start])
    after = None if before else _AFTER.search(folded[match.end : match.end + 40])
    found = before or after
    if found is None:
        return None
    number = _number(found.group(1))
    if match.meaning.isdigit():
        unit = words.units_of_account[int(match.meaning)]
        number, currency = number * unit.amount, unit.currency
    else:
        currency = match.meaning
    start = match.start if after else nearest + found.start()
    return start, Money(amount=number, currency=currency if number else None)


def _number(written: str) -> float:
    return float(_THOUSANDS.sub("", written).replace(",", "."))
