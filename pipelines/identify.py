"""Find the public services of a country in its pages: each stands once, however many pages speak of it.

A service is described on a page of its own, applied for on another, repeated in two more languages, listed
in a catalogue and offered again on the joint portal. All of these are one service, with one id that stays the
same from round to round. News, vacancies, tenders and laws are no services, however much they look like one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.records import PageSummary, Service, ServiceAlias, ServiceFact, ServiceName, ServicePage
from pipelines.services.atlas import draw_atlas
from pipelines.services.known_services import KnownService
from pipelines.services.recognising import recognise
from pipelines.services.service_groups import find_services
from pipelines.services.service_rows import (
    alias_rows,
    fact_rows,
    name_rows,
    page_rows,
    service_row,
    shape,
    sight,
)
from pipelines.services.service_words import ServiceWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """The services of one country and round, as rows sorted by their keys."""

    services: tuple[Service, ...]
    names: tuple[ServiceName, ...]
    pages: tuple[ServicePage, ...]
    facts: tuple[ServiceFact, ...]
    aliases: tuple[ServiceAlias, ...]


def identify(pages: Iterable[PageSummary], known: Sequence[KnownService], words: ServiceWords) -> Identified:
    """Return the services that `pages`, all of one country and round, speak of.

    `known` are the services of earlier rounds, whose ids stay. The order of `pages` changes nothing.
    """
    found = find_services(draw_atlas(pages, words.identify), words.identify)
    shapes = [shape(one, words) for one in found]
    seen = sorted(((sight(one, words), one) for one in shapes), key=lambda pair: pair[0].addresses)
    identities = recognise([one for one, _ in seen], known, words.identify)
    pairs = [(one, who) for (_, one), who in zip(seen, identities, strict=True)]
    return Identified(
        services=tuple(
            sorted(
                (service_row(one, who.service_id, words) for one, who in pairs),
                key=lambda row: row.service_id,
            )
        ),
        names=tuple(
            sorted(
                (row for one, who in pairs for row in name_rows(one, who.service_id)),
                key=lambda row: (row.service_id, row.language),
            )
        ),
        pages=tuple(
            sorted(
                (row for one, who in pairs for row in page_rows(one, who.service_id)),
                key=lambda row: (row.service_id, row.page_id),
            )
        ),
        facts=tuple(
            sorted(
                (row for one, who in pairs for row in fact_rows(one, who.service_id)),
                key=lambda row: (row.service_id, row.fact, row.language, row.page_id, row.offset, row.quote),
            )
        ),
        aliases=tuple(
            sorted(
                (row for one, who in pairs for row in alias_rows(one, who)),
                key=lambda row: (row.service_id, row.kind, row.alias),
            )
        ),
    )
