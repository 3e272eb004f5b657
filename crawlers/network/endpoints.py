"""Where connections begin, one endpoint a host: each request of a host takes the same one.

An endpoint looks its host's name up again whenever it connects, so nothing about addresses is remembered.
"""

from typing import Any

from twisted.web.client import Agent, _StandardEndpointFactory
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer  # type: ignore[import-untyped]  # it ships no types

_MOST = 1024  # hosts of one site whose endpoints are kept


@implementer(IAgentEndpointFactory)
class Endpoints:
    """Makes the endpoint of each host once."""

    def __init__(self, reactor: Any, context_factory: Any, connect_timeout: float) -> None:
        """Make endpoints that speak TLS with `context_factory` and wait `connect_timeout` seconds."""
        self._make: Any = _StandardEndpointFactory(reactor, context_factory, connect_timeout, None)  # type: ignore[no-untyped-call]  # Twisted has no types here
        self._made: dict[tuple[bytes, bytes, int], Any] = {}

    def endpointForURI(self, uri: Any) -> Any:  # noqa: N802 - Twisted's interface
        """Return the endpoint of the host that `uri` names."""
        key = (uri.scheme, uri.host, uri.port)
        if key not in self._made:
            if len(self._made) >= _MOST:
                self._made.clear()
            self._made[key] = self._make.endpointForURI(uri)
        return self._made[key]


def agent_of(reactor: Any, context_factory: Any, connect_timeout: float, pool: Any) -> Agent:
    """Return an agent whose connections begin at such endpoints and are kept in `pool`."""
    endpoints = Endpoints(reactor, context_factory, connect_timeout)
    agent: Agent = Agent.usingEndpointFactory(reactor, endpoints, pool)  # type: ignore[no-untyped-call]  # as above
    return agent
