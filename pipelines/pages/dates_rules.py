"""How dates are written and what is said of them, from `knowledge/dates.yml`, with CLDR's names of months."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale
from pydantic import field_validator

from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict

_DAY, _NUMBER = r"(?P<day>0?[1-9]|[12]\d|3[01])", r"(?P<number>0?[1-9]|1[0-2])"
_YEAR, _NAME = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>[^\W\d_]{3,16})"  # any word: most are no months
_NOTHING_BEFORE, _NOTHING_AFTER = r"(?<![\d.,/])(?<!\d[-–])", r"(?![\d]|[./-]\d)"
_LONG_ENOUGH, _SHORTEST = 4, 3  # letters: a shorter name of a month is whole; no name is shorter


class Role(Strict):
    """What words before or after a date say of it."""

    before: re.Pattern[str]
    after: re.Pattern[str]

    @field_validator("before", "after", mode="before")
    @classmethod
    def _as_words(cls, pattern: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


class DateRules(Strict):
    """Everything in `knowledge/dates.yml`; each field is explained there."""

    languages: tuple[str, ...]
    longest_ending: int
    last_letters: str
    forms: tuple[str, ...]
    unsure_order: frozenset[str]
    around: int
    most: int
    near: int
    roles: Mapping[str, Role]
    machine: Mapping[str, tuple[str, ...]]


@cache
def date_rules() -> DateRules:
    """Return the rules of `knowledge/dates.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return DateRules.model_validate(load_yaml("dates.yml"))


@cache
def forms() -> tuple[re.Pattern[str], ...]:
    """Return the ways to write a date as patterns with the groups year, day, and month or number."""
    parts = {"day": _DAY, "number": _NUMBER, "year": _YEAR, "month": _NAME}
    patterns = []
    for form in date_rules().forms:
        text = re.sub(r"\{(day|number|year|month)\}", lambda found: parts[found.group(1)], form)
        text = text.replace("{{", "{").replace("}}", "}")
        patterns.append(re.compile(_NOTHING_BEFORE + text + _NOTHING_AFTER, re.IGNORECASE))
    return tuple(patterns)


@cache
def months() -> Mapping[str, int]:
    """Return the month of each name, in lower case and without a full stop; Cyrillic names without ending."""
    found: dict[str, int] = {}
    for language in date_rules().languages:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in Locale.parse(language).months[context][width].items():
                    found.setdefault(_stem(name.lower().rstrip(".")), month)
    return {name: month for name, month in found.items() if name.isalpha()}


@lru_cache(maxsize=4096)
def month_of(name: str) -> int | None:
    """Return the number of a month by its name, in Cyrillic with whatever ending; None for a name of none."""
    lowered, known = name.lower(), months()
    shortest = (
        max(_SHORTEST, len(lowered) - date_rules().longest_ending) if _is_cyrillic(name) else len(lowered)
    )
    return next(
        (known[lowered[:end]] for end in range(len(lowered), shortest - 1, -1) if lowered[:end] in known),
        None,
    )


def _stem(name: str) -> str:
    is_long = len(name) >= _LONG_ENOUGH and not name.isascii()
    return name.rstrip(date_rules().last_letters) if is_long else name


def _is_cyrillic(name: str) -> bool:
    return "Ѐ" <= name[:1] <= "ӿ"
