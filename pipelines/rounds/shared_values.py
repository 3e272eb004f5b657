"""Hold once what many pages of a site have in common: all summaries of a round are in memory together."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from pipelines.records import PageSummary, SummaryLink

Value = TypeVar("Value", bound=Hashable)


def sharing(summaries: Iterable[PageSummary]) -> Iterator[PageSummary]:
    """Yield equal summaries whose equal values are the same objects, within each run of one site's pages.

    A link stands on many pages, and its address is that of another page; ids, kinds and outcomes repeat on
    each row, of which every one was read as words of its own.
    """
    for _, pages in groupby(summaries, key=lambda page: page.site_id):
        known: dict[Hashable, Hashable] = {}
        for page in pages:
            yield _shared(page, known)


def _shared(page: PageSummary, known: dict[Hashable, Hashable]) -> PageSummary:
    def same(value: Value) -> Value:
        return known.setdefault(value, value)  # type: ignore[return-value]  # equal, so of the same type

    def link(one: SummaryLink) -> SummaryLink:
        if one in known:
            return same(one)
        return same(
            SummaryLink(
                url=same(one.url), text=same(one.text), region=same(one.region), file_type=same(one.file_type)
            )
        )

    return replace(
        page,
        country_id=same(page.country_id),
        round_id=same(page.round_id),
        site_id=same(page.site_id),
        institution_id=same(page.institution_id),
        provider_id=same(page.provider_id),
        url=same(page.url),
        canonical_url=same(page.canonical_url),
        outcome=same(page.outcome),
        language=same(page.language),
        kind=same(page.kind),
        title=same(page.title),
        h1=same(page.h1),
        links=same(tuple(map(link, page.links))),
        alternates=same(page.alternates),
        kind_shares=same(page.kind_shares),
    )
