"""The scopes of an import: a month, or many, of pages that an archive kept; no registry is needed."""

import re
from collections.abc import Sequence
from pathlib import Path

from crawlers.sites import Country, Registry, known_countries, load_registry
from pipelines.months import rounds_between
from pipelines.operating.failures import UsageError
from pipelines.scope import Scope, scope_of

NO_COUNTRY = "zz"
_CODE = re.compile(r"[a-z]{2}")


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


def listed_scope(
    country: str | None,
    registry_file: Path | None,
    data: Path,
    round_id: str | None,
    site_ids: Sequence[str] = (),
) -> Scope:
    """Return the scope of WARC files that a list names: as that of an import, of one round and all its sites.

    Raises:
        UsageError: several rounds were named, or a site. Else as `archive_scopes`.
    """
    if site_ids:
        raise UsageError(f"--site {site_ids[0]}: --warcs takes the pages of all sites; leave --site out")
    scopes = archive_scopes(country, registry_file, data, round_id)
    if len(scopes) > 1:
        raise UsageError(f"--round {round_id}: --warcs is of one month, for example 2026-10")
    return scopes[0]


def _archive_scope(country: str | None, registry_file: Path | None, data: Path, round_id: str) -> Scope:
    if registry_file:
        return scope_of(country, registry_file, data, round_id)
    return Scope(
        registry=registry_for_archive(country or NO_COUNTRY),
        registry_file=None,
        data=data.resolve(),
        round_id=round_id,
    )


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
