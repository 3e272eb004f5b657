"""The addresses of a site's pages, as its software forms them, and which page an address means."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from crawlers.sample.model import Service, Site

Key = tuple[str, tuple[tuple[str, str], ...]]

_IGNORED = frozenset(
    {"print", "q", "s", "contrast"}
)  # parameters that change nothing about which page is meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a site: what it is, not yet how it looks."""

    site_id: str
    role: str  # which pattern its address has: home | services | service | apply | pay | … | page | file
    target: str  # path and query
    language: str
    kind: str | None  # what a careful person calls it; None where opinions may differ, or nothing is shown
    service_id: str | None = None
    item: str | None = None  # an entry of pages.yml, a life event, or a generated page's number
    template: str = "article"
    number: int = 0  # of a month in a calendar
    file_type: str | None = None


def address(site: Site, role: str, language: str, **parts: object) -> str:
    """Return the path and query of a page: `parts` fill the site's pattern."""
    if role == "home" and language == site.languages[0]:
        return "/"
    return site.addresses[role].format(lang=site.codes[language], **parts)


def service_address(site: Site, role: str, language: str, service: Service, file_type: str = "") -> str:
    """Return the path and query of one of a service's pages or files."""
    return address(site, role, language, id=service.slug or service.id, number=service.number, type=file_type)


def key(target: str) -> Key:
    """Return what tells pages apart: the path without a session, and the parameters that matter, sorted."""
    parts = urlsplit(target)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = (pair for pair in pairs if pair[0] not in _IGNORED and not pair[0].startswith("utm_"))
    return parts.path.split(";", 1)[0], tuple(sorted(kept))
