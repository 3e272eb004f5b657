"""The one door to the network: Scrapy's own HTTP handler, behind the guard.

Every request of this process passes `GuardedHandler`, whatever made it. Without an installed guard the
handler does not open at all. Certificates are not a reason to turn away (a citizen could click
through), but their faults are kept as data.

Private names of Scrapy are used here and nowhere else; that is why its version is pinned.
"""

from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, cast

from OpenSSL import SSL
from OpenSSL.crypto import X509
from scrapy import Request
from scrapy.core.downloader._idna_patch import _patched_idna_bytes
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _LenientHTTP11ClientFactory
from scrapy.core.downloader.tls import _ScrapyClientTLSOptions26
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, IPAddress_ID, ServiceID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet import endpoints
from twisted.internet.error import NoProtocol

from crawlers.network.addresses import is_ip, parse_address
from crawlers.network.endpoints import agent_of
from crawlers.network.guard import Guard, GuardedResolver, PolicyRefusedError
from crawlers.network.names import Names
from crawlers.network.sockets import watch_sockets
from crawlers.network.wire import WireAgent, WireProtocol
from crawlers.policy import policy

if TYPE_CHECKING:
    from twisted.web.iweb import IPolicyForHTTPS

_WRONG_HOST = 62  # X509_V_ERR_HOSTNAME_MISMATCH
_WAYS_ROUND = frozenset({"proxy", "bindaddress"})  # keys of a request's meta that Scrapy heeds


def install_guard(guard: Guard) -> None:
    """Put `guard` before all name resolution and all sockets of this process; once, before any crawl."""
    reactor = _reactor()
    names = Names(reactor)
    guard.lookup_failures = names.failures
    reactor.installNameResolver(GuardedResolver(names.resolver, guard, reactor))
    watch_sockets(guard)
    # Twisted spells the host in IDNA anew for every request, which takes longer than to find a page's links.
    remembered: Any = endpoints
    remembered._idnaBytes = lru_cache(maxsize=1024)(_patched_idna_bytes)  # noqa: SLF001 - as Scrapy patches it


def _reactor() -> Any:
    from twisted.internet import reactor  # noqa: PLC0415 - importing it earlier would choose a reactor

    return reactor


def _installed_guard() -> Guard:
    resolver = _reactor().nameResolver
    if not isinstance(resolver, GuardedResolver):
        raise PolicyRefusedError("no guard is installed; expected install_guard() before the first request")
    return resolver.guard


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP and HTTPS handler, which connects only where the guard lets it."""

    def __init__(self, crawler: Crawler) -> None:
        """Take the guard that is installed; without one, refuse to exist."""
        super().__init__(crawler)
        self._guard = _installed_guard()
        pool: Any = self._pool
        pool._factory = partial(_GuardedFactory, self._guard)  # noqa: SLF001 - as Scrapy's own handler does
        self.tls_faults: dict[tuple[str, int], set[str]] = {}
        self._contextFactory = cast("IPolicyForHTTPS", _RecordingContextFactory(self.tls_faults))
        self._agent = agent_of(_reactor(), self._contextFactory, policy().timeout_seconds, pool)

    async def download_request(self, request: Request) -> Response:
        """Ask for one page.

        Raises:
            PolicyRefusedError: its address is no public web address.
        """
        address = parse_address(request.url)
        if address is None:
            raise PolicyRefusedError(f"{request.url}: expected an http or https address")
        if not _WAYS_ROUND.isdisjoint(request.meta):
            raise PolicyRefusedError(f"{request.url}: expected a request without proxy and bindaddress")
        reason = self._guard.refusal(address.host, address.port) if is_ip(address.host) else None
        if reason:
            raise PolicyRefusedError(reason)
        try:
            response = await self._asked(request)
        except (CannotResolveHostError, NoProtocol) as failure:
            refused = self._guard.refused.get(address.host)
            if refused or isinstance(failure, NoProtocol):
                raise PolicyRefusedError(
                    refused or f"{address.host} turned out not to be public"
                ) from failure
            why = self._guard.lookup_failures.get(address.host, "its name server does not answer")
            raise CannotResolveHostError(f"{address.host}: {why}") from failure
        if address.scheme == "https":
            faults = self.tls_faults.get((address.host.strip("[]"), address.port), set())
            response.flags.extend(f"tls:{fault}" for fault in sorted(faults))
        return response

    async def _asked(self, request: Request) -> Response:
        """Ask within the policy's limits, whatever settings or the request itself say of them."""
        request.meta.pop("download_timeout", None)
        agent = WireAgent(
            self._agent,
            contextFactory=self._contextFactory,
            pool=self._pool,
            connectTimeout=policy().timeout_seconds,
            maxsize=policy().max_bytes,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))


class _GuardedFactory(_LenientHTTP11ClientFactory):
    """Looks at the peer's address once more, when the connection stands and before a byte is sent."""

    def __init__(self, guard: Guard, *args: Any) -> None:
        super().__init__(*args)  # type: ignore[no-untyped-call]  # Twisted's base has no types
        self._guard = guard

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 - Twisted's interface
        """Return the protocol to speak with `addr`, or none, which ends the connection."""
        refusal = self._guard.refusal(addr.host, addr.port)
        return None if refusal else WireProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # as above


class _RecordingContextFactory(_ScrapyClientContextFactory):
    """Accepts any certificate and notes what is wrong with it."""

    def __init__(self, faults: dict[tuple[str, int], set[str]]) -> None:
        super().__init__()
        self._faults = faults
        self._made: dict[tuple[str, int], _RecordingTLSOptions] = {}

    @cached_property
    def _options(self) -> Any:
        """What all connections share: the certificates that we trust take long to read."""
        options = self._get_cert_options()
        options.getContext().set_default_verify_paths()
        return options

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802 - Twisted's interface
        """Return what makes TLS connections to `hostname`; it is asked for at every request."""
        key = (hostname.decode("ascii"), port)
        if key not in self._made:
            noted = self._faults.setdefault(key, set())
            make = self._options._makeTLSConnection  # noqa: SLF001 - as Scrapy does
            self._made[key] = _RecordingTLSOptions(make, key[0], noted)
        return self._made[key]


class _RecordingTLSOptions(_ScrapyClientTLSOptions26):
    """Replaces Scrapy's look at the certificate by ours."""

    def __init__(self, make_connection: Any, host: str, noted: set[str]) -> None:
        super().__init__(make_connection, host)
        self._noted = noted
        self._service_id: ServiceID = IPAddress_ID(host) if is_ip(host) else DNS_ID(host)

    def clientConnectionForTLS(self, tlsProtocol: Any) -> SSL.Connection:  # noqa: N802, N803 - Twisted's interface
        """Return a connection that notes faults and goes on."""
        connection = super().clientConnectionForTLS(tlsProtocol)
        connection.set_verify(SSL.VERIFY_PEER, self._note)
        return connection

    def _note(
        self, _connection: SSL.Connection, certificate: X509, error: int, depth: int, _is_ok: int
    ) -> bool:
        """Note the fault that OpenSSL found, and whether the certificate is this host's."""
        names = policy().tls_faults
        if error:
            above = policy().tls_faults_above if depth else {}
            self._noted.add(above.get(error) or names.get(error) or f"OpenSSL error {error}")
        if depth == 0:
            try:
                verify_service_identity(extract_patterns(certificate), [self._service_id], [])
            except (CertificateError, VerificationError):
                self._noted.add(names[_WRONG_HOST])
        return True
