"""The words that announce a service's facts: `knowledge/facts.yml` and its neighbours, made ready once."""

from functools import cached_property

from pipelines.judging.phrases import Phrases
from pipelines.services.money_words import MoneyWords
from pipelines.services.number_words import NumberWords, folded_words
from pipelines.services.time_words import TimeWords
from pipelines.services.word_lists import ByLanguage, all_words
from pipelines.strict import Strict


class FactLimits(Strict):
    """How long labels, values, lists and times may be: characters, words, items, days."""

    label_characters: int
    value_characters: int
    label_words_beside: int
    list_items: int
    table_cells: int
    list_item_characters: int
    longest_days: float


class FactWords(Strict):
    """Everything in `facts.yml`, `money.yml`, `times.yml`, `number_words.yml`; keys are explained there."""

    labels: dict[str, ByLanguage]
    fillers: ByLanguage
    needs_word: dict[str, ByLanguage]
    refused: dict[str, ByLanguage]
    about_service: ByLanguage
    sentences: dict[str, ByLanguage]
    limits: FactLimits
    money: MoneyWords
    time: TimeWords
    number_words: NumberWords

    @cached_property
    def label_phrases(self) -> Phrases:
        """Label -> the fact that it announces; `stop`, `name` and `provider` besides."""
        return Phrases.of({fact: all_words(words) for fact, words in self.labels.items()})

    @cached_property
    def unit_phrases(self) -> dict[str, tuple[Phrases, ...]]:
        """Fact -> the units that its label may name ("Срок, рабочих дней"), and the words beside them."""
        return {
            "fee": (self.money.currency_phrases,),
            "processing_time": (self.time.unit_phrases, self.time.between_phrases),
        }

    @cached_property
    def filler_words(self) -> frozenset[str]:
        """Words that say nothing in a label."""
        return folded_words(self.fillers)

    @cached_property
    def free_alone(self) -> frozenset[str]:
        """What says under the label of a fee, alone, that there is none."""
        return folded_words(self.money.free_alone)

    @cached_property
    def needed_phrases(self) -> dict[str, Phrases]:
        """Fact -> what must be said under a label of one word."""
        return {fact: Phrases.of({fact: all_words(words)}) for fact, words in self.needs_word.items()}

    @cached_property
    def refused_phrases(self) -> dict[str, Phrases]:
        """Fact -> what shows that something else is said."""
        return {fact: Phrases.of({fact: all_words(words)}) for fact, words in self.refused.items()}

    @cached_property
    def about_service_phrases(self) -> Phrases:
        """What makes a sentence one about a service."""
        return Phrases.of({"service": all_words(self.about_service)})

    @cached_property
    def sentence_phrases(self) -> Phrases:
        """Words that make a sentence one about a fact -> that fact."""
        return Phrases.of({fact: all_words(words) for fact, words in self.sentences.items()})
