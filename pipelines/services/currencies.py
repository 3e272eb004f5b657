"""Find the sums of money in a text: a number beside a currency's name, sign or code, or a unit of account."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.judging.phrases import Match, Word, fold
from pipelines.services.fact_words import FactWords

_NEAR = 100  # characters before a currency in which its amount stands
_AHEAD = 60  # characters after it
_THOUSANDS = re.compile(r"[ .,'](?=\d{3}(?:\D|$))")
_LETTERS_BEFORE = re.compile(r"[a-z]{1,3}$")
_THOUSAND = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum of money, and where its number stands."""

    start: int
    end: int
    value: float
    currency: str
    is_sure: bool  # not only by a sign that several currencies share


@dataclass(frozen=True, slots=True, kw_only=True)
class _Currency:
    code: str
    times: float
    is_sure: bool


def amounts(text: str, tokens: list[Word], words: FactWords, countries: tuple[str, ...]) -> Iterator[Amount]:
    """Yield the sums in `text`, each number once; `countries` are those that the page may be of."""
    claims: dict[int, Amount] = {}
    for match in words.money.currency_phrases.find(tokens):
        currency = _currency(text, match, words, countries)
        amount = _at(fold(text), tokens, match, currency, words) if currency else None
        if amount and (amount.start not in claims or (amount.is_sure and not claims[amount.start].is_sure)):
            claims[amount.start] = amount
    yield from claims.values()


def _currency(text: str, match: Match, words: FactWords, countries: tuple[str, ...]) -> _Currency | None:
    kind, _, name = match.meaning.partition(" ")
    if kind == "code":
        is_code = text[match.start : match.end] == name
        return _Currency(code=name, times=1, is_sure=True) if is_code else None
    if kind == "unit":
        unit = words.money.units_of_account[int(name)]
        return _Currency(code=unit.currency, times=unit.amount, is_sure=True)
    if kind != "shared":
        return _Currency(code=kind, times=1, is_sure=True)
    letters = _LETTERS_BEFORE.search(fold(text[: match.start]))
    lettered = words.money.lettered_signs.get(letters.group() + fold(text[match.start])) if letters else None
    code = lettered or words.money.shared_currencies[int(name)].of_country(countries)
    return _Currency(code=code, times=1, is_sure=bool(lettered))


def _at(
    folded: str, tokens: list[Word], match: Match, currency: _Currency, words: FactWords
) -> Amount | None:
    """The sum that a currency belongs to: its number in digits before or after it, or in words before it."""
    nearest = max(0, match.start - _NEAR)
    found = words.money.amount_before.search(folded[nearest : match.start])
    offset = nearest
    if found is None:
        found = words.money.amount_after.search(folded[match.end : match.end + _AHEAD])
        offset = match.end
    if found is not None:
        value = _number(found.group(1)) * (_THOUSAND if found.group("thousand") else 1)
        start, end = offset + found.start(1), max(match.end, offset + found.end())
        is_huge = bool(found.group("million"))
    else:
        number = words.number_words.before(tokens, match.first - 1) if match.first else None
        if number is None or number.is_article:
            return None
        value, start, end, is_huge = number.value, tokens[number.first].start, match.end, False
    if is_huge:
        return None
    return Amount(
        start=start, end=end, value=value * currency.times, currency=currency.code, is_sure=currency.is_sure
    )


def _number(written: str) -> float:
    return float(_THOUSANDS.sub("", written).replace(",", "."))
