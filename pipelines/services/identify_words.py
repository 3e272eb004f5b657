"""The words by which one service's pages, names and addresses are known: `knowledge/identify.yml`."""

import re
from functools import cached_property

from pipelines.judging.phrases import Phrases, fold
from pipelines.services.word_lists import ByLanguage, Strict, all_words


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


class EntryRules(Strict):
    """When an item of a list is a service."""

    telling: frozenset[str]
    shortest_characters: int
    services_share: float


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
    entries: EntryRules

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
