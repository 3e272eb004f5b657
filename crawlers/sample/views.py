"""What a page's template is given: every word and address on it, already chosen."""

import base64
from hashlib import sha256
from typing import Any

from crawlers.sample import words
from crawlers.sample.content import content
from crawlers.sample.deep import archive_links
from crawlers.sample.model import Site, World
from crawlers.sample.offers import life_events, services_on
from crawlers.sample.page_views import page_view
from crawlers.sample.routes import Page, address, service_address
from crawlers.sample.service_views import service_view

View = dict[str, Any]  # handed to Jinja, which takes any value


def view_of(world: World, site: Site, page: Page) -> View:
    """Return all that the template of `page` needs."""
    view = frame(world, site, page) | page_view(world, site, page)
    if page.service_id:
        view |= service_view(world, site, world.services[page.service_id], page.language)
        name = view["service"]["name"]
        view["title"] = f"{view['title']}: {name}" if page.role in content("steps") else name
    return view


def frame(world: World, site: Site, page: Page) -> View:
    """Return what every page of a site has around its content."""
    language = page.language
    body = world.institutions[site.institution_id]
    return {
        "site": site,
        "page": page,
        "lang": language,
        "code": site.codes[language],
        "institution": body,
        "site_name": (site.title or body.name)[language],
        "short_name": (site.title or body.short)[language],
        "title": _title(page),
        "home": address(site, "home", language),
        "canonical": f"{site.root.rstrip('/')}{page.target}",
        "navigation": _navigation(world, site, language),
        "languages": _versions(world, site, page),
        "quirks": site.quirks,
        "search": address(site, "page", language, id="search", number=0),
        "feedback": address(site, "page", language, id="feedback", number=0),
        "cabinet": address(site, "cabinet", language, number=0),
        "session": _session(site, page),
        "viewstate": base64.b64encode(sha256(page.target.encode()).digest() * 8).decode(),
    }


def _title(page: Page) -> str:
    entry = content("pages").get(page.item or "")
    if entry:
        return str(entry["title"][page.language])
    if page.role in content("steps"):
        return str(content("steps")[page.role]["title"][page.language])
    return (
        words.ui(page.role if page.role != "page" else "found", page.language)
        if page.role != "service"
        else ""
    )


def _session(site: Site, page: Page) -> str:
    """A session in the address, another on every page, as careless software puts there."""
    if "session-ids" not in site.quirks:
        return ""
    return f";jsessionid={sha256(page.target.encode()).hexdigest()[:24].upper()}"


def _navigation(world: World, site: Site, language: str) -> list[tuple[str, str]]:
    links = [(words.ui("home", language), address(site, "home", language))]
    if services_on(world, site):
        links.append((words.ui("services", language), address(site, "services", language)))
    if "life-events" in site.quirks:
        links += [
            (words.term("life_events", event, language), address(site, "page", language, id=f"life-{event}"))
            for event in life_events(world)
        ]
    entries = content("pages")
    links += [
        (entries[item]["title"][language], address(site, "page", language, id=item))
        for item in site.extras
        if entries[item]["kind"] != "news"
    ]
    if world.is_deep:
        links += archive_links(site, language)
    return links


def _versions(world: World, site: Site, page: Page) -> list[tuple[str, str, str]]:
    """Language, code and address of the page in each language; a home page where it has no such version."""
    service = world.services.get(page.service_id or "")
    versions = []
    for language in site.languages:
        if service and (site.is_joint_portal or language in service.languages):
            target = service_address(site, page.role, language, service, page.file_type or "")
        elif service or page.template in {"filler", "not-found", "listing"}:
            target = address(site, "home", language)
        else:
            target = address(site, page.role, language, id=page.item or "", number=0)
        versions.append((language, site.codes[language], target))
    return versions
