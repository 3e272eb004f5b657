"""The parts of a registry beside its sites: the country, its institutions, how to crawl, what to expect."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from crawlers.registry.fields import Code, Contact, Count, CountryId, Id, Names, Seconds, Strict, Words


class Country(Strict):
    """The country of a registry."""

    id: CountryId
    iso3: Code | None = None
    name: Names
    time_zone: str
    currency: Code
    languages: Annotated[tuple[str, ...], Field(min_length=1)]


class CrawlerDefaults(Strict):
    """How to crawl, where a site says nothing else."""

    contact: Contact
    delay_seconds: Seconds = 5.0
    max_pages: Annotated[int, Field(ge=1)] = 500
    # A site under way holds three to four files open and 0.1 MB: 200 stay below the usual 1,024 files. The
    # default leaves room on a line of 10 Mbit/s, and on a data centre that many ministries share.
    concurrent_sites: Annotated[int, Field(ge=1, le=200)] = 32


class SampleSize(Strict):
    """Size of the sample republic that a crawl serves to itself."""

    seed: int
    sites: Annotated[int, Field(ge=1)]
    pages: Count = 0


class Institution(Strict):
    """A public body."""

    id: Id
    kind: Id
    name: Names
    region: str | None = None
    source: Words


class Range(Strict):
    """From how many to how many are expected; outside it, somebody should look."""

    min: Count = 0
    max: Count

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError(f"min is {self.min} and max is {self.max}; expected min <= max")
        return self


class Expectation(Strict):
    """How much a site is expected to give."""

    pages: Range = Range(min=1, max=100_000)
    services: Range = Range(min=0, max=100_000)
