"""Find the nodes of a round: the pages that describe services, their steps and files, and items of lists."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from pipelines.pages.links import file_type
from pipelines.records import PageSummary
from pipelines.services.atlas import Atlas
from pipelines.services.drawing import SUMMARY
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.node_table import NodeTable
from pipelines.services.page_source import PageSource
from pipelines.services.service_nodes import (
    DESCRIPTION,
    DOCUMENT,
    ENTRY,
    Node,
    as_document,
    entry_nodes,
    page_node,
)
from pipelines.services.tables import Tables

_KEPT = "select summary from kept order by url"
_LISTS = "select summary from kept join page using (url) where is_list order by url"
# Pages that differ from a description in their address's language only, and describe nothing by themselves.
_TRANSLATIONS = """
insert into translation
select page.site_id, page.page_id, page.captured, node.number
from page
left join node on node.url = page.url and node.role <> 'list'
where not page.is_list
  and page.neutral in (select neutral from node where role = 'description')
  and (node.role is null or node.role = 'form')
"""


def find_nodes(atlas: Atlas, pages: PageSource, tables: Tables, rules: IdentifyWords) -> NodeTable:
    """Return the nodes of the pages of `atlas`, kept in `tables`."""
    nodes = NodeTable(tables, rules)
    for page in _kept(tables, _KEPT):
        node = page_node(page, atlas, rules)
        if node:
            _add(node, nodes, atlas, tables)
    for node, number in _translations(atlas, pages, tables, rules):
        if number is not None:
            nodes.remove(number)
        _add(node, nodes, atlas, tables)
    query = "select number from node where is_document and url in (select url from file)"
    for (number,) in tables.execute(query).fetchall():
        document = as_document(nodes.whole(number))
        nodes.remove(number)
        nodes.add(document)
    for node in _possible_entries(atlas, nodes, tables, rules):
        nodes.add(node)
    return nodes


def _kept(tables: Tables, query: str) -> Iterator[PageSummary]:
    for (told,) in tables.execute(query):
        yield SUMMARY.validate_json(told)


def _add(node: Node, nodes: NodeTable, atlas: Atlas, tables: Tables) -> None:
    nodes.add(node)
    if node.role == DESCRIPTION and not node.page.is_document:
        files = {(link.url,) for link in node.page.links if atlas.is_document(link.url)}
        tables.executemany("insert or ignore into file values (?)", files)


def _translations(
    atlas: Atlas, pages: PageSource, tables: Tables, rules: IdentifyWords
) -> Iterator[tuple[Node, int | None]]:
    """Descriptions that are such only beside one in another language, and the node that each was before."""
    tables.execute(_TRANSLATIONS)
    found = tables.execute("select * from translation order by site_id, page_id, captured")
    for site_id, some in groupby(found, key=itemgetter(0)):
        numbers = {(page_id, captured): number for _, page_id, captured, number in some}
        for page in pages.some(site_id, {page_id for page_id, _ in numbers}):
            if (page.page_id, page.url) in numbers:
                node = page_node(page, atlas, rules, DESCRIPTION)
                if node and node.name:
                    yield node, numbers[page.page_id, page.url]


def _possible_entries(atlas: Atlas, nodes: NodeTable, tables: Tables, rules: IdentifyWords) -> Iterator[Node]:
    """Items that lead to a service's page, or that could be services themselves."""
    for page in _kept(tables, _LISTS):
        is_doubtful = page.is_document and page.kind_confidence < rules.roles.sure
        own = next(nodes.marks("url = ? and role = ?", page.canonical_url, DESCRIPTION), None)
        if own or is_doubtful:
            continue  # what a description lists are its parts
        items = list(entry_nodes(page, atlas, rules))
        if not items:
            continue
        leads = {node.neutral: _leads_to_a_page(node, nodes) for node in items}
        share = sum(leads[node.neutral] for node in items) / len(items)
        yield from _own_items(items, leads, share, atlas, rules)


def _leads_to_a_page(node: Node, nodes: NodeTable) -> bool:
    found = nodes.marks("neutral = ? and role not in (?, ?)", node.neutral, DOCUMENT, ENTRY)
    return next(found, None) is not None


def _own_items(
    items: Sequence[Node], leads: Mapping[str, bool], share: float, atlas: Atlas, rules: IdentifyWords
) -> Iterator[Node]:
    names: dict[str, set[frozenset[str]]] = defaultdict(set)
    for node in items:
        names[node.neutral].add(node.words)
    for node in items:
        is_own = len(names[node.neutral]) == 1
        if is_own and (leads[node.neutral] or _could_be_service(node, atlas, share, rules)):
            yield node


def _could_be_service(node: Node, atlas: Atlas, share: float, rules: IdentifyWords) -> bool:
    seen = atlas.resolve(node.url)
    if seen is not None and seen.page_id != node.page.page_id:
        return False  # its page was seen, and is no service's
    if seen is None and (file_type(node.url) or not share >= rules.entries.services_share):
        return False
    return seen is None or any(fact.fact in rules.entries.telling for fact in node.facts)
