"""Find the pages and list items that describe a service: the nodes that are then joined into services."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.judging.phrases import fold
from pipelines.records import PageFact, PageSummary
from pipelines.services.atlas import Atlas
from pipelines.services.facts import FACTS
from pipelines.services.identify_words import IdentifyWords, Roles
from pipelines.services.names import clean_name, may_be_name, name_key
from pipelines.services.neutral_addresses import neutral_address
from pipelines.services.page_names import page_name

_ENOUGH = 2  # things in common, that two pages be of one service
DESCRIPTION, STEP, DOCUMENT, ENTRY = "description", "form", "document", "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A page, or one item of a list, that speaks of one service."""

    key: str  # page_id, with the item's number for an item
    role: str  # description | form | document | list
    page: PageSummary  # without what the node has, and for an item without what is the list's
    url: str  # canonical
    neutral: str  # the same without its language
    name: str  # "" when the page gives none of its own
    words: frozenset[str]  # of the name, as names are compared
    facts: tuple[PageFact, ...]
    provider_id: str | None
    number: int = 0  # of the item in its list

    @property
    def language(self) -> str:
        """The language it is written in."""
        return self.page.language


def page_node(
    page: PageSummary, atlas: Atlas, rules: IdentifyWords, known_role: str | None = None
) -> Node | None:
    """Return the node that a page is: a description, a step or a document; None where it is none of these.

    `known_role` is the one that it has whatever it looks like.
    """
    name = page_name(page, atlas, rules)
    role = known_role or _role(page, name, atlas, rules)
    if role is None:
        return None
    return Node(
        key=page.page_id,
        role=role,
        page=replace(page, entries=(), facts=()),
        url=page.canonical_url,
        neutral=neutral_address(page.canonical_url, rules),
        name=name,
        words=name_key(name, rules.names, page.language) if name else frozenset(),
        facts=tuple(fact for fact in page.facts if fact.fact in FACTS),
        provider_id=page.provider_id or _own_institution(page),
    )


def as_document(node: Node) -> Node:
    """Return the node of a file that a description leads to: its document, not a service of its own."""
    return replace(node, role=DOCUMENT, name="", words=frozenset())


def entry_nodes(page: PageSummary, atlas: Atlas, rules: IdentifyWords) -> Iterator[Node]:
    """Yield the items of a list, each as a node: with the address that it leads to, or the list's own."""
    for number, entry in enumerate(page.entries):
        name = clean_name(entry.name, rules.names, atlas.site_names(page.site_id))
        if fold(entry.name) in {fold(page.h1), fold(page.title)}:
            continue  # the page's own heading
        if may_be_name(name, rules.names) and len(name) >= rules.entries.shortest_characters:
            yield _entry_node(page, number, name, rules)


def _entry_node(page: PageSummary, number: int, name: str, rules: IdentifyWords) -> Node:
    entry = page.entries[number]
    url = entry.url or page.canonical_url
    neutral = neutral_address(url, rules)
    return Node(
        key=f"{page.page_id}#{number:05d}",
        role=ENTRY,
        page=bare(page),
        url=url,
        neutral=neutral if entry.url else f"{neutral}#{number:05d}",
        name=name,
        words=name_key(name, rules.names, page.language),
        facts=entry.facts,
        provider_id=entry.provider_id or _own_institution(page),
        number=number,
    )


def bare(page: PageSummary) -> PageSummary:
    """Return a page without its links and all that it lists and states."""
    return replace(page, links=(), alternates=(), entries=(), facts=())


def _own_institution(page: PageSummary) -> str | None:
    """A joint portal's own institution provides none of the services of others that stand there."""
    return None if page.is_joint_portal else page.institution_id


def _role(page: PageSummary, name: str, atlas: Atlas, rules: IdentifyWords) -> str | None:
    facts = len({fact.fact for fact in page.facts} & set(FACTS))
    is_listed = atlas.is_listed(page.canonical_url)
    if may_be_name(name, rules.names) and _describes(page, facts, is_listed, rules.roles):
        return DESCRIPTION
    if page.kind in rules.roles.step:
        return STEP
    return DOCUMENT if page.is_document else None


def _describes(page: PageSummary, facts: int, is_listed: bool, roles: Roles) -> bool:  # noqa: FBT001 - one of four signs
    """Whether a page with that many different facts, and perhaps on a list of services, describes one."""
    is_sure = page.kind_confidence >= roles.sure
    if page.kind in roles.description:
        return is_sure or is_listed or facts >= roles.facts
    if page.kind in roles.list:
        return not is_sure and is_listed and facts >= roles.facts
    return facts >= roles.full or (page.kind in roles.perhaps and is_listed and facts >= roles.facts)


def agree(one: Node, other: Node) -> bool:
    """Return whether two of fee, time and number of documents are the same; fee and time never differ."""
    shared = 0
    for fact in ("fee", "processing_time"):
        ours = {each.value for each in one.facts if each.fact == fact}
        theirs = {each.value for each in other.facts if each.fact == fact}
        if ours and theirs:
            shared += 1
            if ours != theirs:
                return False
    counts = {sum(each.fact == "documents_required" for each in node.facts) for node in (one, other)}
    return shared + (len(counts) == 1 and counts != {0}) >= _ENOUGH
