"""Which pages a site has, and at what addresses: pure functions of the world."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from crawlers.sample.content import content
from crawlers.sample.model import Service, Site, World

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
    return address(site, role, language, id=service.id, number=service.number, type=file_type)


def key(target: str) -> Key:
    """Return what tells pages apart: the path without a session, and the parameters that matter, sorted."""
    parts = urlsplit(target)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = (pair for pair in pairs if pair[0] not in _IGNORED and not pair[0].startswith("utm_"))
    return parts.path.split(";", 1)[0], tuple(sorted(kept))


def pages_of(world: World, site: Site) -> dict[Key, Page]:
    """Return every page of `site` by its key, in a fixed order; none of a site that shows none of its own."""
    pages: dict[Key, Page] = {}
    if site.outcome == "ok":
        for page in _pages(world, site):
            pages.setdefault(key(page.target), page)
    return pages


def services_on(world: World, site: Site) -> tuple[Service, ...]:
    """Return the services that stand on a site: its own, or on the joint portal those that it takes in."""
    if not site.is_joint_portal:
        return world.services_of(site.id)
    taken = (service for service in world.services.values() if service.portal)
    return tuple(sorted(taken, key=lambda service: service.number))


def offers_on(site: Site, service: Service) -> frozenset[str]:
    """Return what a service's page on `site` offers."""
    if not site.is_joint_portal:
        return service.offers
    return frozenset({f"portal-{service.portal}"})


def life_events(world: World) -> list[str]:
    """Return the life events for which something can be done on the joint portal."""
    return sorted(
        {service.life_event for service in world.services.values() if _is_done_on_portal(service)} - {None}
    )


def _is_done_on_portal(service: Service) -> bool:
    return service.portal == "apply" and service.life_event is not None


def _pages(world: World, site: Site) -> Iterator[Page]:
    for language in site.languages:
        yield _page(site, "home", language, kind="home", template="home")
        if services_on(world, site):
            yield _page(site, "services", language, kind="service-list", template="services")
        for service in services_on(world, site):
            if site.is_joint_portal or language in service.languages:
                yield from _service_pages(site, service, language)
        yield from _further_pages(world, site, language)


def _page(site: Site, role: str, language: str, *, kind: str | None, template: str, item: str = "") -> Page:
    target = address(site, role, language, id=item, number=0)
    return Page(
        site_id=site.id,
        role=role,
        target=target,
        language=language,
        kind=kind,
        template=template,
        item=item or None,
    )


def _service_pages(site: Site, service: Service, language: str) -> Iterator[Page]:
    yield _of_service(site, "service", language, service)
    for offer in sorted(offers_on(site, service)):
        role = content("offers")[offer]["leads_to"]
        if role:
            yield _of_service(site, role, language, service)
        if offer.startswith("form-"):
            yield _of_service(site, "file", language, service, offer.removeprefix("form-"))
    if "passports-in-files" in site.quirks and "form-pdf" not in service.offers:
        yield _of_service(site, "file", language, service, "pdf")


def _of_service(site: Site, role: str, language: str, service: Service, file_type: str | None = None) -> Page:
    fixed = {"service": "service", "file": "document"}
    return Page(
        site_id=site.id,
        role=role,
        target=service_address(site, role, language, service, file_type or ""),
        language=language,
        kind=fixed[role] if role in fixed else content("steps")[role]["kind"],
        service_id=None if role == "cabinet" else service.id,
        template=role,
        file_type=file_type,
    )


def _further_pages(world: World, site: Site, language: str) -> Iterator[Page]:
    entries = content("pages")
    for item in site.extras:
        kind, template = entries[item]["kind"], entries[item]["template"]
        page = _page(site, "page", language, kind=kind, template=template, item=item)
        yield page
        if template == "calendar":
            joint = "&" if "?" in page.target else "?"
            for month in range(1, 13):
                yield replace(page, target=f"{page.target}{joint}month={month:02}", number=month)
    if "life-events" in site.quirks:
        for event in life_events(world):
            yield _page(
                site, "page", language, kind="service-list", template="life-event", item=f"life-{event}"
            )
    for quirk, (template, kind) in _QUIRK_PAGES.items():
        if quirk in site.quirks:
            yield _page(site, "page", language, kind=kind, template=template, item=template)
    if "header-login" in site.quirks:
        yield _page(site, "cabinet", language, kind="account", template="cabinet")
    yield from filler_pages(world, site, language)


def filler_pages(world: World, site: Site, language: str) -> Iterator[Page]:
    """The generated pages of a site in one language: together with those in its others as many as the world says."""
    kinds = content("filler")["kinds"]
    for index in range(world.extra_pages):
        if site.languages[index % len(site.languages)] == language:
            kind = kinds[index % len(kinds)]
            yield _page(site, "page", language, kind=kind, template="filler", item=f"{kind}-{index + 1}")


_QUIRK_PAGES = {"search": ("search", None), "feedback": ("feedback", "participation")}
