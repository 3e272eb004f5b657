"""Find the public services of a country in its pages: each stands once, however many pages speak of it.

A service is described on a page of its own, applied for on another, repeated in two more languages, listed
in a catalogue and offered again on the joint portal. All of these are one service, with one id that stays the
same from round to round. News, vacancies, tenders and laws are no services, however much they look like one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from pipelines.records import PageSummary, Service, ServiceAlias, ServiceFact, ServiceName, ServicePage
from pipelines.services.drawing import draw_atlas
from pipelines.services.known_services import KnownService
from pipelines.services.page_source import PagesAtHand, PageSource
from pipelines.services.recognising import give_ids
from pipelines.services.service_groups import find_services
from pipelines.services.service_words import ServiceWords
from pipelines.services.tables import Tables, tables
from pipelines.services.telling import (
    service_aliases,
    service_facts,
    service_names,
    service_pages,
    service_rows,
    tell,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """The services of one country and round, as rows sorted by their keys."""

    services: tuple[Service, ...]
    names: tuple[ServiceName, ...]
    pages: tuple[ServicePage, ...]
    facts: tuple[ServiceFact, ...]
    aliases: tuple[ServiceAlias, ...]


def identify(pages: Iterable[PageSummary], known: Iterable[KnownService], words: ServiceWords) -> Identified:
    """Return the services that `pages`, all of one country and round, speak of.

    `known` are the services of earlier rounds, whose ids stay. The order of `pages` changes nothing.
    """
    with tables() as ours:
        tell_services(PagesAtHand(pages), known, ours, words)
        return Identified(
            services=tuple(chain.from_iterable(service_rows(ours))),
            names=tuple(chain.from_iterable(service_names(ours))),
            pages=tuple(chain.from_iterable(service_pages(ours))),
            facts=tuple(chain.from_iterable(service_facts(ours))),
            aliases=tuple(chain.from_iterable(service_aliases(ours))),
        )


def tell_services(
    pages: PageSource, known: Iterable[KnownService], ours: Tables, words: ServiceWords
) -> None:
    """Tell the services that `pages` speak of, as `identify`, into `ours`, from where `telling` yields them.

    No more is in memory than what a few pages and services need, however many there are.
    """
    atlas = draw_atlas(pages, ours, words.identify)
    for found in find_services(atlas, pages, ours, words.identify):
        tell(found, ours, words)
    give_ids(known, ours, words.identify)
