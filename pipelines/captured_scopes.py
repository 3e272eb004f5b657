"""The scopes that there are captures of: what understanding and rebuilding go through."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from crawlers.captures_io import CAPTURES_FILE
from crawlers.errors import UnknownSiteError
from crawlers.sites import load_registry
from pipelines.archive_scopes import registry_for_archive
from pipelines.months import checked_round
from pipelines.operating.failures import NothingThereError
from pipelines.rounds.order import in_order
from pipelines.scope import Scope

_NEARBY = 3  # sites named where one is asked for that is not there


def scopes_in(
    country: str | None, registry_file: Path | None, data: Path, round_id: str | None = None
) -> list[Scope]:
    """Return a scope for each round and country that `data` has captures of, or those that are named.

    Each round comes after those that it knows services of.

    Raises:
        NothingThereError: there are no such captures. Else as `scope_of`.
    """
    named = load_registry(registry_file) if registry_file else None
    scopes = [
        Scope(
            registry=named if named and named.country.id == country_id else registry_for_archive(country_id),
            registry_file=registry_file.resolve() if registry_file else None,
            data=data.resolve(),
            round_id=found_round,
        )
        for found_round, country_id in _captured(data, checked_round(round_id) if round_id else "*")
        if country in (None, country_id)
    ]
    if not scopes:
        raise _nothing(country, data, round_id)
    return scopes


def refuse_unknown_sites(scopes: Sequence[Scope], site_ids: Sequence[str]) -> None:
    """Refuse sites that neither the registries of `scopes` have, nor their captures, as those of an import.

    Raises:
        UnknownSiteError: names the first, and the nearest ids.
    """
    known = {site.id for scope in scopes for site in scope.registry.sites} | {
        folder.parent.name
        for scope in scopes
        for folder in scope.data.glob(f"captures/{scope.round_id}/{scope.country_id}-*/{CAPTURES_FILE}")
    }
    for site_id in site_ids:
        if site_id not in known:
            nearest = ", ".join(get_close_matches(site_id, sorted(known), n=_NEARBY, cutoff=0))
            raise UnknownSiteError(f"--site {site_id}: no captures are of such a site; nearest: {nearest}")


def _captured(data: Path, rounds: str) -> Sequence[tuple[str, str]]:
    """Return the rounds and countries that were captured, each after those that it knows services of."""
    folders = [path.parent for path in data.glob(f"captures/{rounds}/*/{CAPTURES_FILE}")]
    found = {(folder.parent.name, folder.name.split("-", 1)[0]) for folder in folders}
    places = {
        (round_id, country_id): place
        for country_id in {country_id for _, country_id in found}
        for place, round_id in enumerate(in_order(data, country_id))
    }
    return sorted(found, key=lambda one: (places[one], one))


def _nothing(country: str | None, data: Path, round_id: str | None) -> NothingThereError:
    said = ["no captures", country and f"of {country}", round_id and f"of round {round_id}"]
    asked = " ".join(filter(None, said))
    return NothingThereError(f"{data / 'captures'}: {asked}; `baskych crawl` or `baskych import` makes them")
