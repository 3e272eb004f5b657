"""The sample republic's registry, in the form in which every country's registry is written."""

from typing import Any

import yaml

from crawlers.sample.model import Institution, Site, World
from crawlers.sample.offers import services_on
from crawlers.sample.pages import pages_of

_HEAD = """\
# The registry of the sample republic, an invented country served on loopback: the default of every command.
# Made by `python -m crawlers.sample --write FOLDER`; a test holds it equal. Nothing in it is real.
"""
_SOURCE = "invented"
_ROOM = 60  # pages beyond those known: duplicates by session, print version and tracking parameters
_MAX_PAGES = 500


def registry_text(world: World) -> str:
    """Return the YAML of the registry that matches `world`."""
    country = dict(world.country)
    value = {
        "country": country,
        "crawler": {
            "contact": "https://baskych.example/bot",
            "delay_seconds": 0,
            "max_pages": _MAX_PAGES + world.extra_pages,
            "concurrent_sites": 8,
        },
        "allow_private": [site.host for site in world.sites.values()],
        "sample": {"seed": world.seed, "sites": len(world.sites), "pages": world.extra_pages},
        "regions": [{**region, "source": _SOURCE} for region in world.regions],
        "institutions": [_institution(body) for body in world.institutions.values()],
        "sites": [_site(world, site) for site in world.sites.values()],
    }
    return _HEAD + yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)


def _institution(body: Institution) -> dict[str, Any]:
    return {
        "id": body.id,
        "kind": body.kind,
        "name": dict(body.name),
        "region": body.region,
        "source": _SOURCE,
    }


def _site(world: World, site: Site) -> dict[str, Any]:
    known = len(pages_of(world, site))
    services = len(services_on(world, site)) if site.outcome == "ok" else 0
    return {
        "id": site.id,
        "institution": site.institution_id,
        "state": site.state,
        "is_joint_portal": site.is_joint_portal,
        "languages": list(site.languages),
        "seeds": [site.root],
        "stay_under": [site.host],
        "expect": {
            "pages": {"min": known // 2, "max": 2 * known + _ROOM},
            "services": {"min": services * 9 // 10, "max": services + services // 10 + 1 if services else 0},
        },
        "source": _SOURCE,
    }
