"""Write a service that was found as rows: itself, its names, its pages, its facts, its aliases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.records import Service, ServiceFact, ServiceName, ServicePage
from pipelines.services.known_services import Sight
from pipelines.services.same_content import content_of
from pipelines.services.service_groups import Found
from pipelines.services.service_nodes import DESCRIPTION, DOCUMENT, ENTRY, STEP, Node
from pipelines.services.service_words import ServiceWords
from pipelines.services.topics import cofog_of, life_event_of

PORTAL = "portal"
_BEST_ROLES = (DESCRIPTION, PORTAL, STEP, DOCUMENT, ENTRY)  # of several roles of one page, the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A service ready to be written: its nodes with the best description first."""

    found: Found
    nodes: tuple[Node, ...]
    names: tuple[Node, ...]  # the node that names it best, for each language
    institution_id: str

    @property
    def head(self) -> Node:
        """Its best description."""
        return self.nodes[0]


def shape(found: Found, words: ServiceWords) -> Shape:
    """Return `found` with its nodes ranked: its own site before the portal, a page before a list's item."""
    languages = {language: place for place, language in enumerate(words.identify.languages)}
    nodes = tuple(sorted(found.nodes, key=lambda node: _rank(node, languages)))
    named: dict[str, Node] = {}
    for node in nodes:
        if node.name:
            named.setdefault(node.language, node)
    provider = next((node.provider_id for node in nodes if node.provider_id), None)
    return Shape(
        found=found,
        nodes=nodes,
        names=tuple(node for _, node in sorted(named.items())),
        institution_id=provider or nodes[0].page.institution_id,
    )


def _rank(node: Node, languages: dict[str, int]) -> tuple[object, ...]:
    roles = (DESCRIPTION, STEP, DOCUMENT, ENTRY)
    facts = len({fact.fact for fact in node.facts})
    language = languages.get(node.language, len(languages))
    is_unnamed = not node.name
    return is_unnamed, roles.index(node.role), node.page.is_joint_portal, -facts, language, node.url, node.key


def sight(shaped: Shape, words: ServiceWords) -> Sight:
    """Return what the service can be known by in other rounds; descriptions' addresses stand first."""
    addresses = list(dict.fromkeys(node.neutral for node in shaped.nodes))
    first = min(
        (node for node in shaped.nodes if node.role == shaped.head.role),
        key=lambda node: (node.page.is_joint_portal, node.neutral),
    ).neutral
    rest = sorted(set(addresses) - {first})
    return Sight(
        country_id=shaped.head.page.country_id,
        institution_id=shaped.institution_id,
        addresses=(first, *rest),
        names=tuple((node.language, node.name) for node in shaped.names),
        content=content_of(fact_rows(shaped, ""), words.identify.content),
    )


def service_row(shaped: Shape, service_id: str, words: ServiceWords) -> Service:
    """Return the service itself; its money and time are those of its best page that states them."""
    head = shaped.head
    fee = _value(shaped.nodes, "fee")
    days = _value(shaped.nodes, "processing_time")
    names = [head.name, *(node.name for node in shaped.names)]
    event = life_event_of(names, words)
    amount, currency = _money(fee)
    return Service(
        service_id=service_id,
        country_id=head.page.country_id,
        round_id=head.page.round_id,
        institution_id=shaped.institution_id,
        site_id=head.page.site_id,
        page_id=head.page.page_id,
        url=head.page.url if head.role != ENTRY else head.url,
        name=head.name,
        language=head.language,
        life_event_id=event,
        cofog_division=cofog_of(names, event, words),
        fee_amount=amount,
        fee_currency=currency,
        is_free=None if amount is None else not amount,
        processing_days=_days(days),
        page_count=len({row.page_id for row in page_rows(shaped, service_id)}),
        unseen_count=len(shaped.found.unseen),
    )


def _value(nodes: Sequence[Node], fact: str) -> str | None:
    return next((each.value for node in nodes for each in node.facts if each.fact == fact), None)


def _money(value: str | None) -> tuple[float | None, str | None]:
    """The amount and currency of a normalised fee; (None, None) of one that could not be read."""
    if value == "free":
        return 0.0, None
    amount, _, currency = (value or "").partition(" ")
    try:
        return float(amount), currency or None
    except ValueError:
        return None, None


def _days(value: str | None) -> float | None:
    try:
        return float(value) if value is not None else None
    except ValueError:
        return None


def name_rows(shaped: Shape, service_id: str) -> Iterator[ServiceName]:
    """Yield the service's name in each language that it has."""
    for node in shaped.names:
        yield ServiceName(
            service_id=service_id,
            round_id=node.page.round_id,
            language=node.language,
            name=node.name,
            page_id=node.page.page_id,
        )


def page_rows(shaped: Shape, service_id: str) -> list[ServicePage]:
    """Return the service's pages, each once, with its best role."""
    roles: dict[str, ServicePage] = {}
    pages = [(node.page, _role(node)) for node in shaped.nodes] + list(shaped.found.others)
    for page, role in sorted(pages, key=lambda pair: (_BEST_ROLES.index(pair[1]), pair[0].page_id)):
        row = ServicePage(
            service_id=service_id,
            round_id=page.round_id,
            page_id=page.page_id,
            url=page.url,
            language=page.language,
            role=role,
        )
        roles.setdefault(page.page_id, row)
    return [roles[page_id] for page_id in sorted(roles)]


def _role(node: Node) -> str:
    is_portal = node.role == DESCRIPTION and node.page.is_joint_portal
    return PORTAL if is_portal else node.role


def fact_rows(shaped: Shape, service_id: str) -> Iterator[ServiceFact]:
    """Yield each fact once a language, from the best page that states it; of documents all of that page."""
    stated: dict[tuple[str, str], str] = {}
    for node in shaped.nodes:
        for fact in node.facts:
            source = stated.setdefault((fact.fact, node.language), node.key)
            if source == node.key:
                yield ServiceFact(
                    service_id=service_id,
                    round_id=node.page.round_id,
                    fact=fact.fact,
                    value=fact.value,
                    quote=fact.quote,
                    page_id=node.page.page_id,
                    offset=fact.offset,
                    language=node.language,
                )
