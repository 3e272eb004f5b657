"""Read what a service costs from the words of a page: "300 сом", "5 расчётных показателей", "акысыз".

A number with a currency before or after it is an amount; of a span ("100-300 сом") the lowest counts, as
what one pays at least. Whichever comes first, an amount or a word for "free", is the fee; but who is free
only because of who he is ("free for pensioners") does not make the service so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.judging.phrases import Match, Word, fold, words_of
from pipelines.services.currencies import Amount, amounts
from pipelines.services.fact_words import FactWords

_CLAUSE_END = re.compile(r"[;!?\n]|[.,](?=\s)")
_SENTENCE_END = re.compile(r"[;!?\n]|\.(?=\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What one pays; an amount of 0 is free."""

    amount: float
    currency: str | None  # ISO 4217; None for free

    @property
    def value(self) -> str:
        """The sum as a machine reads it: `300 KGS`, `free`."""
        return f"{_plain(self.amount)} {self.currency}" if self.currency else "free"


def read_money(text: str, words: FactWords, countries: tuple[str, ...] = ()) -> Money | None:
    """Return the first fee that `text` states, or None where it states none.

    `countries` (ISO 3166) are those that the page may be of: they tell whose "$" is meant.
    """
    folded = fold(text)
    tokens = words_of(folded)
    paid = _first_fee(text, tokens, words, countries)
    for match in words.money.free_phrases.find(tokens):
        if match.meaning == "free" and (paid is None or match.start < paid.start):
            if not _is_for_some(folded, match, words):
                return Money(amount=0, currency=None)
            break
    if paid is None:
        return None
    return Money(amount=paid.value, currency=paid.currency if paid.value else None)


def is_free_alone(text: str, words: FactWords) -> bool:
    """Whether `text`, under the label of a fee, says that there is none: "нет", "None"."""
    return fold(text).strip(" .;,!") in words.free_alone


def _first_fee(text: str, tokens: list[Word], words: FactWords, countries: tuple[str, ...]) -> Amount | None:
    """The first amount that is not a punishment, an income or the like."""
    folded = fold(text)
    found = sorted(amounts(text, tokens, words, countries), key=lambda amount: amount.start)
    others = words.money.no_fee_phrases.find(tokens)
    for at, amount in enumerate(found):
        begin = max(_start_of(folded, amount.start, _SENTENCE_END), found[at - 1].end if at else 0)
        if not _has(others, begin, amount.start):
            return amount
    return None


def _is_for_some(folded: str, match: Match, words: FactWords) -> bool:
    start = _start_of(folded, match.start, _CLAUSE_END)
    end = _CLAUSE_END.search(folded, match.end)
    clause = words_of(folded[start : end.start() if end else len(folded)])
    return bool(words.money.some_people_phrases.find(clause))


def _start_of(folded: str, place: int, end: re.Pattern[str]) -> int:
    """Where the clause or sentence that holds `place` begins."""
    return max((found.end() for found in end.finditer(folded, 0, place)), default=0)


def _has(matches: Sequence[Match], begin: int, end: int) -> bool:
    return any(begin <= match.start < end for match in matches)


def _plain(amount: float) -> str:
    return f"{amount:.2f}".rstrip("0").rstrip(".")
