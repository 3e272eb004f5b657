"""What a page says of a service: its facts, what it offers to do, and where that leads."""

from typing import Any

from crawlers.sample import words
from crawlers.sample.choose import pick
from crawlers.sample.content import content
from crawlers.sample.model import Service, Site, World
from crawlers.sample.offers import knows_all, name_on, offers_on, services_on
from crawlers.sample.routes import service_address

_BUTTONS = ("apply", "petition", "sso", "portal-apply", "cabinet", "book", "pay", "track")  # as they stand


def service_view(world: World, site: Site, service: Service, language: str) -> dict[str, Any]:
    """Return what a page of a service on `site` (its provider's, or the joint portal) needs."""
    offers = offers_on(site, service)
    return {
        "service": {
            "name": name_on(site, service, language),
            "about": service.about[language],
            "url": service_address(site, "service", language, service),
            "facts": words.facts(world, site, service, language),
            "buttons": _buttons(world, site, service, language),
            "forms": _forms(world, site, service, language),
            "notes": _notes(world, site, service, language),
            "questions": content("questions")[language] if "faq" in offers else [],
            "asks": "question" in offers,
            "uploads": "upload" in offers,
            "video": "video" in offers,
            "amount": service.fee,
        },
        "provider": world.institutions[service.institution_id].name[language],
        "provider_url": provider_url(world, service, language) if site.is_joint_portal else None,
    }


def provider_url(world: World, service: Service, language: str) -> str | None:
    """Return the address of a service's page at its provider, in `language` if it can; None without one."""
    if service.site_id is None:
        return None
    own = world.sites[service.site_id]
    shown = language if language in service.languages else service.languages[0]
    return own.root.rstrip("/") + service_address(own, "service", shown, service)


def portal_url(world: World, service: Service, language: str) -> str:
    """Return the address of a service's page on the joint portal."""
    return world.portal.root.rstrip("/") + service_address(world.portal, "service", language, service)


def entries(world: World, site: Site, language: str, life_event: str | None = None) -> list[dict[str, str]]:
    """Return the list entries of a site's services in `language`, or of those done for a life event."""
    return [
        {
            "name": name_on(site, service, language),
            "url": service_address(site, "service", language, service),
            "provider": world.institutions[service.institution_id].short[language],
        }
        for service in services_on(world, site)
        if (site.is_joint_portal or language in service.languages)
        and (life_event is None or (service.life_event == life_event and service.portal == "apply"))
    ]


def _buttons(world: World, site: Site, service: Service, language: str) -> list[tuple[str, str]]:
    offers = offers_on(site, service)
    rules = content("offers")
    found = [
        (
            words.wording(
                "offers", "sso" if offer == "portal-apply" else offer, language, world.seed, site.id
            ),
            service_address(site, rules[offer]["leads_to"], language, service),
        )
        for offer in _BUTTONS
        if offer in offers
    ]
    if "api" in offers:
        found.append((words.wording("offers", "api", language, world.seed, site.id), site.addresses["api"]))
    if service.portal == "apply" and not site.is_joint_portal:
        found.append((words.ui("on-portal", language), portal_url(world, service, language)))
    return found


def _forms(world: World, site: Site, service: Service, language: str) -> list[tuple[str, str]]:
    kinds = [offer for offer in sorted(offers_on(site, service)) if offer.startswith("form-")]
    found = [
        (
            words.wording("offers", kind, language, world.seed, site.id),
            service_address(site, "file", language, service, kind.removeprefix("form-")),
        )
        for kind in kinds
    ]
    if "passports-in-files" in site.quirks and "form-pdf" not in kinds:
        found.append(
            (words.ui("passport-file", language), service_address(site, "file", language, service, "pdf"))
        )
    return found


def _notes(world: World, site: Site, service: Service, language: str) -> list[str]:
    offers = offers_on(site, service)
    wording = content("wording")
    notes = [
        words.wording("offers", offer, language, world.seed, service.id)
        for offer in ("signature", "prefilled")
        if offer in offers
    ]
    if "petition" in offers:
        notes.append(wording["petition-duty"][language])
    if knows_all(world, site, service):
        notes.append(wording["no-documents"][language])
    if service.stage == 1:
        notes.append(pick(wording["in-person"][language], world.seed, service.id))
    return notes
