"""Which pages a site has: pure functions of the world."""

from collections.abc import Iterator
from dataclasses import replace

from crawlers.sample.content import content
from crawlers.sample.deep import deep_pages
from crawlers.sample.model import Service, Site, World
from crawlers.sample.offers import life_events, offers_on, services_on
from crawlers.sample.routes import Key, Page, address, key, service_address

_QUIRK_PAGES = {"search": ("search", None), "feedback": ("feedback", "participation")}
_MONTHS = range(1, 13)  # the calendar ends somewhere, as it should


def pages_of(world: World, site: Site) -> dict[Key, Page]:
    """Return every page of `site` by its key, in a fixed order; none of a site that shows none of its own."""
    pages: dict[Key, Page] = {}
    if site.outcome == "ok":
        for page in _pages(world, site):
            pages.setdefault(key(page.target), page)
    return pages


def _pages(world: World, site: Site) -> Iterator[Page]:
    for language in site.languages:
        yield _page(site, "home", language, ("home", "home"))
        if services_on(world, site):
            yield _page(site, "services", language, ("services", "service-list"))
        for service in services_on(world, site):
            if site.is_joint_portal or language in service.languages:
                yield from _service_pages(site, service, language)
        yield from _further_pages(world, site, language)


def _page(site: Site, role: str, language: str, look: tuple[str, str | None], item: str = "") -> Page:
    """A page that is about no single service; `look` is its template and its kind."""
    target = address(site, role, language, id=item, number=0)
    return Page(
        site_id=site.id,
        role=role,
        target=target,
        language=language,
        kind=look[1],
        template=look[0],
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
        look = entries[item]["template"], entries[item]["kind"]
        page = _page(site, "page", language, look, item)
        yield page
        if page.template == "calendar":
            joint = "&" if "?" in page.target else "?"
            for month in _MONTHS:
                yield replace(page, target=f"{page.target}{joint}month={month:02}", number=month)
    if "life-events" in site.quirks:
        for event in life_events(world):
            yield _page(site, "page", language, ("life-event", "service-list"), f"life-{event}")
    for quirk, look in _QUIRK_PAGES.items():
        if quirk in site.quirks:
            yield _page(site, "page", language, look, look[0])
    if "header-login" in site.quirks:
        yield _page(site, "cabinet", language, ("cabinet", "account"))
    if site.is_joint_portal:  # which leads to the identification system
        yield _page(site, "cabinet", language, ("sso", None))
    filler = list(filler_pages(world, site, language))
    yield from deep_pages(world, site, language, filler)
    yield from filler


def filler_pages(world: World, site: Site, language: str) -> Iterator[Page]:
    """Yield the generated pages of a site in one language; in all of them together as many as asked."""
    kinds = content("filler")["kinds"]
    for index in range(world.extra_pages):
        if site.languages[index % len(site.languages)] == language:
            kind = kinds[index % len(kinds)]
            yield _page(site, "page", language, ("filler", kind), f"{kind}-{index + 1}")
