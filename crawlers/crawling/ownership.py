"""Tell which addresses belong to a site, where sites of one registry share a host."""

from collections.abc import Callable

from crawlers.network.addresses import DEFAULT_PORTS, Address, Scope
from crawlers.sites import Registry, Site


def ownership(site: Site, registry: Registry) -> Callable[[Address], bool]:
    """Return a quick test whether an address is of `site` and not rather of another site of `registry`."""
    rivals = rival_scopes(site, registry)

    def owns(address: Address) -> bool:
        own = max((scope.weight for scope in site.scopes if scope.covers(address)), default=None)
        return own is not None and all(rival.weight < own for rival in rivals if rival.covers(address))

    return owns


def rival_scopes(site: Site, registry: Registry) -> list[Scope]:
    """Return the parts of `site` that are other sites' of `registry`."""
    return [
        scope
        for other in registry.sites
        if other.id != site.id
        for scope in other.scopes
        if site.covers(_example(scope))
    ]


def lanes(sites: tuple[Site, ...]) -> list[list[Site]]:
    """Return the sites in groups that share no host: a host's sites are visited one after the other."""
    groups: list[tuple[set[tuple[str, int | None]], list[Site]]] = []
    for site in sites:
        hosts = {(scope.host, scope.port) for scope in site.scopes}
        members = [site]
        apart = []
        for other_hosts, others in groups:
            if hosts & other_hosts:
                hosts |= other_hosts
                members = others + members
            else:
                apart.append((other_hosts, others))
        groups = [*apart, (hosts, members)]
    return [members for _, members in groups]


def _example(scope: Scope) -> Address:
    """An address that lies under `scope`."""
    port = scope.port or DEFAULT_PORTS["https"]
    return Address(url="", scheme="https", host=scope.host, port=port, path=scope.path)
