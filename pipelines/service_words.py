"""The words by which services and their facts are recognised, from `knowledge/`, checked and made ready once.

Four files: `facts.yml` (labels, money, time), `identify.yml` (names, addresses, languages),
`life_events.yml` and `cofog.yml`. An unknown or missing key is refused with its place.
"""

import re
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict

from pipelines.html_rules import load_yaml
from pipelines.phrases import Phrases, fold

# A number as pages write it: 300, 1 200,50, 1.000.
AMOUNT = r"(?:\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)"

ByLanguage = dict[str, tuple[str, ...]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class UnitOfAccount(_Strict):
    """A unit in which laws set fees, and how much money one is."""

    currency: str
    amount: float
    words: tuple[str, ...]


class Span(_Strict):
    """A unit of time, or a word for no waiting, in days."""

    days: float
    words: ByLanguage


class FactLimits(_Strict):
    """How long labels, values, lists and times may be: characters, words, items, days."""

    label_characters: int
    value_characters: int
    label_words_beside: int
    list_items: int
    list_item_characters: int
    longest_days: float


class FactWords(_Strict):
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
        return Phrases.of({fact: _all(words) for fact, words in self.labels.items()})

    @cached_property
    def filler_words(self) -> frozenset[str]:
        """Words that say nothing in a label."""
        return frozenset(map(fold, _all(self.fillers)))

    @cached_property
    def free_phrases(self) -> Phrases:
        """What says that nothing has to be paid; "not" means that it says something else."""
        return Phrases.of({"not": self.not_free, "free": _all(self.free)})

    @cached_property
    def about_service_phrases(self) -> Phrases:
        """What makes a sentence one about a service."""
        return Phrases.of({"service": _all(self.about_service)})

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
        return Phrases.of({str(span.days): _all(span.words) for span in self.durations})

    @cached_property
    def at_once_phrases(self) -> Phrases:
        """Words for no waiting -> days."""
        return Phrases.of({str(span.days): _all(span.words) for span in self.at_once})

    @cached_property
    def between_phrases(self) -> Phrases:
        """Words that may stand between a number and its unit."""
        return Phrases.of({"between": _all(self.between)})

    @cached_property
    def number_words(self) -> dict[str, int]:
        """Number written as a word -> number."""
        return {fold(word): number for words in self.numbers.values() for word, number in words.items()}

    @cached_property
    def sentence_phrases(self) -> Phrases:
        """Words that make a sentence one about a fact -> that fact."""
        return Phrases.of({fact: _all(words) for fact, words in self.sentences.items()})


class Roles(_Strict):
    """Page kinds by what they can be to a service."""

    description: frozenset[str]
    step: frozenset[str]
    list: frozenset[str]
    perhaps: frozenset[str]
    sure: float
    facts: int
    full: int


class LanguageMarks(_Strict):
    """How a language is called in addresses (`codes`) and in language switches (`names`)."""

    codes: tuple[str, ...]
    names: tuple[str, ...]


class NameWords(_Strict):
    """What names are cleaned of and compared without."""

    prefixes: ByLanguage
    sections: ByLanguage
    weak: ByLanguage
    never: ByLanguage
    file_remark: re.Pattern[str]
    longest_characters: int
    shared_by_pages: int
    same_from: float

    @cached_property
    def folded_prefixes(self) -> tuple[str, ...]:
        """All prefixes, the longest first."""
        return tuple(sorted(map(fold, _all(self.prefixes)), key=lambda prefix: (-len(prefix), prefix)))

    @cached_property
    def folded_sections(self) -> frozenset[str]:
        """All names of parts of sites."""
        return frozenset(map(fold, _all(self.sections)))

    @cached_property
    def weak_words(self) -> frozenset[str]:
        """All words that do not tell services apart."""
        return frozenset(map(fold, _all(self.weak)))

    @cached_property
    def never_phrases(self) -> Phrases:
        """Beginnings that no service's name has."""
        return Phrases.of({"never": _all(self.never)})


class EntryRules(_Strict):
    """When an item of a list is a service."""

    telling: frozenset[str]
    shortest_characters: int
    services_share: float


class IdentifyWords(_Strict):
    """Everything in `identify.yml`; each key is explained there."""

    roles: Roles
    form_purposes: frozenset[str]
    own_links: ByLanguage
    languages: dict[str, LanguageMarks]
    language_parameters: frozenset[str]
    noise_parameters: frozenset[str]
    index_names: frozenset[str]
    names: NameWords
    entries: EntryRules

    @cached_property
    def own_link_phrases(self) -> Phrases:
        """Texts of links that lead to a service's own steps."""
        return Phrases.of({"own": _all(self.own_links)})

    @cached_property
    def language_of_code(self) -> dict[str, str]:
        """Code in an address -> language."""
        return {code: language for language, marks in self.languages.items() for code in marks.codes}

    @cached_property
    def language_of_name(self) -> dict[str, str]:
        """Text of a language switch's link -> language."""
        return {fold(name): language for language, marks in self.languages.items() for name in marks.names}


class LifeEvent(_Strict):
    """An event for which services are needed."""

    id: str
    audience: str
    name: dict[str, str]
    words: ByLanguage


class LifeEvents(_Strict):
    """Everything in `life_events.yml`."""

    source: str
    life_events: tuple[LifeEvent, ...]

    @cached_property
    def phrases(self) -> Phrases:
        """Word of a service's name -> life event."""
        return Phrases.of({event.id: _all(event.words) for event in self.life_events})


class Division(_Strict):
    """A function of government."""

    id: str
    name: dict[str, str]
    words: ByLanguage
    life_events: tuple[str, ...]


class Cofog(_Strict):
    """Everything in `cofog.yml`."""

    source: str
    divisions: tuple[Division, ...]

    @cached_property
    def phrases(self) -> Phrases:
        """Word of a service's name -> division."""
        return Phrases.of({division.id: _all(division.words) for division in self.divisions})

    @cached_property
    def of_life_event(self) -> dict[str, str]:
        """Life event -> division."""
        return {event: division.id for division in self.divisions for event in division.life_events}


class ServiceWords(_Strict):
    """All four files together."""

    facts: FactWords
    identify: IdentifyWords
    life_events: LifeEvents
    cofog: Cofog


def _all(words: ByLanguage) -> tuple[str, ...]:
    return tuple(word for group in words.values() for word in group)


@cache
def service_words() -> ServiceWords:
    """Return the words that ship with the package.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return ServiceWords(
        facts=FactWords.model_validate(load_yaml("facts.yml")),
        identify=IdentifyWords.model_validate(load_yaml("identify.yml")),
        life_events=LifeEvents.model_validate(load_yaml("life_events.yml")),
        cofog=Cofog.model_validate(load_yaml("cofog.yml")),
    )
