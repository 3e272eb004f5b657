"""Hold once what many pages of a site have in common: all summaries of a round are in memory together."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from pipelines.records import PageSummary, SummaryLink

_REPEATED = (
    "country_id",
    "round_id",
    "site_id",
    "institution_id",
    "provider_id",
    "url",
    "canonical_url",
    "outcome",
    "language",
    "kind",
    "title",
    "h1",
    "alternates",
    "kind_shares",
)

_OF_A_LINK = ("url", "text", "region", "file_type")


def sharing(summaries: Iterable[PageSummary]) -> Iterator[PageSummary]:
    """Yield equal summaries whose equal values are the same objects, within each run of one site's pages.

    A link stands on many pages, and its address is that of another page; ids, kinds and outcomes repeat on
    each row, of which every one was read as words of its own.
    """
    for _, pages in groupby(summaries, key=lambda page: page.site_id):
        known: dict[Any, Any] = {}  # value -> the first that was equal to it
        for page in pages:
            yield _shared(page, known)


def _shared(page: PageSummary, known: dict[Any, Any]) -> PageSummary:
    same: dict[str, Any] = {
        name: known.setdefault(value, value) for name in _REPEATED for value in (getattr(page, name),)
    }
    return replace(page, links=tuple(_link(one, known) for one in page.links), **same)


def _link(link: SummaryLink, known: dict[Any, Any]) -> SummaryLink:
    """The link as another page had it; one that none had is kept, in words that are known already."""
    if link not in known:
        words: dict[str, Any] = {
            name: known.setdefault(word, word) for name in _OF_A_LINK for word in (getattr(link, name),)
        }
        known[link] = replace(link, **words)
    kept: SummaryLink = known[link]
    return kept
