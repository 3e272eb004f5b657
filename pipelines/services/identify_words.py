"""The words by which one service's pages, names and addresses are known: `knowledge/identify.yml`."""

import re
from functools import cached_property

from pipelines.judging.phrases import Phrases, fold, words_of
from pipelines.services.stems import StemRules
from pipelines.services.word_lists import ByLanguage, all_words
from pipelines.strict import Strict


class Roles(Strict):
    """Page kinds by what they can be to a service."""

    description: frozenset[str]
    step: frozenset[str]
    list: frozenset[str]
    perhaps: frozenset[str]
    sure: float
    facts: int
    full: int


class LanguageMarks(Strict):
    """How a language is called in addresses (`codes`) and in language switches (`names`)."""

    codes: tuple[str, ...]
    names: tuple[str, ...]


class NameWords(Strict):
    """What names are cleaned of and compared without."""

    prefixes: ByLanguage
    sections: ByLanguage
    weak: ByLanguage
    never: ByLanguage
    file_remark: re.Pattern[str]
    longest_characters: int
    shared_by_pages: int
    same_from: float
    steps: ByLanguage
    step_number: re.Pattern[str]
    doing: ByLanguage
    words_changed: int
    stems: StemRules

    def __hash__(self) -> int:
        """There is one object of words: it stands for itself in caches."""
        return id(self)

    @cached_property
    def step_phrases(self) -> Phrases:
        """What a step of a form begins with."""
        return Phrases.of({"step": all_words(self.steps)})

    @cached_property
    def doing_words(self) -> frozenset[str]:
        """What a service's name begins with."""
        return frozenset(map(fold, all_words(self.doing)))

    @cached_property
    def folded_prefixes(self) -> tuple[str, ...]:
        """All prefixes, the longest first."""
        return tuple(sorted(map(fold, all_words(self.prefixes)), key=lambda prefix: (-len(prefix), prefix)))

    @cached_property
    def folded_sections(self) -> frozenset[str]:
        """All names of parts of sites."""
        return frozenset(map(fold, all_words(self.sections)))

    @cached_property
    def weak_words(self) -> frozenset[str]:
        """All words that do not tell services apart."""
        return frozenset(map(fold, all_words(self.weak)))

    @cached_property
    def never_phrases(self) -> Phrases:
        """Beginnings that no service's name has."""
        return Phrases.of({"never": all_words(self.never)})


class BodyWords(Strict):
    """How public bodies are called."""

    anywhere: ByLanguage
    last: ByLanguage
    not_after: ByLanguage
    longest_words: int

    @cached_property
    def phrases(self) -> Phrases:
        """Word for a public body -> where it must stand."""
        return Phrases.of({"anywhere": all_words(self.anywhere), "last": all_words(self.last)})

    @cached_property
    def before_words(self) -> frozenset[str]:
        """Words after which a body is only mentioned."""
        return frozenset(map(fold, all_words(self.not_after)))

    def is_named(self, text: str) -> bool:
        """Whether `text` is the name of a public body: "Ministry of Justice", "Passport Agency"."""
        tokens = [word for word in words_of(fold(text)) if word.text[0].isalnum()]
        if len(tokens) > self.longest_words:
            return False
        for match in self.phrases.find(tokens):
            is_mentioned = any(word.text in self.before_words for word in tokens[: match.first])
            if not is_mentioned and (match.meaning == "anywhere" or match.last == len(tokens)):
                return True
        return False


class EntryRules(Strict):
    """When an item of a list is a service."""

    telling: frozenset[str]
    shortest_characters: int
    services_share: float


class ContentRules(Strict):
    """By which facts a service is known again whose address and name are new, and how alike they must be."""

    facts: frozenset[str]
    alike: float
    fewest: int


class IdentifyWords(Strict):
    """Everything in `identify.yml`; each key is explained there."""

    roles: Roles
    form_purposes: frozenset[str]
    own_links: ByLanguage
    languages: dict[str, LanguageMarks]
    language_parameters: frozenset[str]
    noise_parameters: frozenset[str]
    index_names: frozenset[str]
    names: NameWords
    bodies: BodyWords
    entries: EntryRules
    content: ContentRules

    @cached_property
    def own_link_phrases(self) -> Phrases:
        """Texts of links that lead to a service's own steps."""
        return Phrases.of({"own": all_words(self.own_links)})

    @cached_property
    def language_of_code(self) -> dict[str, str]:
        """Code in an address -> language."""
        return {code: language for language, marks in self.languages.items() for code in marks.codes}

    @cached_property
    def language_of_name(self) -> dict[str, str]:
        """Text of a language switch's link -> language."""
        return {fold(name): language for language, marks in self.languages.items() for name in marks.names}
