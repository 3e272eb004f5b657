"""What is true of the sample republic: its services, how far each has gone online, and what is no service.

The stages follow the definitions by which careful people labelled real pages: 1 information, 2 a blank form,
questions and answers or a way to ask, 3 something is done here online, 4 done under an identity or with data
that cross agencies, or with a duty to answer, or by an open interface. Could not look is no stage.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import yaml

from crawlers.sample.content import content
from crawlers.sample.model import Service, Site, World
from crawlers.sample.offers import services_on
from crawlers.sample.pages import pages_of
from crawlers.sample.routes import Page

_ALWAYS = ("service-contact", "service-description")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueSite:
    """What a crawl of a site must come to."""

    id: str
    root: str
    outcome: str
    services: int  # described on it


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueService:
    """One service, once, with all its pages."""

    id: str
    institution: str
    site: str | None
    name: dict[str, str]
    portal_name: dict[str, str]  # where it stands on the joint portal; mostly the same
    stage: int
    life_event: str | None
    is_free: bool | None
    fee: int | None
    processing_days: float | None
    indicators: tuple[str, ...]  # shown in the main content of its pages
    pages: dict[str, str]  # language -> its description at its provider
    portal: dict[str, str]  # language -> its place on the joint portal
    steps: tuple[str, ...]  # pages on which it is applied for, paid, booked or followed
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruePage:
    """A page that is no service, though it may read like one."""

    url: str
    kind: str | None  # None where opinions may differ
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All that is true of one year's republic."""

    seed: int
    year: int
    sites: tuple[TrueSite, ...]
    services: tuple[TrueService, ...]
    others: tuple[TruePage, ...]


def truth_of(world: World) -> Truth:
    """Return what is true of `world`."""
    pages = {site.id: tuple(pages_of(world, site).values()) for site in world.sites.values()}
    return Truth(
        seed=world.seed,
        year=world.year,
        sites=tuple(
            TrueSite(id=site.id, root=site.root, outcome=site.outcome, services=len(services_on(world, site)))
            for site in world.sites.values()
        ),
        services=tuple(_service(world, service, pages) for service in world.services.values()),
        others=tuple(
            TruePage(url=_url(world, page), kind=page.kind, language=page.language)
            for listed in pages.values()
            for page in listed
            if page.service_id is None
        ),
    )


def implied_stage(service: Service) -> int:
    """Return the stage that a service's offers imply: the highest of them, 1 when there is none."""
    rules = content("offers")
    offers = [*service.offers, *([f"portal-{service.portal}"] if service.portal else [])]
    return max([1, *(int(rules[offer]["stage"]) for offer in offers)])


def as_yaml(truth: Truth) -> str:
    """Return the truth as a YAML file."""
    head = "# What is true of the sample republic. Made by `python -m crawlers.sample --write FOLDER`.\n"
    return head + yaml.dump(
        _plain(asdict(truth)), allow_unicode=True, sort_keys=False, width=1000, Dumper=_PlainDumper
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def _service(world: World, service: Service, pages: Mapping[str, tuple[Page, ...]]) -> TrueService:
    own = [page for listed in pages.values() for page in listed if page.service_id == service.id]
    described = [page for page in own if page.role == "service"]
    portal = world.portal.id
    languages = {page.language for page in described}
    fee = service.fee if "fee" in service.shown else None
    has_time = "processing" in service.shown
    return TrueService(
        id=service.id,
        institution=service.institution_id,
        site=service.site_id,
        name={language: name for language, name in service.name.items() if language in languages},
        portal_name=dict(service.portal_name) if service.portal else {},
        stage=service.stage,
        life_event=service.life_event,
        is_free=None if fee is None else fee == 0,
        fee=fee,
        processing_days=service.processing.days if has_time and service.processing else None,
        indicators=_indicators(service),
        pages={page.language: _url(world, page) for page in described if page.site_id != portal},
        portal={page.language: _url(world, page) for page in described if page.site_id == portal},
        steps=tuple(_url(world, page) for page in own if page.role not in {"service", "file", "sso"}),
        files=tuple(_url(world, page) for page in own if page.role == "file"),
    )


def _indicators(service: Service) -> tuple[str, ...]:
    rules = content("offers")
    offers = [*service.offers, *([f"portal-{service.portal}"] if service.portal else [])]
    facts = {
        "recipients": "recipients" in service.shown,
        "documents-required": "documents" in service.shown and bool(service.documents),
        "fee": "fee" in service.shown and service.fee is not None,
        "processing-time": "processing" in service.shown and service.processing is not None,
        "legal-basis": "law" in service.shown,
    }
    shown = {indicator for offer in offers for indicator in rules[offer]["indicators"]}
    return tuple(sorted({*_ALWAYS, *shown, *(name for name, is_said in facts.items() if is_said)}))


def _url(world: World, page: Page) -> str:
    site: Site = world.sites[page.site_id]
    return site.root.rstrip("/") + page.target


class _PlainDumper(yaml.SafeDumper):
    """YAML without anchors: the same words twice are written twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Never write an anchor."""
        return True
