"""What the operator's desk says, in one of three languages, and its numbers: `desk.yml`."""

import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import PositiveFloat, PositiveInt, model_validator

from crawlers.errors import RegistryError
from crawlers.strict_yaml import load_model
from pipelines.judging.expertise import Wording
from pipelines.strict import Strict

Language = Literal["ky", "ru", "en"]
LANGUAGES: tuple[Language, ...] = ("ky", "ru", "en")
FRESHNESS = "fresh"  # how the names of the checks of a site's freshness begin
_FILE = Path(__file__).with_name("desk.yml")


class Patience(Strict):
    """For how many months a site may be silent before it is stale."""

    least_months: PositiveInt
    most_months: PositiveInt


class Keeping(Strict):
    """For how many months Dagster's runs are kept."""

    months: PositiveInt
    failed_months: PositiveInt


class Sending(Strict):
    """How a digest is sent."""

    seconds: PositiveFloat


class Desk(Strict):
    """Everything in `desk.yml`."""

    patience: Patience
    shown: PositiveInt
    sending: Sending
    keep: Keeping
    freshness: Mapping[str, Wording]
    to_do: Mapping[str, Wording]
    digest: Mapping[str, Wording]
    faults: Mapping[str, Wording]

    @model_validator(mode="after")
    def _says_the_same_in_all_languages(self) -> Self:
        for group in (self.freshness, self.to_do, self.digest, self.faults):
            for name, wording in group.items():
                if len({_places(getattr(wording, language)) for language in LANGUAGES}) > 1:
                    raise ValueError(f"{name}: expected the same braces in all languages")
        return self


@cache
def desk() -> Desk:
    """Return the words and numbers that ship with the package.

    Raises:
        RegistryError: a key is unknown, missing, or not what it should be.
    """
    return load_model(_FILE, Desk, RegistryError)


def say(wording: Wording, language: Language, **values: object) -> str:
    """Return `wording` in `language`, with `values` in its places."""
    return str(getattr(wording, language)).format(**values)


def _places(text: str) -> frozenset[str | None]:
    return frozenset(place for _, place, _, _ in string.Formatter().parse(text) if place)
