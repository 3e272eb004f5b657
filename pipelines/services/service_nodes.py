"""Find the pages and list items that describe a service: the nodes that are then joined into services."""

from collections.abc import Container, Iterator, Sequence
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
    page: PageSummary
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


def page_nodes(atlas: Atlas, rules: IdentifyWords) -> list[Node]:
    """Return the nodes that are pages: descriptions, steps and documents, by address."""
    pages = [page for _, page in sorted(atlas.pages.items())]
    nodes = [node for page in pages if (node := _page_node(page, atlas, rules))]
    nodes = _with_translations(nodes, pages, atlas, rules)
    files = {
        link.url
        for node in nodes
        if node.role == DESCRIPTION and not node.page.is_document
        for link in node.page.links
    }
    return [_as_document(node) if node.page.is_document and node.url in files else node for node in nodes]


def _with_translations(
    nodes: Sequence[Node], pages: Sequence[PageSummary], atlas: Atlas, rules: IdentifyWords
) -> list[Node]:
    """A page that differs from a description in its address's language only is a description too."""
    described = {node.neutral for node in nodes if node.role == DESCRIPTION}
    by_page = {node.key: node for node in nodes}
    for page in pages:
        node = by_page.get(page.page_id)
        is_other = page.kind not in rules.roles.list and (node is None or node.role == STEP)
        if is_other and neutral_address(page.canonical_url, rules) in described:
            translation = _page_node(page, atlas, rules, DESCRIPTION)
            if translation and translation.name:
                by_page[page.page_id] = translation
    return [by_page[page.page_id] for page in pages if page.page_id in by_page]


def _as_document(node: Node) -> Node:
    """A file that a description leads to is its document, not a service of its own."""
    return replace(node, role=DOCUMENT, name="", words=frozenset())


def entry_nodes(atlas: Atlas, described: Container[str], rules: IdentifyWords) -> Iterator[Node]:
    """Yield the items of all lists, each as a node: with the address that it leads to, or the list's own.

    `described` are the ids of pages that describe a service: what they list are its parts.
    """
    for _, page in sorted(atlas.pages.items()):
        is_doubtful = page.is_document and page.kind_confidence < rules.roles.sure
        if page.kind not in rules.roles.list or page.page_id in described or is_doubtful:
            continue
        for number, entry in enumerate(page.entries):
            name = clean_name(entry.name, rules.names, atlas.site_names.get(page.site_id, ()))
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
        page=page,
        url=url,
        neutral=neutral if entry.url else f"{neutral}#{number:05d}",
        name=name,
        words=name_key(name, rules.names, page.language),
        facts=entry.facts,
        provider_id=entry.provider_id or _own_institution(page),
        number=number,
    )


def _page_node(
    page: PageSummary, atlas: Atlas, rules: IdentifyWords, known_role: str | None = None
) -> Node | None:
    name = page_name(page, atlas, rules)
    role = known_role or _role(page, name, atlas, rules)
    if role is None:
        return None
    return Node(
        key=page.page_id,
        role=role,
        page=page,
        url=page.canonical_url,
        neutral=neutral_address(page.canonical_url, rules),
        name=name,
        words=name_key(name, rules.names, page.language) if name else frozenset(),
        facts=tuple(fact for fact in page.facts if fact.fact in FACTS),
        provider_id=page.provider_id or _own_institution(page),
    )


def _own_institution(page: PageSummary) -> str | None:
    """A joint portal's own institution provides none of the services of others that stand there."""
    return None if page.is_joint_portal else page.institution_id


def _role(page: PageSummary, name: str, atlas: Atlas, rules: IdentifyWords) -> str | None:
    facts = len({fact.fact for fact in page.facts} & set(FACTS))
    is_listed = page.canonical_url in atlas.listed
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


def contradict(one: Node, other: Node) -> bool:
    """Return whether two descriptions on one site, at two addresses, state different fees."""
    if {one.role, other.role} != {DESCRIPTION} or one.neutral == other.neutral:
        return False
    ours, theirs = ({each.value for each in node.facts if each.fact == "fee"} for node in (one, other))
    return one.page.site_id == other.page.site_id and bool(ours and theirs) and ours != theirs
