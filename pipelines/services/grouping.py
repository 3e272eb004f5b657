"""Put the nodes of a round into groups, one a service, component by component.

Reasons, however weak, hold nodes together in components; no reason leads out of one. So a component can be
put into groups while nothing but its own nodes is in memory.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from pipelines.services.groups import Groups, Join
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.node_table import LIGHT, Marks, marks_of
from pipelines.services.tables import Tables

_MEMBERS = f"""
select member.component, {LIGHT} from member join node using (number) order by member.component, member.number
"""  # noqa: S608 - our own words
_REASONS = "select other, weakness from reason where one = ?"


def group_nodes(tables: Tables, rules: IdentifyWords) -> None:
    """Put all nodes into groups, by all reasons that were noted so far."""
    _note_components(tables)
    tables.execute("delete from grouped")
    for nodes in _components(tables):
        for group in _groups(nodes, tables, rules):
            members = ((group[0].number, node.number) for node in group)
            tables.executemany("insert into grouped values (?, ?)", members)


def _note_components(tables: Tables) -> None:
    (last,) = tables.execute("select coalesce(max(number), 0) from node").fetchone()
    parent = array("q", range(last + 1))  # of each node; eight bytes, where a list would take sixty

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in tables.execute("select one, other from reason"):
        parent[root(one)] = root(other)
    tables.execute("delete from member")
    numbers = tables.execute("select number from node")
    tables.executemany("insert into member values (?, ?)", ((root(number), number) for (number,) in numbers))


def _components(tables: Tables) -> Iterator[list[Marks]]:
    for _, rows in groupby(tables.execute(_MEMBERS), key=itemgetter(0)):
        yield [marks_of(row[1:]) for row in rows]


def _groups(nodes: Sequence[Marks], tables: Tables, rules: IdentifyWords) -> list[list[Marks]]:
    if len(nodes) == 1:
        return [[*nodes]]
    keys = {node.number: node.key for node in nodes}
    joins = [
        Join(weakness=weakness, one=keys[number], other=keys[other])
        for number in keys
        for other, weakness in tables.execute(_REASONS, (number,))
    ]
    groups = Groups(nodes)
    for join in sorted(joins):
        groups.join(join, rules)
    return groups.groups()
