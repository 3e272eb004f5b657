"""An archive that is asked over the network, known by the address of its index (a CDX server)."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import ada_url

from crawlers.archives.rules import Interface, archive_rules
from crawlers.errors import ArchiveError
from crawlers.network.addresses import parse_address

_EXPECTED = (
    "expected the address of a CDX server: /<collection>/cdx (pywb), /cdx/search/cdx (as the Internet"
    " Archive has it) or /<crawl>-index (as Common Crawl has it)"
)
_OURS = {"output", "fl", "fields", "limit", "showResumeKey", "resumeKey", "page", "showNumPages", "gzip"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """One web archive that can be asked."""

    address: str  # of its index, without parameters
    interface: Interface
    before: str  # the part of the path before what names the interface
    asked: tuple[tuple[str, str], ...]  # parameters that were typed: url, matchType, from, to, filter

    @property
    def has_question(self) -> bool:
        """Whether the address says itself which pages are meant."""
        return any(name == "url" for name, _ in self.asked)

    @property
    def host_port(self) -> str:
        """Host and port, the latter always: what the person who typed the address lets us connect to."""
        address = parse_address(self.address)
        return f"{address.host}:{address.port}" if address else ""

    @property
    def home(self) -> str:
        """The page of the collection, which is there if the collection is."""
        return f"{ada_url.URL(self.address).origin}{self.before}/"

    def question(self, **parameters: str | int) -> str:
        """Return the address that asks the index; what was typed goes before `parameters`."""
        typed = dict(self.asked)
        left = {name.rstrip("_"): str(value) for name, value in parameters.items()}
        pairs = [*self.asked, *((name, value) for name, value in left.items() if name not in typed)]
        return f"{self.address}?{urlencode(pairs)}"

    def copy_at(self, timestamp: str, url: str, filename: str) -> str:
        """Return where the archive has a copy as it was archived (or the file that it lies in)."""
        index = ada_url.URL(self.address)
        origin = index.origin
        if self.interface is Interface.COMMON_CRAWL:
            origin = archive_rules().origins_of_files.get(index.hostname, origin)
        form = archive_rules().interfaces[self.interface].copy_at
        place = form.format(
            origin=origin, before=self.before, timestamp=timestamp, url=url, filename=filename
        )
        address = parse_address(place)
        if address is None:
            raise ArchiveError(f"{place}: expected the address of an archived copy")
        return address.url


def is_address(source: object) -> bool:
    """Whether a source of an import is an address, and no file."""
    return str(source).lower().startswith(("http://", "https://"))


def archive_at(address: str) -> Archive:
    """Return the archive whose index is at `address`.

    Raises:
        ArchiveError: the address is none, or fits no interface that we know.
    """
    parsed = parse_address(address)
    if parsed is None:
        raise ArchiveError(f"{address}: {_EXPECTED}")
    url = ada_url.URL(parsed.url)
    for interface, rule in archive_rules().interfaces.items():
        found = re.fullmatch(rule.path, url.pathname.rstrip("/"))
        if found:
            typed = parse_qsl(url.search[1:])
            return Archive(
                address=f"{url.origin}{url.pathname.rstrip('/')}",
                interface=interface,
                before=found["before"],
                asked=tuple((name, value) for name, value in typed if name not in _OURS),
            )
    raise ArchiveError(f"{address}: {_EXPECTED}")
