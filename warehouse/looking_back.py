"""What the warehouse tells an operator after a run: how each site answered, and what changed."""

from dataclasses import dataclass

import duckdb

_SITES = """
select coverage.site_id, coverage.round_id, coverage.status, coverage.main_outcome
from out_coverage as coverage
where coverage.country_id = $country_id and coverage.state = 'live'
order by coverage.site_id, coverage.round_id
"""
_CHANGES = """
select distinct change, service_id, name
from out_changes
where country_id = $country_id and round_id = $round_id
order by change, name, service_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRound:
    """How a live site answered in one round of its country."""

    round_id: str
    status: str  # seen | partly_seen | not_seen | not_tried
    main_outcome: str | None  # what kept us from looking, where something did

    @property
    def is_seen(self) -> bool:
        """Whether any of its pages let us look."""
        return self.status in {"seen", "partly_seen"}

    @property
    def is_asked(self) -> bool:
        """Whether it was asked at all."""
        return self.status != "not_tried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that a round found changed of a service."""

    change: str
    service_id: str
    name: str


def rounds_of_sites(
    connection: duckdb.DuckDBPyConnection, country_id: str
) -> dict[str, tuple[SiteRound, ...]]:
    """Return the rounds of each live site of a country, the oldest first; sites without any are left out."""
    found: dict[str, list[SiteRound]] = {}
    rows = connection.execute(_SITES, {"country_id": country_id}).fetchall()
    for site_id, round_id, status, outcome in rows:
        found.setdefault(site_id, []).append(
            SiteRound(round_id=round_id, status=status, main_outcome=outcome)
        )
    return {site_id: tuple(rounds) for site_id, rounds in found.items()}


def changes(connection: duckdb.DuckDBPyConnection, country_id: str, round_id: str) -> tuple[Change, ...]:
    """Return what changed in a round, each change of a service once."""
    rows = connection.execute(_CHANGES, {"country_id": country_id, "round_id": round_id}).fetchall()
    return tuple(Change(change=change, service_id=service, name=name) for change, service, name in rows)
