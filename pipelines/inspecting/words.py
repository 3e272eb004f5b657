"""What `inspect` says around the words of a page, in one of three languages: `knowledge/inspecting.yml`."""

from collections.abc import Mapping
from functools import cache
from typing import Self

from babel import Locale
from babel.numbers import format_decimal, format_percent
from pydantic import model_validator

from pipelines.judging.expertise import Wording
from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict

LANGUAGES = ("ky", "ru", "en")


class InspectWords(Strict):
    """Everything in `inspecting.yml`."""

    say: Mapping[str, Wording]
    regions: Mapping[str, Wording]
    attributes: Mapping[str, Wording]
    facts: Mapping[str, Wording]
    days: Mapping[str, Mapping[str, str]]  # language -> form of the plural -> words
    longest_quote: int

    @model_validator(mode="after")
    def _has_all_languages(self) -> Self:
        if set(self.days) != set(LANGUAGES):
            raise ValueError(f"days: {', '.join(self.days)}; expected {', '.join(LANGUAGES)}")
        return self


@cache
def inspect_words() -> InspectWords:
    """Return the words that ship with the package.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return InspectWords.model_validate(load_yaml("inspecting.yml"))


class Voice:
    """One language of the explanation."""

    def __init__(self, language: str) -> None:
        """Speak `language`: ky, ru or en."""
        self.language = language
        self.words = inspect_words()
        self._locale = Locale.parse(language)

    def own(self, wording: Wording | Mapping[str, str]) -> str:
        """Return what is worded in three languages in this one."""
        if isinstance(wording, Wording):
            return str(getattr(wording, self.language))
        return wording[self.language]

    def say(self, what: str, **values: object) -> str:
        """Return one of the sentences, with `values` in its places."""
        return self.own(self.words.say[what]).format(**values)

    def name_of(self, section: Mapping[str, Wording], code: str) -> str:
        """Return what a code of a section is called, the code itself where nobody has worded it yet."""
        return self.own(section[code]) if code in section else code

    def language_name(self, code: str) -> str:
        """Return what a language is called, its code where CLDR has no name for it."""
        return str(self._locale.languages.get(code, code))

    def share(self, value: float) -> str:
        """Return a share from 0 to 1 in percent."""
        return format_percent(value, locale=self._locale)

    def days(self, value: str) -> str:
        """Return a number of days in words."""
        count = float(value)
        forms = self.words.days[self.language]
        form = self._locale.plural_form(count if count % 1 else int(count))
        return forms.get(form, forms["other"]).format(count=format_decimal(count, locale=self._locale))

    def shortened(self, quote: str) -> str:
        """Return a quote in one line, cut where a terminal would drown in it."""
        line, longest = " ".join(quote.split()), self.words.longest_quote
        return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]}…"
