"""Decide which groups of nodes are services, and which further pages belong to each.

A description makes a service. A list's item without a page of its own makes one when it states a fact, or
when its page could not be seen and most of its list leads to services. A step (an application form) that no
description leads to makes one when it has a form and a name of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.judging.phrases import fold, words_of
from pipelines.pages.links import file_type
from pipelines.records import PageSummary
from pipelines.services.atlas import Atlas
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.names import may_be_name
from pipelines.services.neutral_addresses import neutral_address
from pipelines.services.service_joins import join_nodes
from pipelines.services.service_nodes import DESCRIPTION, DOCUMENT, ENTRY, STEP, Node, entry_nodes, page_nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One service: its nodes, what else belongs to it, and which of its addresses could not be looked at."""

    nodes: tuple[Node, ...]
    others: tuple[tuple[PageSummary, str], ...]  # page, role
    unseen: frozenset[str]


def find_services(atlas: Atlas, rules: IdentifyWords) -> list[Found]:
    """Return the services that the pages of `atlas` speak of, in a fixed order."""
    pages = page_nodes(atlas, rules)
    entries = list(_possible_entries(atlas, pages, rules))
    groups = join_nodes([*pages, *entries], rules)
    services = [group for group in groups if _is_service(group)]
    loose = [group for group in groups if not _is_service(group)]
    leading = _leading_to(services, rules)
    begins = _leading_to(services, rules, own_only=True)
    others: dict[int, dict[str, tuple[PageSummary, str]]] = defaultdict(dict)
    for group in loose:
        linking = {place for node in group for place in leading.get(node.neutral) or _beginners(node, begins)}
        for place in linking:
            others[place].update(
                {node.page.page_id: (node.page, STEP) for node in group if node.role == STEP}
            )
        if not linking and _stands_alone(group, rules):
            services.append(group)
    return [_found(group, others[place], atlas, rules) for place, group in enumerate(services)]


def _found(
    group: Sequence[Node],
    steps: dict[str, tuple[PageSummary, str]],
    atlas: Atlas,
    rules: IdentifyWords,
) -> Found:
    others = {**_documents(group, atlas), **steps}
    return Found(
        nodes=tuple(group),
        others=tuple(others[page_id] for page_id in sorted(others)),
        unseen=frozenset(_unseen(group, atlas, rules)),
    )


def _possible_entries(atlas: Atlas, pages: Sequence[Node], rules: IdentifyWords) -> Iterator[Node]:
    """Items that lead to a service's page, or that could be services themselves."""
    at = {node.neutral: node for node in pages if node.role != DOCUMENT}
    described = {node.page.page_id for node in pages if node.role == DESCRIPTION}
    by_list: dict[str, list[Node]] = defaultdict(list)
    for node in entry_nodes(atlas, described, rules):
        by_list[node.page.page_id].append(node)
    for items in by_list.values():
        leads = {node.neutral: at.get(node.neutral) for node in items}
        share = sum(leads[node.neutral] is not None for node in items) / len(items)
        names: dict[str, set[frozenset[str]]] = defaultdict(set)
        for node in items:
            names[node.neutral].add(node.words)
        for node in items:
            is_own = len(names[node.neutral]) == 1
            if is_own and (leads[node.neutral] or _could_be_service(node, atlas, share, rules)):
                yield node


def _could_be_service(node: Node, atlas: Atlas, share: float, rules: IdentifyWords) -> bool:
    seen = atlas.resolve(node.url)
    is_own_page = seen is not None and seen.page_id != node.page.page_id
    if is_own_page:
        return False  # its page was seen, and is no service's
    if seen is None and (file_type(node.url) or not share >= rules.entries.services_share):
        return False
    return seen is None or any(fact.fact in rules.entries.telling for fact in node.facts)


def _is_service(group: Sequence[Node]) -> bool:
    roles = {node.role for node in group}
    return DESCRIPTION in roles or roles == {ENTRY}


def _stands_alone(group: Sequence[Node], rules: IdentifyWords) -> bool:
    """Whether steps that no description leads to are a service of their own: sure ones, or listed ones."""
    is_listed = any(node.role == ENTRY for node in group)
    return any(
        may_be_name(node.name, rules.names)
        and node.page.has_form
        and (is_listed or node.page.kind_confidence >= rules.roles.sure)
        for node in group
        if node.role == STEP
    )


def _beginners(node: Node, begins: Mapping[str, set[int]]) -> set[int]:
    """The one service that leads to the first step of those that `node` goes on with: /apply and /apply/2."""
    above = node.neutral.partition("?")[0]
    while node.role == STEP and above.count("/") > 1:
        above = above.rpartition("/")[0]
        if above in begins:
            return begins[above] if len(begins[above]) == 1 else set()
    return set()


def _leading_to(
    services: Sequence[Sequence[Node]], rules: IdentifyWords, *, own_only: bool = False
) -> dict[str, set[int]]:
    """Neutral address -> the services whose descriptions lead there; `own_only`: to their own steps."""
    leading: dict[str, set[int]] = defaultdict(set)
    for place, group in enumerate(services):
        for node in group:
            if node.role != ENTRY:
                for link in node.page.links:
                    if not own_only or rules.own_link_phrases.find(words_of(fold(link.text))):
                        leading[neutral_address(link.url, rules)].add(place)
    return leading


def _documents(group: Iterable[Node], atlas: Atlas) -> dict[str, tuple[PageSummary, str]]:
    """Files that a service's pages lead to and that were read."""
    found: dict[str, tuple[PageSummary, str]] = {}
    for node in group:
        if node.role != ENTRY:
            for link in node.page.links:
                page = atlas.resolve(link.url) if link.file_type else None
                if page and page.is_document:
                    found[page.page_id] = (page, DOCUMENT)
    return found


def _unseen(group: Sequence[Node], atlas: Atlas, rules: IdentifyWords) -> Iterator[str]:
    """Addresses of the service's own pages that gave no observation."""
    own = {node.neutral for node in group if node.role == DESCRIPTION}
    for node in group:
        if node.role == ENTRY:
            if atlas.resolve(node.url) is None:
                yield node.neutral
            continue
        for alternate in node.page.alternates:
            if atlas.could_not_look(alternate.url) and neutral_address(alternate.url, rules) in own:
                yield alternate.url
        for link in node.page.links:
            neutral = neutral_address(link.url, rules)
            is_own = any(neutral.startswith(f"{each}/") for each in own) or rules.own_link_phrases.find(
                words_of(fold(link.text))
            )
            if is_own and atlas.could_not_look(link.url):
                yield neutral
