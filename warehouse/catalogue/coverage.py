"""Tell what a release covers: which countries, and from which round on."""

from dataclasses import dataclass

import duckdb

from warehouse.catalogue.vocabulary import vocabulary

_COVERED = """
select iso3, countries.country_id, min(round_id)
from out_country_rounds as rounds
inner join out_countries as countries using (country_id)
group by all
order by all
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The places and the time that a release is about."""

    places: tuple[str, ...] = ()  # countries, as the EU's authority table names them
    first_round: str | None = None  # YYYY-MM; None: there is no round


def coverage_of(connection: duckdb.DuckDBPyConnection) -> Coverage:
    """Return what the `out_*` tables behind `connection` cover."""
    found = connection.execute(_COVERED).fetchall()
    return Coverage(
        places=tuple(place_of(iso3, country_id) for iso3, country_id, _ in found),
        first_round=min((first for *_, first in found), default=None),
    )


def place_of(iso3: str | None, country_id: str) -> str:
    """Return a country's address in the EU's authority table."""
    return f"{vocabulary()['country']}{iso3 or country_id.upper()}"
