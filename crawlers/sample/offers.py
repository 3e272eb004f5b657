"""Which services stand on which site, and what their pages there offer: pure functions of the world."""

from crawlers.sample.choose import number
from crawlers.sample.model import Service, Site, World


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


def name_on(site: Site, service: Service, language: str) -> str:
    """Return what a site calls a service: the joint portal sometimes words it otherwise."""
    return (service.portal_name if site.is_joint_portal else service.name)[language]


def life_events(world: World) -> list[str]:
    """Return the life events for which something can be done on the joint portal."""
    done = (service for service in world.services.values() if service.portal == "apply")
    return sorted({service.life_event for service in done if service.life_event})


def knows_all(world: World, site: Site, service: Service) -> bool:
    """Whether `site` asks for no documents, because it takes the data from other agencies' registers.

    On the joint portal that is so for about half of what is done there and described elsewhere too.
    """
    is_done_here = site.is_joint_portal and service.portal == "apply"
    return (
        is_done_here and service.site_id is not None and number(2, world.seed, service.id, "registers") == 1
    )
