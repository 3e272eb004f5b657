"""Never connect to a private network, however its address is spelled, redirected to or resolved.

The guard sees the *resolved* address, at the moment of connecting, and the peer's address again once
connected: a name may resolve to one address when it is checked and to another when it is used
(DNS rebinding). The only exceptions are a registry's `allow_private`.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer  # type: ignore[import-untyped]  # it ships no types

from crawlers.errors import CrawlersError
from crawlers.policy import policy


class PolicyRefusedError(CrawlersError):
    """Something that our policy does not let us ask for."""


class Guard:
    """Decides which addresses may be connected to."""

    def __init__(self, allow_private: Iterable[str]) -> None:
        """Take a registry's `allow_private`: entries of the form host:port."""
        entries = (entry.lower().rpartition(":") for entry in allow_private)
        self._allowed = {(host.strip("[]"), int(port)) for host, _, port in entries}
        self.refused: dict[str, str] = {}  # host -> why, for those that were just resolved
        self.lookup_failures: Mapping[str, str] = {}  # host -> why it had no address at all

    def refusal(self, host: str, port: int) -> str | None:
        """Return why the address `host` (in numbers) must not be connected to at `port`, else None."""
        address = _in_numbers(host)
        if (str(address), port) in self._allowed or is_public(address):
            return None
        return f"{address} port {port} is not a public address"

    def checked(self, name: str, addresses: Sequence[tuple[str, int]]) -> list[bool]:
        """Return which of the addresses that `name` resolved to may be connected to."""
        allowed_name = name.lower().strip("[]").removesuffix(".")
        self._allowed |= {(host, port) for host, port in addresses if (allowed_name, port) in self._allowed}
        reasons = [self.refusal(host, port) for host, port in addresses]
        self.refused.pop(allowed_name, None)
        if reasons and all(reasons):
            self.refused[allowed_name] = str(reasons[0])
        return [reason is None for reason in reasons]


@lru_cache(maxsize=1024)
def _in_numbers(host: str) -> IPv4Address | IPv6Address:
    return ip_address(host.strip("[]").partition("%")[0])


@lru_cache(maxsize=1024)
def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is of the public internet, and no tunnel into something else."""
    nets = (net for net in policy().never_contacted if net.version == address.version)
    return address.is_global and not any(address in net for net in nets)


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves names as another resolver does, and drops every address that the guard refuses."""

    def __init__(self, resolver: Any, guard: Guard, reactor: Any = None) -> None:
        """Wrap `resolver`; with `reactor`, wait for it for as long as the policy says."""
        self._resolver, self._reactor = resolver, reactor
        self.guard = guard

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve `hostName`; the receiver hears of permitted addresses only."""
        receiver = _Sieve(resolutionReceiver, self.guard, hostName)
        if self._reactor:
            receiver.timer = self._reactor.callLater(
                policy().dns_timeout_seconds, receiver.resolutionComplete
            )
        resolution: IHostResolution = self._resolver.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution


@implementer(IResolutionReceiver)
class _Sieve:
    """Stands between a resolver and its receiver."""

    def __init__(self, receiver: Any, guard: Guard, name: str) -> None:
        self._receiver, self._guard, self._name = receiver, guard, name
        self._addresses: list[Any] = []
        self._is_over = False
        self.timer: Any = None  # of the reactor: when it rings, the name server was silent for too long

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:  # noqa: N802, N803 - Twisted's interface
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - Twisted's interface
        self._addresses.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's interface
        if self._is_over:
            return
        self._is_over = True
        if self.timer and self.timer.active():
            self.timer.cancel()
        allowed = self._guard.checked(self._name, [(item.host, item.port) for item in self._addresses])
        for address, is_allowed in zip(self._addresses, allowed, strict=True):
            if is_allowed:
                self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()
