"""Ask the warehouse which sites of a country fell silent, as of today."""

from collections.abc import Sequence

from pipelines.desk import questions
from pipelines.desk.rhythm import Freshness, freshness_of
from pipelines.months import this_round
from pipelines.scope import Scope


def look(scope: Scope) -> Sequence[Freshness]:
    """Return how fresh what is published of each live site is today, in the registry's order."""
    rounds = questions.rounds_of_sites(scope.data, scope.country_id)
    month = this_round(scope.registry.country.time_zone)
    return [freshness_of(site.id, rounds.get(site.id, ()), month) for site in scope.registry.live_sites]
