"""Put together what belongs together: nodes that are joined, one reason after another, into groups."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.services.identify_words import IdentifyWords
from pipelines.services.names import likeness
from pipelines.services.node_table import Marks
from pipelines.services.service_nodes import DESCRIPTION, ENTRY


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Join:
    """A reason to take two nodes for one service."""

    weakness: int  # 0 is sure: joined whatever the names say
    one: str
    other: str


class Groups:
    """Nodes joined so far: a union-find that knows each group's name by site and language."""

    def __init__(self, nodes: Sequence[Marks]) -> None:
        """Begin with each node alone."""
        self._nodes = {node.key: node for node in nodes}
        self._parent = {node.key: node.key for node in nodes}
        self._names = {node.key: self._own_name(node) for node in nodes}

    @staticmethod
    def _own_name(node: Marks) -> dict[tuple[str, str], frozenset[str]]:
        is_named = node.role in {DESCRIPTION, ENTRY} and node.words
        return {(node.site_id, node.language): node.words} if is_named else {}

    def root(self, key: str) -> str:
        """Return the group that a node is in, by its least key."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, join: Join, rules: IdentifyWords) -> None:
        """Make two groups one, unless the reason is weak and their names on one site differ."""
        one, other = sorted((self.root(join.one), self.root(join.other)))
        if one == other:
            return
        ours, theirs = self._names[one], self._names[other]
        if join.weakness and any(
            likeness(words, ours[place]) < rules.names.same_from
            for place, words in theirs.items()
            if place in ours
        ):
            return
        self._parent[other] = one
        self._names[one] = {**theirs, **ours}

    def groups(self) -> list[list[Marks]]:
        """Return the groups, each sorted by key, in the order of their least keys."""
        members: dict[str, list[Marks]] = defaultdict(list)
        for key in sorted(self._nodes):
            members[self.root(key)].append(self._nodes[key])
        return [members[root] for root in sorted(members)]
