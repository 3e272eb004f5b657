"""Join a service's place on the joint portal with its own page: one links to the other, or names are alike.

The portal names a provider or not. Where it does, only that institution's services are compared; where it
does not, only an equal name joins, and only when a single institution has it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipelines.records import SummaryLink
from pipelines.services.drawing import SUMMARY
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.names import likeness
from pipelines.services.node_table import NodeTable
from pipelines.services.service_joins import Reason
from pipelines.services.service_nodes import ENTRY, Node, agree
from pipelines.services.tables import Tables

Group = Sequence[Node]

_AT_HAND = 500  # groups, and pages of the portal, that were looked at last
# Groups that stand on the portal only.
_ON_PORTAL = """
select place from grouped join node using (number)
group by place having min(is_portal) and max(words <> '') order by place
"""
_OWN_WORDS = """
select coalesce(provider_id, ''), language, words, place
from node join grouped using (number) where not is_portal and words <> ''
"""
_BY_ADDRESS = """
select place from node join grouped using (number) where neutral = ? and not is_portal limit 1
"""
_BY_NAME = """
select distinct place from node join grouped using (number) where words = ? and language = ? and not is_portal
"""
_BY_WORD = "select place from own_word where provider_id = ? and language = ? and word = ?"
_GROUP = "select number from grouped join node using (number) where place = ? order by key"


def portal_reasons(nodes: NodeTable, tables: Tables, rules: IdentifyWords) -> Iterator[Reason]:
    """Yield a reason for each group that stands on the portal only and has one fitting group elsewhere."""
    own = _Own(nodes, tables)
    for (place,) in tables.execute(_ON_PORTAL).fetchall():
        portal = [(number, node) for number, node in own.group(place) if node.words]
        named = [node for _, node in portal]
        found = _linked(named, own, rules)
        found = found if found is not None else _alike(named, own, rules)
        if found is not None:
            (number, node), (other, its) = portal[0], own.group(found)[0]
            yield (number, other, 6) if node.key < its.key else (other, number, 6)


class _Own:
    """The groups on institutions' own sites, by address, by name, and by provider and word."""

    def __init__(self, nodes: NodeTable, tables: Tables) -> None:
        self._nodes, self._tables = nodes, tables
        self.group = lru_cache(maxsize=_AT_HAND)(self._group)
        self._ahead_of_list = lru_cache(maxsize=_AT_HAND)(self._of_list)
        for provider, language, words, place in tables.execute(_OWN_WORDS):
            rows = ((provider, language, word, place) for word in words.split("\n"))
            tables.executemany("insert or ignore into own_word values (?, ?, ?, ?)", rows)

    def nodes(self, place: int) -> Group:
        """Return the nodes of a group, by their keys."""
        return [node for _, node in self.group(place)]

    def ahead(self, node: Node) -> frozenset[int]:
        """Return the groups that the page of a node leads to."""
        if node.role == ENTRY:
            return self._ahead_of_list(node.page.canonical_url)
        return self._places(node.page.links)

    def named(self, node: Node) -> set[int]:
        """Return the groups that have a node's very name."""
        words = "\n".join(sorted(node.words))
        return {place for (place,) in self._tables.execute(_BY_NAME, (words, node.language))}

    def saying(self, provider: str, node: Node) -> Iterator[int]:
        """Yield the groups of a provider that have a word of a node's name."""
        for word in node.words:
            for (place,) in self._tables.execute(_BY_WORD, (provider, node.language, word)):
                yield place

    def _group(self, place: int) -> Sequence[tuple[int, Node]]:
        numbers = self._tables.execute(_GROUP, (place,)).fetchall()
        return [(number, self._nodes.whole(number)) for (number,) in numbers]

    def _of_list(self, url: str) -> frozenset[int]:
        (told,) = self._tables.execute("select summary from kept where url = ?", (url,)).fetchone()
        return self._places(SUMMARY.validate_json(told).links)

    def _places(self, links: Iterable[SummaryLink]) -> frozenset[int]:
        addresses = {self._nodes.neutral(link.url) for link in links}
        found = (self._tables.execute(_BY_ADDRESS, (address,)).fetchone() for address in addresses)
        return frozenset(row[0] for row in found if row)


def _linked(portal: Group, own: _Own, rules: IdentifyWords) -> int | None:
    """The one service of another site that the portal's pages lead to, if name or facts fit."""
    ahead = {place for node in portal for place in own.ahead(node)}
    fitting = [place for place in sorted(ahead) if _fits(portal, own.nodes(place), rules)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(portal: Group, group: Group, rules: IdentifyWords) -> bool:
    """Whether two pages, one leading to the other, are one service's: by name, or by facts and a word."""
    if _likeness(portal, group) >= rules.names.same_from:
        return True
    pairs = [(one, other) for one in portal for other in group if one.language == other.language]
    return any(one.words & other.words for one, other in pairs) and any(agree(*pair) for pair in pairs)


def _alike(portal: Group, own: _Own, rules: IdentifyWords) -> int | None:
    """The one service of the provider that the portal names with nearly the same name; of any, the same."""
    provider = next((node.provider_id for node in portal if node.provider_id), None)
    if provider is None:
        places = {place for node in portal for place in own.named(node)}
        return places.pop() if len(places) == 1 else None
    candidates = {place for node in portal for place in own.saying(provider, node)}
    scores = {place: _likeness(portal, own.nodes(place)) for place in candidates}
    best = max(scores.values(), default=0.0)
    winners = [place for place, score in scores.items() if score == best]
    return winners[0] if best >= rules.names.same_from and len(winners) == 1 else None


def _likeness(portal: Group, group: Group) -> float:
    return max(
        (
            likeness(one.words, other.words)
            for one in portal
            for other in group
            if one.language == other.language
        ),
        default=0.0,
    )
