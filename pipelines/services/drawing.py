"""Draw the atlas of a round: take in page after page, and keep those that may speak of services."""

from collections import Counter
from itertools import groupby
from operator import attrgetter

from pydantic import TypeAdapter

from crawlers.outcomes import Outcome
from pipelines.judging.phrases import fold
from pipelines.records import PageSummary
from pipelines.services.atlas import Atlas
from pipelines.services.identify_words import IdentifyWords, Roles
from pipelines.services.names import title_parts
from pipelines.services.neutral_addresses import neutral_address
from pipelines.services.page_source import PageAddress, PageSource
from pipelines.services.tables import Tables

_MOST_WAITING = 20_000  # texts of links that are counted before they are written
SUMMARY = TypeAdapter(PageSummary)

# Of several captures of one address the one without parameters that change nothing comes first.
_PLAINER = "(excluded.length, excluded.captured, excluded.page_id) < (length, captured, page_id)"
_OBSERVED = f"""
insert into page (url, length, captured, page_id, site_id) values (?, ?, ?, ?, ?)
on conflict (url) do update
set length = excluded.length, captured = excluded.captured,
    page_id = excluded.page_id, site_id = excluded.site_id
where {_PLAINER}
"""  # noqa: S608 - our own words
_MOVED = f"""
insert into moved (url, length, captured, page_id, target) values (?, ?, ?, ?, ?)
on conflict (url) do update
set length = excluded.length, captured = excluded.captured,
    page_id = excluded.page_id, target = excluded.target
where {_PLAINER}
"""  # noqa: S608 - our own words
_TAKEN_IN = """
update page set neutral = ?, is_document = ?, is_list = ?
where url = ? and captured = ? and page_id = ? and site_id = ? and neutral is null
"""
_CALLED = """
insert into anchor values (?, ?, ?) on conflict (url, text) do update set times = times + excluded.times
"""
_SHARED = "insert into site_name select ?, part from part group by part having count(*) >= ?"


def draw_atlas(pages: PageSource, tables: Tables, words: IdentifyWords) -> Atlas:
    """Return the atlas of `pages`, drawn into `tables`, which are empty; their order does not matter."""
    for address in pages.addresses():
        _note(address, tables)
    drawing = _Drawing(tables, words)
    for site_id, of_site in groupby(pages.summaries(), key=attrgetter("site_id")):
        for page in of_site:
            if Outcome(page.outcome).is_observation:
                drawing.take_in(page)
        drawing.end_site(site_id)
    return Atlas(tables)


def _note(page: PageAddress, tables: Tables) -> None:
    spelling = (page.canonical_url, len(page.url), page.url, page.page_id)
    if Outcome(page.outcome).is_observation:
        tables.execute(_OBSERVED, (*spelling, page.site_id))
    elif page.moved_to and page.moved_to != page.canonical_url:
        tables.execute(_MOVED, (*spelling, page.moved_to))
    else:
        tables.execute("insert or ignore into failed values (?)", (page.canonical_url,))


def may_speak(page: PageSummary, roles: Roles) -> bool:
    """Return whether a page may describe a service, be a step of one or its file, or list some, by itself."""
    kinds = roles.description | roles.step | roles.list
    facts = {fact.fact for fact in page.facts}
    return page.is_document or page.kind in kinds or len(facts) >= min(roles.facts, roles.full)


class _Drawing:
    """What is known of the pages that were taken in, and not written yet."""

    def __init__(self, tables: Tables, words: IdentifyWords) -> None:
        self._tables, self._words = tables, words
        self._called: Counter[tuple[str, str]] = Counter()  # address, text of a link to it

    def take_in(self, page: PageSummary) -> None:
        """Note what an observed page says of itself and of others, if it stands for its address."""
        if not self._stands_for_its_address(page):
            return
        for link in page.links:
            if link.text and link.url != page.canonical_url:
                self._called[link.url, link.text] += 1
        listed = [entry for entry in page.entries if entry.url]
        self._called.update((entry.url or "", entry.name) for entry in listed)
        if page.kind in self._words.roles.list:
            self._tables.executemany(
                "insert or ignore into listed values (?)", ((entry.url,) for entry in listed)
            )
        parts = {fold(part).strip() for part in {*title_parts(page.title), page.title, page.h1} - {""}}
        self._tables.executemany(
            "insert or ignore into part values (?, ?)", ((part, page.text_sha256) for part in parts)
        )
        if may_speak(page, self._words.roles):
            kept = (page.canonical_url, SUMMARY.dump_json(page))
            self._tables.execute("insert into kept values (?, ?)", kept)
        if len(self._called) > _MOST_WAITING:
            self._write_calls()

    def end_site(self, site_id: str) -> None:
        """Write what the pages of a site that were taken in have in common."""
        self._tables.execute(_SHARED, (site_id, self._words.names.shared_by_pages))
        self._tables.execute("delete from part")
        self._write_calls()

    def _stands_for_its_address(self, page: PageSummary) -> bool:
        done = self._tables.execute(
            _TAKEN_IN,
            (
                neutral_address(page.canonical_url, self._words),
                page.is_document,
                page.kind in self._words.roles.list,
                page.canonical_url,
                page.url,
                page.page_id,
                page.site_id,
            ),
        )
        return done.rowcount == 1

    def _write_calls(self) -> None:
        self._tables.executemany(_CALLED, ((url, text, n) for (url, text), n in self._called.items()))
        self._called.clear()
