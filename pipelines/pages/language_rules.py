"""What languages are told by, from `knowledge/languages.yml`, checked and made ready once."""

import re
from functools import cache, cached_property

from pydantic import Field

from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict

_CODE = re.compile(r"([a-z]{2,3})(?:[-_]\w+)*")


class OwnLetters(Strict):
    """Letters that tell a language among its neighbours."""

    language: str
    letters: str
    absent: str


class Never(Strict):
    """Letters of which a language has at most a share."""

    letters: str
    share: float

    def are_in(self, letters: str) -> bool:
        """Whether a text has more of them than that share."""
        return sum(map(letters.count, self.letters)) > self.share * len(letters)


class HardSign(Never):
    """Letters that speak against some languages."""

    languages: frozenset[str] = Field(alias="not")


class NamesDecide(Strict):
    """When a page's title and headings tell its language."""

    letters: int
    share: float
    content: float


class LanguageRules(Strict):
    """Everything in `knowledge/languages.yml`; each field is explained there."""

    names: dict[str, tuple[str, ...]] = Field(alias="switch_names")
    code_aliases: dict[str, str]
    chunk_size: int
    most_characters: int
    short_text: int
    short_cyrillic: frozenset[str]
    least_letters: int
    own_letter_share: float
    main_weight: float
    name_weight: float
    declared_share: float
    address_share: float
    declared_when_short: int
    near_each_other: tuple[frozenset[str], ...]
    never: dict[str, Never]
    hard_sign: HardSign
    names_decide: NamesDecide
    need_own_letters: frozenset[str]
    template_code: re.Pattern[str]
    own_letters: tuple[OwnLetters, ...]
    letters_shared_with: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]

    @cached_property
    def switch_names(self) -> dict[str, str]:
        """Language by the words of a language switch."""
        return {name: language for language, names in self.names.items() for name in names}

    def are_near(self, one: str, other: str) -> bool:
        """Say whether two languages are confused with each other."""
        return any(one in group and other in group for group in self.near_each_other)

    def language_code(self, declared: str) -> str | None:
        """Return the ISO 639-1 code that a `lang` or `hreflang` means, None when it means none."""
        match = _CODE.fullmatch(declared.strip().lower())
        code = self.code_aliases.get(match.group(1), match.group(1)) if match else ""
        return code if len(code) == 2 else None  # noqa: PLR2004 - ISO 639-1 codes have two letters


@cache
def language_rules() -> LanguageRules:
    """Return the rules of `knowledge/languages.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return LanguageRules.model_validate(load_yaml("languages.yml"))
