"""What a command works on: a country's sites, a data folder and a round.

Everything that a person may get wrong here is checked before any work begins: the registry, the sites' ids
and the round's form.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crawlers.sites import Registry, load_registry
from pipelines.months import checked_round, this_round
from pipelines.operating.failures import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A round of a country, in a data folder: all live sites of the registry, or some of them."""

    registry: Registry
    registry_file: Path | None  # a file of the user's own; None: the shipped registry
    data: Path  # absolute
    round_id: str  # YYYY-MM
    site_ids: tuple[str, ...] = ()  # none: all
    max_pages: int | None = None  # a site; None: as the registry says

    @property
    def country_id(self) -> str:
        """The country's id."""
        return self.registry.country.id

    @property
    def asked_sites(self) -> tuple[str, ...]:
        """The ids of the sites to look at, in the registry's order."""
        live = tuple(site.id for site in self.registry.live_sites)
        return tuple(site_id for site_id in live if site_id in self.site_ids) if self.site_ids else live

    def at(self, round_id: str, site_ids: Sequence[str] | None = None) -> "Scope":
        """Return the same scope for another round, and for other sites where they are given."""
        return replace(
            self, round_id=round_id, site_ids=self.site_ids if site_ids is None else tuple(site_ids)
        )


def scope_of(
    country: str | None, registry_file: Path | None, data: Path, round_id: str | None = None
) -> Scope:
    """Return the scope that the options name; the round is this month, in the country's time zone, if none.

    Raises:
        UsageError: the round is not a month, or the country is not the registry's.
        RegistryError: the registry cannot be used; UnknownCountryError: there is none for this country.
    """
    registry = load_registry(registry_file or country or "sample")
    if registry_file and country and country != registry.country.id:
        raise UsageError(
            f"--country {country}: {registry_file} is the registry of {registry.country.id!r};"
            " leave --country out, or give the registry of that country"
        )
    return Scope(
        registry=registry,
        registry_file=registry_file.resolve() if registry_file else None,
        data=data.resolve(),
        round_id=checked_round(round_id) if round_id else this_round(registry.country.time_zone),
    )


def with_sites(scope: Scope, site_ids: Sequence[str], max_pages: int | None) -> Scope:
    """Return `scope` for these sites only, each of at most `max_pages` pages.

    Raises:
        UnknownSiteError: the registry has no such site.
    """
    for site_id in site_ids:
        scope.registry.site(site_id)
    return replace(scope, site_ids=tuple(sorted(set(site_ids))), max_pages=max_pages)
