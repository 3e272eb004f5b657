"""What the judging of labelled pages must reach, from `knowledge/bars.yml`."""

from collections.abc import Mapping
from functools import cache

from pydantic import Field, model_validator

from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict


class Bar(Strict):
    """What one measure must reach: a least or a most."""

    at_least: float | None = None
    at_most: float | None = None
    from_support: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _has_one_limit(self) -> "Bar":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("expected at_least or at_most, and not both")
        return self

    @property
    def limit(self) -> float:
        """The value that decides."""
        return self.at_least if self.at_least is not None else self.at_most or 0.0

    def is_met(self, value: float) -> bool:
        """Return whether `value` reaches the bar."""
        return value >= self.limit if self.at_least is not None else value <= self.limit


class Bars(Strict):
    """All of `knowledge/bars.yml`: bars by measure, of all pages and of one indicator; a person's figures.

    `cyrillic_languages`: those whose pages are reported apart.
    """

    all: Mapping[str, Bar]
    indicator: Mapping[str, Bar]
    second_reader: Mapping[str, float]
    cyrillic_languages: frozenset[str]


@cache
def bars() -> Bars:
    """Return what the figures must reach.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return Bars.model_validate(load_yaml("bars.yml"))


def bar_for(measure: str, scope: str, support: int) -> Bar | None:
    """Return the bar of `measure` in `scope`; None where there is none, or too few pages to ask for it."""
    known = {"all": bars().all, "indicator": bars().indicator}.get(scope, {})
    bar = known.get(measure)
    return bar if bar and support >= bar.from_support else None
