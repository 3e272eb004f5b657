"""What is known of encodings, from `knowledge/encodings.yml`."""

import re
from functools import cache

from pydantic import field_validator

from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict


class Plausibility(Strict):
    """What a text that was read rightly looks like, and what each sign of a wrong reading costs."""

    pairs: frozenset[str]
    latin_pairs: frozenset[str]
    latin_letters: frozenset[str]
    inside_words: frozenset[str]
    common: float
    uncommon: float
    mixed: float
    capital_inside: float
    sign_inside: float
    unreadable: float
    other_script: float

    @field_validator("pairs", "latin_pairs", mode="before")
    @classmethod
    def _apart(cls, pairs: str) -> list[str]:
        return pairs.split()

    @field_validator("latin_letters", "inside_words", mode="before")
    @classmethod
    def _letters(cls, letters: str) -> list[str]:
        return list(letters)


class Twice(Strict):
    """How text that was encoded twice is known: by the encoding in between."""

    over: str
    lead: int
    lead_share: float
    marks: tuple[str, ...]
    least: int
    share: float


class EncodingRules(Strict):
    """Everything in `knowledge/encodings.yml`; each field is explained there."""

    labels: dict[str, str]
    faults_share: float
    utf8_proof: int
    wide_share: float
    wide_bytes: int
    wide_rows: frozenset[int]
    candidates: tuple[str, ...]
    meta_bytes: int
    sample_words: int
    sample_bytes: int
    label_margin: float
    least_plausible: float
    plausibility: Plausibility
    twice: tuple[Twice, ...]
    letters_in_between: re.Pattern[str]


@cache
def encoding_rules() -> EncodingRules:
    """Return the rules of `knowledge/encodings.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return EncodingRules.model_validate(load_yaml("encodings.yml"))
