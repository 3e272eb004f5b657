"""Deep sites, as real ones are: a catalogue of services by group, archives of news page after page.

The default republic is shallow, so that it is quickly crawled; a deep one shows whether a crawler finds
the services of a site before its budget is spent on news.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from crawlers.sample import words
from crawlers.sample.choose import number, pick
from crawlers.sample.content import content
from crawlers.sample.model import Service, Site, World
from crawlers.sample.offers import name_on, services_on
from crawlers.sample.routes import Page, address, service_address

Link = tuple[str, str]  # text and address


def deepen(world: World) -> World:
    """Return the same republic with services behind a catalogue, and further pages behind archives."""
    return replace(world, is_deep=True)


def deep_pages(world: World, site: Site, language: str, filler: list[Page]) -> Iterator[Page]:
    """Yield the pages of one language that lead to services and to `filler` on a deep site, else none."""
    if not world.is_deep:
        return
    for group, services in groups(world, site, language).items():
        for nth in range(_page_count(len(services))):
            yield _listing(site, language, f"for-{group}", nth, "service-list")
    for kind in content("filler")["kinds"]:
        for nth in range(_page_count(len(_of_kind(filler, kind)))):
            yield _listing(site, language, f"all-{kind}", nth, "other")


def groups(world: World, site: Site, language: str) -> dict[str, list[Service]]:
    """Return the services of a site by whom they are for."""
    found: dict[str, list[Service]] = {}
    for service in services_on(world, site):
        if site.is_joint_portal or language in service.languages:
            found.setdefault(service.recipients, []).append(service)
    return found


def group_links(world: World, site: Site, language: str) -> list[Link]:
    """Return where the list of services leads: to one list for each group of people."""
    return [
        (words.term("recipients", group, language), address(site, "page", language, id=f"for-{group}"))
        for group in groups(world, site, language)
    ]


def archive_links(site: Site, language: str) -> list[Link]:
    """Return where the menu leads beside services."""
    titles = content("deep")["archives"]
    return [(titles[kind][language], address(site, "page", language, id=f"all-{kind}")) for kind in titles]


def title(page: Page) -> str | None:
    """Return the title of a generated page that speaks of services and is none; None for the others."""
    kind, _, index = (page.item or "").rpartition("-")
    every, titles = content("deep")["every"], content("deep")["speaks_of_services"]
    if kind != "news" or number(every, "deep", index):
        return None
    return str(pick(titles[page.language], "deep", index)).format(n=index)


def latest(filler: list[Page], page: Page) -> list[Page]:
    """Return the pages that stand beside every page of a deep site: the latest news."""
    return [other for other in _of_kind(filler, "news") if other.target != page.target][: _each()]


def listing(world: World, site: Site, page: Page, filler: list[Page]) -> tuple[list[Any], list[Link]]:
    """Return what a page of a list shows: services or pages, and the links of its pager."""
    which, _, group = (page.item or "").partition("-")
    language = page.language
    everything: list[Any] = (
        [
            (name_on(site, service, language), service_address(site, "service", language, service))
            for service in groups(world, site, language)[group]
        ]
        if which == "for"
        else _of_kind(filler, group)
    )
    first = page.number * _each()
    pager = [
        (str(nth + 1), _target(site, language, page.item or "", nth))
        for nth in range(_page_count(len(everything)))
        if abs(nth - page.number) <= content("deep")["pager"]
    ]
    return everything[first : first + _each()], pager


def _listing(site: Site, language: str, item: str, nth: int, kind: str) -> Page:
    return Page(
        site_id=site.id,
        role="page",
        target=_target(site, language, item, nth),
        language=language,
        kind=kind,
        template="listing",
        item=item,
        number=nth,
    )


def _target(site: Site, language: str, item: str, nth: int) -> str:
    target = address(site, "page", language, id=item)
    return f"{target}{'&' if '?' in target else '?'}PAGEN_1={nth + 1}" if nth else target


def _of_kind(filler: list[Page], kind: str) -> list[Page]:
    return [page for page in filler if page.kind == kind]


def _each() -> int:
    return int(content("deep")["entries_each"])


def _page_count(entries: int) -> int:
    return -(-entries // _each())
