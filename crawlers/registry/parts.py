"""The parts of a registry beside its sites: the country, its institutions, how to crawl, what to expect."""

from enum import StrEnum, unique
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from crawlers.registry.fields import (
    Code,
    Contact,
    Count,
    CountryId,
    HourOfDay,
    Id,
    Names,
    Seconds,
    Strict,
    TimeZone,
    Words,
)

_MOST_TILES = 99  # of a map, each way


class Country(Strict):
    """The country of a registry."""

    id: CountryId
    iso3: Code | None = None
    name: Names
    time_zone: TimeZone
    currency: Code
    languages: Annotated[tuple[str, ...], Field(min_length=1)]


class Hours(Strict):
    """From which hour to which a site may be visited, on its own clock: `{from: "22:00", to: "06:00"}`."""

    model_config = ConfigDict(serialize_by_alias=True)  # so that a job in JSON reads as a registry does

    opens: Annotated[HourOfDay, Field(alias="from")]
    closes: Annotated[HourOfDay, Field(alias="to")]

    @model_validator(mode="after")
    def _is_a_while(self) -> Self:
        if self.opens == self.closes:
            raise ValueError(
                "from and to are the same; expected two hours, or no visiting_hours for the whole day"
            )
        return self


@unique
class Rendering(StrEnum):
    """Whether pages may be rendered in a browser: the registry says so, and not what a machine has."""

    NEVER = "never"
    AUTO = "auto"  # where a page is thin, and rendering the site's first thin pages gave text


class CrawlerDefaults(Strict):
    """How to crawl, where a site says nothing else."""

    contact: Contact
    delay_seconds: Seconds = 5.0
    max_pages: Annotated[int, Field(ge=1)] = 500
    visiting_hours: Hours | None = None  # None: at any time
    render: Rendering = Rendering.NEVER
    looks_around: bool = True  # whether sitemaps, and one page that cannot exist, are asked for too
    # A site under way holds three to four files open and 0.1 MB: 200 stay below the usual 1,024 files. The
    # default leaves room on a line of 10 Mbit/s, and on a data centre that many ministries share.
    concurrent_sites: Annotated[int, Field(ge=1, le=200)] = 32


class SampleSize(Strict):
    """Size of the sample republic that a crawl serves to itself."""

    seed: int
    sites: Annotated[int, Field(ge=1)]
    pages: Count = 0


class Tile(Strict):
    """Where a region stands on a map of equal squares: neighbours on the ground stay neighbours."""

    column: Annotated[int, Field(ge=0, le=_MOST_TILES)]  # from the west
    row: Annotated[int, Field(ge=0, le=_MOST_TILES)]  # from the north


class Region(Strict):
    """A first-level part of the country; its id is its ISO 3166-2 code in lower case, where it has one."""

    id: Id
    name: Names
    tile: Tile
    source: Words


class Institution(Strict):
    """A public body."""

    id: Id
    kind: Id
    name: Names
    region: Id | None = None  # None: of the whole country
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
