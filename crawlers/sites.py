"""A registry: the institutions of one country and their sites, as one YAML file says them.

A country is added with such a file alone; no spider is written for a site. A fault in the file is said
with its place, its value and what was expected, before anything is crawled.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum, unique
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from crawlers.errors import NoRegistryError, RegistryError, UnknownCountryError, UnknownSiteError
from crawlers.network.addresses import Address, Scope, parse_scope
from crawlers.politeness.opt_outs import OptOut
from crawlers.registry.checks import faults_of
from crawlers.registry.fields import (
    HostEntry,
    Id,
    PrivateAddress,
    Seconds,
    Strict,
    TimeZone,
    WebAddress,
    Words,
)
from crawlers.registry.parts import (
    Country,
    CrawlerDefaults,
    Expectation,
    Hours,
    Institution,
    Region,
    Rendering,
    SampleSize,
)
from crawlers.strict_yaml import load_model

__all__ = [
    "Country",
    "CrawlerDefaults",
    "Expectation",
    "Institution",
    "Region",
    "Registry",
    "Rendering",
    "SampleSize",
    "Site",
    "SiteState",
    "known_countries",
    "load_registry",
]

_NEARBY = 3  # sites named where one is asked for that is not there
REGISTRY_FOLDER = Path(__file__).parent / "registry"


@unique
class SiteState(StrEnum):
    """What is known of a site before it is visited; only live sites are crawled."""

    LIVE = "live"
    LAPSED = "lapsed"  # the domain is no longer the institution's
    MERGED = "merged"  # its services moved to another site
    HISTORICAL = "historical"  # exists in web archives only
    UNLISTED = "unlisted"  # came with an imported archive; no registry has it


class Site(Strict):
    """One host, or one path of a host, of one institution."""

    id: Id
    institution: Id | None  # None only for an unlisted site
    state: SiteState = SiteState.LIVE
    merged_into: Id | None = None
    is_joint_portal: bool = False
    languages: tuple[str, ...] = ()
    seeds: tuple[WebAddress, ...] = ()
    stay_under: Annotated[tuple[HostEntry, ...], Field(min_length=1)]
    delay_seconds: Seconds | None = None
    max_pages: Annotated[int, Field(ge=1)] | None = None
    visiting_hours: Hours | None = None  # None: the crawler's
    time_zone: TimeZone | None = None  # of the visiting hours; None: the country's
    render: Rendering | None = None
    expect: Expectation = Expectation()
    source: Words

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """`stay_under`, parsed."""
        return tuple(scope for scope in map(parse_scope, self.stay_under) if scope)

    def covers(self, address: Address) -> bool:
        """Whether `address` is the site's."""
        return any(scope.covers(address) for scope in self.scopes)


class Registry(Strict):
    """One country's institutions and sites."""

    country: Country
    crawler: CrawlerDefaults
    allow_private: tuple[PrivateAddress, ...] = ()
    opt_outs: tuple[OptOut, ...] = ()
    sample: SampleSize | None = None
    regions: tuple[Region, ...] = ()  # none: no map is drawn
    institutions: Annotated[tuple[Institution, ...], Field(min_length=1)]
    sites: Annotated[tuple[Site, ...], Field(min_length=1)]

    @property
    def live_sites(self) -> tuple[Site, ...]:
        """The sites to crawl, in the registry's order."""
        return tuple(site for site in self.sites if site.state is SiteState.LIVE)

    def site(self, site_id: str) -> Site:
        """Return the site of that id.

        Raises:
            UnknownSiteError: there is none; names the nearest.
        """
        for site in self.sites:
            if site.id == site_id:
                return site
        known = sorted(site.id for site in self.sites)
        nearest = ", ".join(get_close_matches(site_id, known, n=_NEARBY, cutoff=0))
        raise UnknownSiteError(
            f"site {site_id!r} is not in the registry of {self.country.id};"
            f" nearest of {len(known)}: {nearest}"
        )

    def site_of(self, address: Address) -> Site | None:
        """Return the site that `address` is of: that with the most exact `stay_under`."""
        labels = address.host.split(".")
        above = (".".join(labels[place:]) for place in range(len(labels)))
        near = (entry for host in above for entry in self._entries.get(host, ()))
        covering = [(scope.weight, site) for scope, site in near if scope.covers(address)]
        return max(covering, key=lambda pair: pair[0])[1] if covering else None

    @cached_property
    def _entries(self) -> Mapping[str, Sequence[tuple[Scope, Site]]]:
        """All of `stay_under` by host without `www.`: of an archive each record asks, and sites are many."""
        entries: dict[str, list[tuple[Scope, Site]]] = defaultdict(list)
        for site in self.sites:
            for scope in site.scopes:
                entries[scope.bare_host].append((scope, site))
        return entries


def load_registry(country_or_path: str | Path) -> Registry:
    """Return the registry of a country that is shipped (`"kg"`), or that of a file (a path).

    Raises:
        UnknownCountryError: no registry of that country is shipped; names those that are.
        NoRegistryError: there is no such file.
        RegistryError: the file is not a registry; every fault with file, key, value and expectation.
    """
    path = _path_of(country_or_path)
    if not path.is_file():
        raise NoRegistryError(f"{path}: is not there; expected a registry in YAML")
    registry = load_model(path, Registry, RegistryError)
    faults = faults_of(registry)
    if faults:
        raise RegistryError("\n".join(f"{path}: {fault}" for fault in faults))
    return registry


def known_countries() -> tuple[str, ...]:
    """Return the ids of the countries whose registries are shipped, sorted."""
    return tuple(sorted(path.stem for path in REGISTRY_FOLDER.glob("[!_]*.yml")))


def _path_of(country_or_path: str | Path) -> Path:
    """A bare word is a country, everything else a file."""
    if isinstance(country_or_path, Path) or Path(country_or_path).suffix or "/" in country_or_path:
        return Path(country_or_path)
    if country_or_path not in known_countries():
        known = ", ".join(known_countries())
        raise UnknownCountryError(
            f"no registry of {country_or_path!r}; known: {known}; or give a file (`baskych init` makes one)"
        )
    return REGISTRY_FOLDER / f"{country_or_path}.yml"
