"""What pages that are not about one service show: lists, articles, calendars, generated filler."""

from collections.abc import Callable
from typing import Any

from crawlers.sample import words
from crawlers.sample.choose import number, pick
from crawlers.sample.content import content
from crawlers.sample.deep import group_links, latest, listing, title
from crawlers.sample.model import Site, World
from crawlers.sample.pages import filler_pages
from crawlers.sample.routes import Page, address
from crawlers.sample.service_views import entries

_ON_HOME = 5  # services listed on a home page
_MONTHS_SHOWN = 12  # the calendar ends somewhere, as it should
_LONGEST_FILLER = 12  # sentences


def page_view(world: World, site: Site, page: Page) -> dict[str, Any]:
    """Return what the template of `page` needs beside its frame."""
    builder = _BUILDERS.get(page.template)
    return builder(world, site, page) if builder else {}


def _home(world: World, site: Site, page: Page) -> dict[str, Any]:
    filler = list(filler_pages(world, site, page.language))
    return {
        "title": (site.title or world.institutions[site.institution_id].name)[page.language],
        "listed": entries(world, site, page.language)[
            : content("deep")["popular"] if world.is_deep else _ON_HOME
        ],
        "news": [
            (content("pages")[item]["title"][page.language], address(site, "page", page.language, id=item))
            for item in site.extras
            if content("pages")[item]["kind"] == "news"
        ],
        "filler": [
            (_filler_title(other, world), other.target)
            for other in (latest(filler, page) if world.is_deep else filler)
        ],
        "dead_link": address(site, "page", page.language, id="ob-upravlenii-2019"),
    }


def _services(world: World, site: Site, page: Page) -> dict[str, Any]:
    if world.is_deep:
        links = group_links(world, site, page.language)
        return {"listed": [{"name": name, "url": url, "provider": ""} for name, url in links]}
    return {"listed": entries(world, site, page.language)}


def _life_event(world: World, site: Site, page: Page) -> dict[str, Any]:
    event = (page.item or "").removeprefix("life-")
    return {
        "title": words.term("life_events", event, page.language),
        "listed": entries(world, site, page.language, event),
    }


def _article(world: World, site: Site, page: Page) -> dict[str, Any]:
    return {
        "paragraphs": content("pages")[page.item]["body"][page.language],
        "published": _published(world, site, page),
    }


def _dataset(world: World, site: Site, page: Page) -> dict[str, Any]:
    return _article(world, site, page) | {"dataset": content("pages")[page.item]["dataset"]}


def _drafts(world: World, site: Site, page: Page) -> dict[str, Any]:
    view, pages = _article(world, site, page), content("pages")
    drafts = [item for item in site.extras if pages[item]["template"] == "draft"]
    return view | {
        "drafts": [
            (pages[item]["title"][page.language], address(site, "page", page.language, id=item))
            for item in drafts
        ]
    }


def _published(world: World, site: Site, page: Page) -> str:
    month = number(9, world.seed, site.id, page.item, "month") + 1
    return words.date(world.year, month, number(28, world.seed, page.item, "day") + 1, page.language)


def _filler(world: World, site: Site, page: Page) -> dict[str, Any]:
    sentences = content("filler")["sentences"][page.language]
    count = 3 + number(_LONGEST_FILLER, world.seed, site.id, page.item)
    return {
        "title": _filler_title(page, world),
        "paragraphs": [pick(sentences, world.seed, site.id, page.item, index) for index in range(count)],
        "published": _published(world, site, page),
        "latest": [
            (_filler_title(other, world), other.target)
            for other in (
                latest(list(filler_pages(world, site, page.language)), page) if world.is_deep else []
            )
        ],
    }


def _listing(world: World, site: Site, page: Page) -> dict[str, Any]:
    filler = list(filler_pages(world, site, page.language))
    entries, pager = listing(world, site, page, filler)
    rows = [
        (_filler_title(entry, world), entry.target) if isinstance(entry, Page) else entry for entry in entries
    ]
    which, _, group = (page.item or "").partition("-")
    is_of_services = which == "for"
    archives = content("deep")["archives"]
    name = (
        words.term("recipients", group, page.language) if is_of_services else archives[group][page.language]
    )
    services = words.ui("services", page.language)
    return {"title": f"{services}: {name}" if is_of_services else name, "rows": rows, "pager": pager}


def _filler_title(page: Page, world: World) -> str:
    deep = title(page) if world.is_deep else None
    if deep:
        return deep
    kind, _, index = (page.item or "").rpartition("-")
    return str(content("filler")["titles"][kind][page.language][0]).format(n=index)


def _calendar(world: World, site: Site, page: Page) -> dict[str, Any]:
    month = page.number or 1
    first = number(7, world.seed, world.year, month)
    cells = [*[0] * first, *range(1, 31)]
    view = _article(world, site, page)
    links = {
        name: address(site, "page", page.language, id="calendar") + f"?month={other:02}"
        for name, other in (("earlier", month - 1), ("later", month + 1))
    }
    return view | {
        "month_name": f"{content('wording')['months'][page.language][month - 1]} {world.year}",
        "weeks": [cells[at : at + 7] for at in range(0, len(cells), 7)],
        "earlier": links["earlier"] if month > 1 else None,
        "later": links["later"] if month < _MONTHS_SHOWN else None,
    }


_BUILDERS: dict[str, Callable[[World, Site, Page], dict[str, Any]]] = {
    "home": _home,
    "services": _services,
    "life-event": _life_event,
    "article": _article,
    "faq": _article,
    "filler": _filler,
    "calendar": _calendar,
    "dataset": _dataset,
    "draft": _article,
    "listing": _listing,
    "drafts": _drafts,
}
