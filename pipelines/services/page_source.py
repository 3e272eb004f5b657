"""The pages of a round, wherever they lie: they are gone through more than once, and never held together."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol

from pipelines.records import PageSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAddress:
    """Of a page's summary what tells where it is; the fields are those of `PageSummary`."""

    page_id: str
    site_id: str
    url: str
    canonical_url: str
    moved_to: str | None
    outcome: str


class PageSource(Protocol):
    """Where the summaries of a round come from."""

    def addresses(self) -> Iterable[PageAddress]:
        """All pages, as addresses."""

    def summaries(self) -> Iterable[PageSummary]:
        """All pages, those of a site one after another."""

    def some(self, site_id: str, page_ids: Collection[str]) -> Iterable[PageSummary]:
        """Those pages of a site that have these ids."""


class PagesAtHand:
    """Pages that are in memory already."""

    def __init__(self, pages: Iterable[PageSummary]) -> None:
        """Take the pages, in any order."""
        self._pages = sorted(pages, key=attrgetter("site_id"))

    def addresses(self) -> Iterator[PageAddress]:
        """Yield all pages, as addresses."""
        for page in self._pages:
            yield PageAddress(
                page_id=page.page_id,
                site_id=page.site_id,
                url=page.url,
                canonical_url=page.canonical_url,
                moved_to=page.moved_to,
                outcome=page.outcome,
            )

    def summaries(self) -> Iterator[PageSummary]:
        """Yield all pages, those of a site one after another."""
        yield from self._pages

    def some(self, site_id: str, page_ids: Collection[str]) -> Iterator[PageSummary]:
        """Yield those pages of a site that have these ids."""
        return (page for page in self._pages if page.site_id == site_id and page.page_id in page_ids)
