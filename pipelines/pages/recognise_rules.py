"""The rules by which walls, shells and errors are told from pages, from `knowledge/recognise.yml`."""

import re
import sys
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Literal, Self

from pydantic import field_validator, model_validator

from crawlers.outcomes import Outcome
from pipelines.late_pattern import LatePattern
from pipelines.pages.html_rules import load_yaml
from pipelines.prefilter import Prefilter
from pipelines.strict import Strict

_NEVER = LatePattern(r"(?!)")


class Signature(Strict):
    """A mark that tells what an answer really is."""

    outcome: Outcome
    name: str
    where: Literal["html", "title", "text", "own"]
    marks: tuple[str, ...] = ()
    pattern: LatePattern = _NEVER
    also: LatePattern | None = None
    also_distinct: int = 1
    unless: LatePattern = _NEVER
    max_words: int = sys.maxsize
    max_own: int = sys.maxsize
    max_fields: int | None = None
    distinct: int = 1
    near_start: int = 0
    unless_forms: frozenset[str] = frozenset()

    @model_validator(mode="after")
    def _has_what_it_looks_for(self) -> Self:
        if (self.where == "html") != bool(self.marks) or (self.where != "html") == (self.pattern == _NEVER):
            raise ValueError(f"{self.name}: expected `marks` where html is looked at, else a `pattern`")
        if min(self.max_words, self.max_own) == sys.maxsize:
            raise ValueError(f"{self.name}: expected `max_words` or `max_own`")
        return self

    @field_validator("pattern", "also", "unless", mode="before")
    @classmethod
    def _ignores_case(cls, pattern: str | list[str]) -> LatePattern:
        alternatives = [pattern] if isinstance(pattern, str) else pattern
        return LatePattern("|".join(alternatives), re.IGNORECASE | re.UNICODE)


class Shell(Strict):
    """What a page is like that scripts must fill first."""

    max_words: int
    mounts: re.Pattern[str]
    asks: re.Pattern[str]
    scripts: int
    links: int


class Login(Strict):
    """What a page is like that asks who one is."""

    max_words: int
    max_other_fields: int


class RecogniseRules(Strict):
    """Everything in `knowledge/recognise.yml`; each field is explained there."""

    rules: tuple[Signature, ...]
    shell: Shell
    login: Login
    captcha_field: re.Pattern[str]
    broken_share: float

    def possible(self, words: str) -> Iterator[Signature]:
        """Yield the rules that may hold of a page, in their order, by one pass over all that it says."""
        numbers = self._prefilter.possible(words)
        return (rule for number, rule in enumerate(self.rules) if rule.marks or number in numbers)

    @cached_property
    def _prefilter(self) -> Prefilter:
        return Prefilter([rule.pattern for rule in self.rules])


@cache
def recognise_rules() -> RecogniseRules:
    """Return the rules of `knowledge/recognise.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return RecogniseRules.model_validate(load_yaml("recognise.yml"))
