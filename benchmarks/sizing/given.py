"""What sizes are reckoned from: `capacity.yml`, with the measured values and the assumptions of each kind."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, Field

from crawlers.registry.fields import Strict

FILE = Path(__file__).parents[1] / "capacity.yml"
Share = Annotated[float, Field(ge=0, le=1)]


def _rising(span: tuple[float, float]) -> tuple[float, float]:
    if span[0] > span[1]:
        raise ValueError(f"{list(span)}: expected the lower value first")
    return span


Span = Annotated[tuple[float, float], AfterValidator(_rising)]  # between which the truth is assumed


class Measured(Strict):
    """A value that a command printed."""

    value: Annotated[float, Field(ge=0)]
    unit: str
    of: str  # what it is, in words
    command: str
    date: str


class Scale(Strict):
    """How many sites are harvested, and by how much machinery."""

    name: str
    countries: int
    sites: int
    pages: int
    hosts_at_once: int  # of all crawling processes together: 200 each at most


class Sites(Strict):
    """What sites are like."""

    pages_sigma: float  # of the logarithm of a site's pages
    delay_seconds: Mapping[float, Share]  # pause -> share of the hosts that are asked with it
    answer_seconds: float  # the median host's
    answer_sigma: float  # of its logarithm, from host to host
    slow_share: Share  # hosts that answer so many times as slowly
    slow_times: float
    dead_share: Share  # hosts that do not answer at all
    night_share: Share  # hosts that are visited at night only
    night_hours: float


class Prices(Strict):
    """Assumed, in US dollars; no provider's."""

    core_hour: Span
    gigabyte_month: Span
    gigabyte_fetched: Span


class Given(Strict):
    """The whole of `capacity.yml`."""

    machine: str
    measured: Mapping[str, Measured]
    scales: tuple[Scale, ...]
    sites: Sites
    services_of_100_pages: Span
    rounds_a_year: int
    prices: Prices
    prices_assumed_on: str
    seeds: tuple[int, ...]

    def __getitem__(self, name: str) -> float:
        """Return a measured value by its name."""
        return self.measured[name].value


def given(file: Path = FILE) -> Given:
    """Return what `capacity.yml`, or another such file, says.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return Given.model_validate(yaml.safe_load(file.read_text("utf-8")))
