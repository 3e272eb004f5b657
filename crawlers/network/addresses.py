r"""Read web addresses as browsers do, and say what belongs to a site.

Every decision about a host rests on the WHATWG URL standard as `ada-url` implements it: other parsers
read `http://2130706433/` or `HtTp:\\127.0.0.1` differently from the software that then connects.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from ipaddress import ip_address

import ada_url
from publicsuffixlist import PublicSuffixList

DEFAULT_PORTS = {"http": 80, "https": 443}
_REMEMBERED = 8192  # addresses: each is taken apart several times on its way from a link to a capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A web address, taken apart."""

    url: str  # normalised, without fragment
    scheme: str
    host: str  # lower case, punycode; an IPv6 address in brackets
    port: int
    path: str

    @property
    def host_port(self) -> str:
        """The host, with its port unless that is the scheme's own: what politeness is kept by."""
        return self.host if DEFAULT_PORTS[self.scheme] == self.port else f"{self.host}:{self.port}"

    @property
    def query(self) -> str:
        """What follows the first question mark; empty where nothing does."""
        return self.url.partition("?")[2]


@lru_cache(maxsize=_REMEMBERED)
def parse_address(url: str) -> Address | None:
    """Return the parts of an absolute http or https address without user name, else None."""
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return None
    scheme = parsed.protocol.removesuffix(":")
    host = parsed.hostname.removesuffix(".")  # a name may end with its root
    if scheme not in DEFAULT_PORTS or not _is_host(host) or parsed.username or parsed.password:
        return None
    parsed.hash = ""
    return Address(
        url=parsed.href.removesuffix("#"),
        scheme=scheme,
        host=host,
        port=int(parsed.port) if parsed.port else DEFAULT_PORTS[scheme],
        path=parsed.pathname,
    )


def _is_host(host: str) -> bool:
    """Whether a host is one that could be asked for: no label of it is empty (RFC 1035, section 3.1)."""
    return all(host.split("."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One entry of `stay_under`: a host, with a port or a path where those matter."""

    host: str
    port: int | None  # None: the scheme's own
    path: str  # "/" or a folder ending in "/"

    def covers(self, address: Address) -> bool:
        """Whether `address` lies under this entry.

        A host stands for itself with and without `www.`, and for the hosts below it, except where it is
        a public suffix: `gov.kg` is one, and the ministries below it are sites of their own.
        """
        port = self.port or DEFAULT_PORTS[address.scheme]
        return (
            port == address.port
            and f"{address.path.rstrip('/')}/".startswith(self.path)
            and (_bare(self.host) == _bare(address.host) or self._is_above(address.host))
        )

    def _is_above(self, host: str) -> bool:
        """Whether `host` is a subdomain that this entry answers for."""
        parent = _bare(self.host)
        return not is_ip(parent) and host.endswith(f".{parent}") and not _is_public_suffix(parent)

    @property
    def bare_host(self) -> str:
        """The host without `www.`: every address that the entry covers has it, or lies below it."""
        return _bare(self.host)

    @property
    def weight(self) -> tuple[int, int]:
        """How exact the entry is: where two sites cover an address, the heavier one has it."""
        return len(self.bare_host), len(self.path)


def parse_scope(entry: str) -> Scope | None:
    """Return an entry of `stay_under` (`host`, `host:port`, `host/path`), or None where it is none."""
    if "//" in entry:
        return None
    # Read under a scheme without a default port in use, so that `host:80` keeps its port.
    address = parse_address(f"https://{entry}")
    if address is None:
        return None
    authority = entry.split("/", 1)[0]
    has_port = authority.rpartition(":")[2].isdigit() and not authority.endswith("]")
    return Scope(
        host=address.host, port=address.port if has_port else None, path=f"{address.path.rstrip('/')}/"
    )


@lru_cache(maxsize=_REMEMBERED)
def is_ip(host: str) -> bool:
    """Whether `host` is an address in numbers, not a name."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _bare(host: str) -> str:
    return host.removeprefix("www.")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def _is_public_suffix(host: str) -> bool:
    return bool(_suffixes().is_public(host))
