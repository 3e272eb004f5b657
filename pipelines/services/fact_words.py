"""The words that announce a service's facts, money and time: `knowledge/facts.yml`, made ready once."""

import re
from functools import cached_property

from pipelines.judging.phrases import Phrases, fold
from pipelines.services.word_lists import ByLanguage, Strict, all_words

# A number as pages write it: 300, 1 200,50, 1.000.
AMOUNT = r"(?:\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)"


class UnitOfAccount(Strict):
    """A unit in which laws set fees, and how much money one is."""

    currency: str
    amount: float
    words: tuple[str, ...]


class Span(Strict):
    """A unit of time, or a word for no waiting, in days."""

    days: float
    words: ByLanguage


class FactLimits(Strict):
    """How long labels, values, lists and times may be: characters, words, items, days."""

    label_characters: int
    value_characters: int
    label_words_beside: int
    list_items: int
    list_item_characters: int
    longest_days: float


class FactWords(Strict):
    """Everything in `facts.yml`; each key is explained there."""

    labels: dict[str, ByLanguage]
    fillers: ByLanguage
    free: ByLanguage
    about_service: ByLanguage
    not_free: tuple[str, ...]
    currencies: dict[str, tuple[str, ...]]
    units_of_account: tuple[UnitOfAccount, ...]
    span_words: tuple[str, ...]
    durations: tuple[Span, ...]
    between: ByLanguage
    at_once: tuple[Span, ...]
    numbers: dict[str, dict[str, int]]
    sentences: dict[str, ByLanguage]
    limits: FactLimits

    @cached_property
    def label_phrases(self) -> Phrases:
        """Label -> the fact that it announces; `stop`, `name` and `provider` besides."""
        return Phrases.of({fact: all_words(words) for fact, words in self.labels.items()})

    @cached_property
    def filler_words(self) -> frozenset[str]:
        """Words that say nothing in a label."""
        return frozenset(map(fold, all_words(self.fillers)))

    @cached_property
    def free_phrases(self) -> Phrases:
        """What says that nothing has to be paid; "not" means that it says something else."""
        return Phrases.of({"not": self.not_free, "free": all_words(self.free)})

    @cached_property
    def about_service_phrases(self) -> Phrases:
        """What makes a sentence one about a service."""
        return Phrases.of({"service": all_words(self.about_service)})

    @cached_property
    def money_phrases(self) -> Phrases:
        """Name or sign of a currency -> its code; of a unit of account -> its place in the list."""
        units = {str(place): unit.words for place, unit in enumerate(self.units_of_account)}
        return Phrases.of({**self.currencies, **units})

    @cached_property
    def amount_before(self) -> re.Pattern[str]:
        """An amount, or the first of a span of two, at the end of the text before a currency."""
        joint = "|".join(map(re.escape, self.span_words))
        return re.compile(
            rf"(?<![\d№/.])({AMOUNT})(?:\s*(?:{joint})\s*{AMOUNT})?(?:\s*\([^()]{{1,60}}\))?\s*$"
        )

    @cached_property
    def span_phrases(self) -> Phrases:
        """Unit of time -> its length in days."""
        return Phrases.of({str(span.days): all_words(span.words) for span in self.durations})

    @cached_property
    def at_once_phrases(self) -> Phrases:
        """Words for no waiting -> days."""
        return Phrases.of({str(span.days): all_words(span.words) for span in self.at_once})

    @cached_property
    def between_phrases(self) -> Phrases:
        """Words that may stand between a number and its unit."""
        return Phrases.of({"between": all_words(self.between)})

    @cached_property
    def number_words(self) -> dict[str, int]:
        """Number written as a word -> number."""
        return {fold(word): number for words in self.numbers.values() for word, number in words.items()}

    @cached_property
    def sentence_phrases(self) -> Phrases:
        """Words that make a sentence one about a fact -> that fact."""
        return Phrases.of({fact: all_words(words) for fact, words in self.sentences.items()})
