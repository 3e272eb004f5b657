"""All pages of a round at a glance: who stands where, who leads where, and what a site calls itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipelines.services.tables import Tables

_MOST_MOVES = 5
_SITES_AT_ONCE = 64  # whose names are at hand: pages come site by site


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A page that was observed at an address."""

    url: str  # canonical
    page_id: str
    is_document: bool


class Atlas:
    """The observed pages by address, the addresses that could not be looked at, and words about both.

    Addresses are canonical. It is drawn by `drawing.draw_atlas`.
    """

    def __init__(self, tables: Tables) -> None:
        """Look up in `tables`."""
        self._tables = tables
        self.site_names = lru_cache(maxsize=_SITES_AT_ONCE)(self._site_names)

    def resolve(self, url: str) -> Observed | None:
        """Return the page at `url`, after redirects; None when none was observed."""
        for _ in range(_MOST_MOVES):
            found = self._at(url)
            target = None if found else self._target(url)
            if target is None:
                return found
            url = target
        return self._at(url)

    def could_not_look(self, url: str) -> bool:
        """Whether `url` was asked for and no page was seen, there or where it moved to."""
        asked = self._tables.execute("select 1 from failed where url = ?", (url,)).fetchone()
        return asked is not None and self.resolve(url) is None

    def is_document(self, url: str) -> bool:
        """Whether a file was read at `url` itself."""
        query = "select 1 from page where url = ? and is_document"
        return self._tables.execute(query, (url,)).fetchone() is not None

    def anchors(self, url: str) -> Mapping[str, int]:
        """Return what links and lists call the page at `url`, and how often."""
        return dict(self._tables.execute("select text, times from anchor where url = ?", (url,)))

    def is_listed(self, url: str) -> bool:
        """Whether a list of services leads to `url`."""
        return self._tables.execute("select 1 from listed where url = ?", (url,)).fetchone() is not None

    def _site_names(self, site_id: str) -> frozenset[str]:
        """Return the folded texts that the titles of a site share."""
        query = "select part from site_name where site_id = ?"
        return frozenset(part for (part,) in self._tables.execute(query, (site_id,)))

    def _at(self, url: str) -> Observed | None:
        query = "select page_id, is_document from page where url = ?"
        found = self._tables.execute(query, (url,)).fetchone()
        return Observed(url=url, page_id=found[0], is_document=bool(found[1])) if found else None

    def _target(self, url: str) -> str | None:
        found = self._tables.execute("select target from moved where url = ?", (url,)).fetchone()
        return found[0] if found else None
