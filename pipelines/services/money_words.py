"""The words for money and for "free": `knowledge/money.yml`, made ready once."""

import re
from functools import cached_property

from babel.numbers import get_territory_currencies, list_currencies

from pipelines.judging.phrases import Phrases
from pipelines.services.word_lists import ByLanguage, all_words
from pipelines.strict import Strict

# A number as pages write it: 300, 1 200,50, 1.000.
AMOUNT = r"(?:\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)"


class UnitOfAccount(Strict):
    """A unit in which laws set fees, and how much money one is."""

    currency: str
    amount: float
    words: tuple[str, ...]


class SharedCurrency(Strict):
    """Words that several currencies share: which is `usual`, and of which countries it may be."""

    words: tuple[str, ...]
    usual: str
    of: frozenset[str]

    def of_country(self, countries: tuple[str, ...]) -> str:
        """Return the currency that is meant on a page of `countries` (ISO 3166, likeliest first)."""
        for country in countries:
            for currency in get_territory_currencies(country.upper()):
                if currency == self.usual or currency in self.of:
                    return str(currency)
        return self.usual


class MoneyWords(Strict):
    """Everything in `money.yml`; each key is explained there."""

    free: ByLanguage
    free_alone: ByLanguage
    not_free: tuple[str, ...]
    some_people: ByLanguage
    no_fee: ByLanguage
    currencies: dict[str, tuple[str, ...]]
    shared_currencies: tuple[SharedCurrency, ...]
    lettered_signs: dict[str, str]
    not_codes: frozenset[str]
    units_of_account: tuple[UnitOfAccount, ...]
    thousand: tuple[str, ...]
    million: tuple[str, ...]
    span_words: tuple[str, ...]

    @cached_property
    def free_phrases(self) -> Phrases:
        """What says that nothing has to be paid; "not" means that it says something else."""
        return Phrases.of({"not": self.not_free, "free": all_words(self.free)})

    @cached_property
    def some_people_phrases(self) -> Phrases:
        """Those who are free where others pay."""
        return Phrases.of({"some": all_words(self.some_people)})

    @cached_property
    def no_fee_phrases(self) -> Phrases:
        """What makes a sum no fee."""
        return Phrases.of({"no": all_words(self.no_fee)})

    @cached_property
    def currency_phrases(self) -> Phrases:
        """Word or sign -> currency; `unit` or `shared` and a place in the list; a bare code by itself."""
        units = {f"unit {at}": unit.words for at, unit in enumerate(self.units_of_account)}
        shared = {f"shared {at}": one.words for at, one in enumerate(self.shared_currencies)}
        codes = {f"code {code}": (code,) for code in sorted(list_currencies()) if code not in self.not_codes}
        return Phrases.of({**self.currencies, **units, **shared, **codes})

    @cached_property
    def amount_before(self) -> re.Pattern[str]:
        """An amount, or the first of a span of two, at the end of the text before a currency."""
        joint = "|".join(map(re.escape, self.span_words))
        return re.compile(
            rf"(?<![\d№/.])({AMOUNT})(?:[.,]-+)?(?:\s*(?:{joint})\s*{AMOUNT})?(?:\s*\([^()]{{1,60}}\))?"
            rf"\s*{self._scale}\s*$"
        )

    @cached_property
    def amount_after(self) -> re.Pattern[str]:
        """An amount after a currency, perhaps with another sign between ("CAD $50")."""
        return re.compile(rf"^\s*[$£€¥]?\s*({AMOUNT})(?!\d|/\d)\s*{self._scale}")

    @property
    def _scale(self) -> str:
        """What may stand after a number and make it larger, as a pattern's optional groups."""
        return rf"(?:{_group('thousand', self.thousand)}|{_group('million', self.million)})?"


def _group(name: str, words: tuple[str, ...]) -> str:
    any_ending = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return rf"(?P<{name}>(?:{'|'.join(any_ending)})\b\.?)"
