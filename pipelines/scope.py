"""What a command works on: a country's sites, a data folder and a round.

Everything that a person may get wrong here is checked before any work begins: the registry, the sites'
ids, the round's form and the right to write.
"""

import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawlers.captures_io import CAPTURES_FILE
from crawlers.network.addresses import parse_address
from crawlers.sites import Country, Registry, known_countries, load_registry
from pipelines.months import checked_round, is_past, rounds_between, this_round
from pipelines.operating.failures import OF_THE_DISK, NothingThereError, NotWritableError, UsageError
from pipelines.rounds.order import in_order

NO_COUNTRY = "zz"
_KEPT_IN_DATA = ("captures", "core", "publish")
_CODE = re.compile(r"[a-z]{2}")


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


def archive_scopes(
    country: str | None, registry_file: Path | None, data: Path, rounds: str | None, every: int = 12
) -> list[Scope]:
    """Return a scope for each round of an import: no registry is needed, and no country is `zz`; a round is.

    `rounds` is a month, or two months with `..` between them; `every` says how many months lie from one round
    to the next. The newest round comes first: it is the one whose services' names are best known.

    Raises:
        UsageError: no round was named. Else as `scope_of` and `months.rounds_between`.
    """
    if rounds is None:
        raise UsageError("--round is missing: the month that the archive's pages are of, for example 2026-10")
    first, *others = sorted(rounds_between(rounds, every), reverse=True)
    scope = _archive_scope(country, registry_file, data, first)
    return [scope, *(scope.at(round_id) for round_id in others)]


def _archive_scope(country: str | None, registry_file: Path | None, data: Path, round_id: str) -> Scope:
    if registry_file:
        return scope_of(country, registry_file, data, round_id)
    return Scope(
        registry=registry_for_archive(country or NO_COUNTRY),
        registry_file=None,
        data=data.resolve(),
        round_id=round_id,
    )


def refuse_the_past(scope: Scope, now: datetime | None = None) -> None:
    """Say so if today's web would be filed under a month that is over.

    Sites that the registry names as private addresses are somebody's own machine, such as the sample
    republic: they may be of whatever month they play.

    Raises:
        UsageError: names the round, and what to do instead.
    """
    if is_past(scope.round_id, scope.registry.country.time_zone, now) and not _is_played(scope):
        raise UsageError(
            f"--round {scope.round_id}: that month is over, and the web is of today; expected"
            f" {this_round(scope.registry.country.time_zone, now)} or the month before it."
            f" `baskych import CDX-URL --country {scope.country_id} --round {scope.round_id}` takes"
            " that month from a web archive"
        )


def _is_played(scope: Scope) -> bool:
    seeds = {seed for site_id in scope.asked_sites for seed in scope.registry.site(site_id).seeds}
    hosts = {address.host_port for address in map(parse_address, seeds) if address}
    return hosts <= set(scope.registry.allow_private)


def scopes_in(
    country: str | None, registry_file: Path | None, data: Path, round_id: str | None = None
) -> list[Scope]:
    """Return a scope for each round and country that `data` has captures of, or those that are named.

    Each round comes after those that it knows services of.

    Raises:
        NothingThereError: there are no such captures. Else as `scope_of`.
    """
    named = load_registry(registry_file) if registry_file else None
    found = sorted(
        {
            (path.parent.parent.name, path.parent.name.split("-", 1)[0])
            for path in data.glob(
                f"captures/{checked_round(round_id) if round_id else '*'}/*/{CAPTURES_FILE}"
            )
        }
    )
    places = {
        (round_id, country_id): place
        for country_id in {country_id for _, country_id in found}
        for place, round_id in enumerate(in_order(data, country_id))
    }
    scopes = [
        Scope(
            registry=named if named and named.country.id == country_id else registry_for_archive(country_id),
            registry_file=registry_file.resolve() if registry_file else None,
            data=data.resolve(),
            round_id=found_round,
        )
        for found_round, country_id in sorted(found, key=lambda one: (places[one], one))
        if country in (None, country_id)
    ]
    if not scopes:
        asked = " ".join(
            filter(None, ["no captures", country and f"of {country}", round_id and f"of round {round_id}"])
        )
        raise NothingThereError(
            f"{data / 'captures'}: {asked}; `baskych crawl` or `baskych import` makes them"
        )
    return scopes


def registry_for_archive(country_id: str) -> Registry:
    """Return the registry of a country, or one without sites where none is shipped: archives need none.

    Raises:
        UsageError: this is no country's code.
    """
    if country_id in known_countries():
        return load_registry(country_id)
    if not _CODE.fullmatch(country_id):
        raise UsageError(f"--country {country_id}: expected a code of two letters, for example kg")
    country = Country.model_construct(id=country_id, name={}, time_zone="UTC", currency="XXX", languages=())
    return Registry.model_construct(country=country, institutions=(), sites=(), allow_private=())


def with_sites(scope: Scope, site_ids: Sequence[str], max_pages: int | None) -> Scope:
    """Return `scope` for these sites only, each of at most `max_pages` pages.

    Raises:
        UnknownSiteError: the registry has no such site.
    """
    for site_id in site_ids:
        scope.registry.site(site_id)
    return replace(scope, site_ids=tuple(sorted(set(site_ids))), max_pages=max_pages)


def make_writable(data: Path) -> None:
    """Make sure that `data`, and what we keep in it, can be written to, before any page is asked for.

    Raises:
        NotWritableError: a folder is none, or cannot be written to, with the system's reason.
        OSError: the disk is full, or fails.
    """
    for folder in (data, *(data / name for name in _KEPT_IN_DATA if os.path.lexists(data / name))):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            if error.errno in OF_THE_DISK:
                raise
            raise NotWritableError(f"{folder}: {error.strerror}") from error
