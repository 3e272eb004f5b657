"""What must be true between the parts of a registry, beyond each part's own form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.network.addresses import parse_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawlers.sites import Registry, Site


def faults_of(registry: Registry) -> list[str]:
    """Return every fault in words: key's place, value, what was expected."""
    return [
        *_region_faults(registry),
        *_repeated("institutions", (institution.id for institution in registry.institutions)),
        *_repeated("sites", (site.id for site in registry.sites)),
        *(
            f"sites[{number}].{fault}"
            for number, site in enumerate(registry.sites)
            for fault in _site_faults(site, registry)
        ),
    ]


def _region_faults(registry: Registry) -> Iterator[str]:
    """Regions that are named twice or stand on each other, and bodies of a region that is not there."""
    yield from _repeated("regions", (region.id for region in registry.regions))
    taken: dict[tuple[int, int], str] = {}
    for number, region in enumerate(registry.regions):
        place = (region.tile.column, region.tile.row)
        if taken.setdefault(place, region.id) != region.id:
            yield f"regions[{number}].tile: {place}: is that of {taken[place]!r} too; expected its own"
    known = {region.id for region in registry.regions}
    for number, body in enumerate(registry.institutions):
        if body.region is not None and body.region not in known:
            wanted = ", ".join(sorted(known)) or "none, for the registry has no regions"
            yield f"institutions[{number}].region: {body.region!r}: expected the id of a region: {wanted}"


def _repeated(part: str, ids: Iterable[str]) -> Iterator[str]:
    """Ids that stand a second time."""
    first: dict[str, int] = {}
    for number, id_ in enumerate(ids):
        if id_ in first:
            yield f"{part}[{number}].id: {id_!r}: stands at {part}[{first[id_]}] too; expected once"
        first.setdefault(id_, number)


def _site_faults(site: Site, registry: Registry) -> Iterator[str]:
    """Faults of one site against the rest of the registry."""
    prefix = f"{registry.country.id}-"
    if not site.id.startswith(prefix):
        yield f"id: {site.id!r}: expected it to begin with {prefix!r}"
    institutions = {institution.id for institution in registry.institutions}
    if site.institution not in institutions:
        known = ", ".join(sorted(institutions))
        yield f"institution: {site.institution!r}: expected the id of an institution: {known}"
    if site.state == "unlisted":
        yield "state: 'unlisted': expected live, lapsed, merged or historical"
    yield from _merge_faults(site, {other.id for other in registry.sites} - {site.id})
    yield from _seed_faults(site)


def _merge_faults(site: Site, others: set[str]) -> Iterator[str]:
    if site.merged_into is not None and site.merged_into not in others:
        yield f"merged_into: {site.merged_into!r}: expected the id of another site"
    if (site.state == "merged") != (site.merged_into is not None):
        yield f"merged_into: {site.merged_into!r}: expected a site's id where state is merged, and only there"


def _seed_faults(site: Site) -> Iterator[str]:
    if site.state == "live" and not site.seeds:
        yield "seeds: (): expected at least one address, because state is live"
    for number, seed in enumerate(site.seeds):
        address = parse_address(seed)
        if address is None or not site.covers(address):
            scopes = ", ".join(site.stay_under)
            yield f"seeds[{number}]: {seed!r}: expected an address under stay_under: {scopes}"
