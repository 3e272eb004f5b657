"""Decide which groups of nodes are services, and which further pages belong to each.

A description makes a service. A list's item without a page of its own makes one when it states a fact, or
when its page could not be seen and most of its list leads to services. A step (an application form) that no
description leads to makes one when it has a form and a name of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.judging.phrases import fold, words_of
from pipelines.records import PageSummary
from pipelines.services.atlas import Atlas
from pipelines.services.grouping import group_nodes
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.loose_steps import place_loose_steps
from pipelines.services.neutral_addresses import neutral_address
from pipelines.services.node_table import NodeTable
from pipelines.services.page_roles import find_nodes
from pipelines.services.page_source import PageSource
from pipelines.services.portal_joins import portal_reasons
from pipelines.services.service_joins import note, note_reasons
from pipelines.services.service_nodes import DESCRIPTION, DOCUMENT, ENTRY, STEP, Node
from pipelines.services.tables import Tables

_STANDING = f"""
insert into standing
select place, max(role = '{DESCRIPTION}') or min(role = '{ENTRY}')
from grouped join node using (number) group by place
"""  # noqa: S608 - our own words
_SERVICES = "select place from standing where is_service order by place"
_MEMBERS = "select number from grouped join node using (number) where place = ? order by key"
_STEPS = "select number from step where place = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One service: its nodes, what else belongs to it, and which of its addresses could not be looked at."""

    nodes: tuple[Node, ...]
    others: tuple[tuple[PageSummary, str], ...]  # page, role
    unseen: frozenset[str]


def find_services(atlas: Atlas, pages: PageSource, tables: Tables, rules: IdentifyWords) -> Iterator[Found]:
    """Yield the services that the pages of `atlas` speak of, one after another."""
    nodes = find_nodes(atlas, pages, tables, rules)
    note_reasons(nodes, tables)
    group_nodes(tables, rules)
    if next(nodes.marks("is_portal and words <> ''"), None):
        note(portal_reasons(nodes, tables, rules), tables)
        group_nodes(tables, rules)
    tables.execute(_STANDING)
    place_loose_steps(nodes, tables, rules)
    for (place,) in tables.execute(_SERVICES):
        group = [nodes.whole(number) for (number,) in tables.execute(_MEMBERS, (place,)).fetchall()]
        steps = [nodes.whole(number).page for (number,) in tables.execute(_STEPS, (place,)).fetchall()]
        yield _found(group, steps, atlas, nodes, rules)


def _found(
    group: Sequence[Node], steps: Iterable[PageSummary], atlas: Atlas, nodes: NodeTable, rules: IdentifyWords
) -> Found:
    others = {page.page_id: (page, DOCUMENT) for page in _documents(group, atlas, nodes)}
    others |= {page.page_id: (page, STEP) for page in steps}
    return Found(
        nodes=tuple(group),
        others=tuple(others[page_id] for page_id in sorted(others)),
        unseen=frozenset(_unseen(group, atlas, rules)),
    )


def _documents(group: Iterable[Node], atlas: Atlas, nodes: NodeTable) -> Iterator[PageSummary]:
    """Files that a service's pages lead to and that were read."""
    links = (link for node in group if node.role != ENTRY for link in node.page.links if link.file_type)
    for url in {link.url for link in links}:
        seen = atlas.resolve(url)
        document = nodes.page_at(seen.url) if seen and seen.is_document else None
        if document:
            yield document.page


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
            if not atlas.could_not_look(link.url):
                continue
            neutral = neutral_address(link.url, rules)
            is_own = any(neutral.startswith(f"{each}/") for each in own) or rules.own_link_phrases.find(
                words_of(fold(link.text))
            )
            if is_own:
                yield neutral
