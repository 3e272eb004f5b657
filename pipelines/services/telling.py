"""Tell the services of a round one after another: first what each is, then, when all have ids, as rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter

from pipelines.records import PageSummary, Service, ServiceAlias, ServiceFact, ServiceName, ServicePage
from pipelines.services.recognising import ALIASES, SIGHT
from pipelines.services.service_groups import Found
from pipelines.services.service_nodes import bare
from pipelines.services.service_rows import fact_rows, name_rows, page_rows, service_row, shape, sight
from pipelines.services.service_words import ServiceWords
from pipelines.services.tables import Tables

Row = TypeVar("Row", Service, ServiceName, ServicePage, ServiceFact)
_UNKNOWN = ""  # the id of a service until all were found
_NO_ID = b'"service_id":""'  # as it stands in JSON
_KEPT = "insert into service values (?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldService:
    """One service, its pages, and the summaries of these without what they say."""

    service: Service
    pages: tuple[ServicePage, ...]
    seen: tuple[PageSummary, ...]


_SERVICE = TypeAdapter(tuple[Service, ...])
_NAMES = TypeAdapter(tuple[ServiceName, ...])
_PAGES = TypeAdapter(tuple[ServicePage, ...])
_FACTS = TypeAdapter(tuple[ServiceFact, ...])
_SEEN = TypeAdapter(tuple[PageSummary, ...])


def tell(found: Found, tables: Tables, words: ServiceWords) -> None:
    """Keep what a service is, without its id."""
    shaped = shape(found, words)
    known_by = sight(shaped, words)
    speaking = (*(node.page for node in found.nodes), *(page for page, _ in found.others))
    pages = {page.page_id: bare(page) for page in speaking}
    kept = (
        known_by.addresses[0],
        known_by.institution_id,
        SIGHT.dump_json(known_by),
        _SERVICE.dump_json((service_row(shaped, _UNKNOWN, words),)),
        _NAMES.dump_json(tuple(name_rows(shaped, _UNKNOWN))),
        _PAGES.dump_json(tuple(page_rows(shaped, _UNKNOWN))),
        _FACTS.dump_json(tuple(fact_rows(shaped, _UNKNOWN))),
        _SEEN.dump_json(tuple(pages.values())),
    )
    tables.execute(_KEPT, kept)
    tables.executemany("insert or ignore into service_page values (?)", ((page_id,) for page_id in pages))


def told_services(tables: Tables) -> Iterator[ToldService]:
    """Yield what there is to judge of each service that was told, by their ids."""
    for service_id, service, pages, seen in _in_order(tables, "service, pages, seen"):
        (own,) = _of(service_id, service, _SERVICE)
        yield ToldService(service=own, pages=_of(service_id, pages, _PAGES), seen=_SEEN.validate_json(seen))


def service_rows(tables: Tables) -> Iterator[tuple[Service, ...]]:
    """Yield each service that was told as a row, by their ids."""
    for service_id, told in _in_order(tables, "service"):
        yield _of(service_id, told, _SERVICE)


def service_names(tables: Tables) -> Iterator[tuple[ServiceName, ...]]:
    """Yield the names of each service, by language."""
    for service_id, told in _in_order(tables, "names"):
        yield _of(service_id, told, _NAMES)


def service_pages(tables: Tables) -> Iterator[tuple[ServicePage, ...]]:
    """Yield the pages of each service, by their ids."""
    for service_id, told in _in_order(tables, "pages"):
        yield _of(service_id, told, _PAGES)


def service_facts(tables: Tables) -> Iterator[tuple[ServiceFact, ...]]:
    """Yield the facts of each service, by what they are, language and place."""
    for service_id, told in _in_order(tables, "facts"):
        yield tuple(sorted(_of(service_id, told, _FACTS), key=_place))


def service_aliases(tables: Tables) -> Iterator[tuple[ServiceAlias, ...]]:
    """Yield all addresses and earlier ids by which each service is known, by kind."""
    for service_id, round_id, aliases in _in_order(tables, "service ->> '$[0].round_id', aliases"):
        yield tuple(
            ServiceAlias(service_id=service_id, round_id=round_id, alias=alias, kind=kind)
            for kind, alias in ALIASES.validate_json(aliases)
        )


def _in_order(tables: Tables, columns: str) -> Iterator[tuple[Any, ...]]:
    query = f"select service_id, {columns} from identity join service using (address) order by service_id"  # noqa: S608 - our own words
    yield from tables.execute(query)


def _of(service_id: str, told: bytes, rows: TypeAdapter[tuple[Row, ...]]) -> tuple[Row, ...]:
    """The rows that were kept without the id; within a text no quote stands without a backslash before it."""
    return rows.validate_json(told.replace(_NO_ID, _NO_ID[:-1] + service_id.encode() + b'"'))


def _place(row: ServiceFact) -> tuple[str, str, str, int, str]:
    return row.fact, row.language, row.page_id, row.offset, row.quote
