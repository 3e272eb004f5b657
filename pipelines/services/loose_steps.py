"""Find the services that lead to steps which no description is a part of, or let such steps be services."""

from collections.abc import Iterator, Sequence

from pipelines.judging.phrases import fold, words_of
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.names import may_be_name
from pipelines.services.node_table import Marks, NodeTable
from pipelines.services.service_nodes import ENTRY, STEP, Node
from pipelines.services.tables import Tables

_LOOSE = f"""
select place from standing join grouped using (place) join node using (number)
where not is_service group by place having max(role = '{STEP}') order by place
"""  # noqa: S608 - our own words
_MEMBERS = "select number from grouped where place = ? order by number"
_DESCRIBING = f"""
select place, number from standing join grouped using (place) join node using (number)
where is_service and role <> '{ENTRY}'
"""  # noqa: S608 - our own words
_BELONGS = f"""
insert or ignore into step
select ?, number from grouped join node using (number) where place = ? and role = '{STEP}'
"""  # noqa: S608 - our own words
_LEADING = """
insert into leading values (?, ?, ?)
on conflict (neutral, place) do update set is_own = is_own or excluded.is_own
"""


def place_loose_steps(nodes: NodeTable, tables: Tables, rules: IdentifyWords) -> None:
    """Note to which services steps without a description belong, and which are services themselves."""
    loose = [place for (place,) in tables.execute(_LOOSE)]
    if not loose:
        return
    for place in loose:
        members = nodes.marks("number in (select number from grouped where place = ?)", place)
        sought = [(address,) for node in members for address in _addresses(node)]
        tables.executemany("insert or ignore into sought values (?)", sought)
    _note_leading(nodes, tables, rules)
    for place in loose:
        group = [nodes.whole(number) for number in _numbers(place, tables)]
        linking = {found for node in group for found in _leading(node, tables) or _beginners(node, tables)}
        for service in linking:
            tables.execute(_BELONGS, (service, place))
        if not linking and _stands_alone(group, rules):
            tables.execute("update standing set is_service = 1 where place = ?", (place,))


def _numbers(place: int, tables: Tables) -> Sequence[int]:
    return [number for (number,) in tables.execute(_MEMBERS, (place,)).fetchall()]


def _addresses(step: Marks) -> Iterator[str]:
    """The address of a node, and of a step also those that it may go on from: /apply of /apply/2."""
    yield step.neutral
    if step.role == STEP:
        yield from _above(step.neutral)


def _above(neutral: str) -> Iterator[str]:
    above = neutral.partition("?")[0]
    while above.count("/") > 1:
        above = above.rpartition("/")[0]
        yield above


def _note_leading(nodes: NodeTable, tables: Tables, rules: IdentifyWords) -> None:
    """Note which services lead to the addresses that are sought, and which say that it is their step."""
    for place, number in tables.execute(_DESCRIBING):
        for link in nodes.whole(number).page.links:
            address = nodes.neutral(link.url)
            if tables.execute("select 1 from sought where neutral = ?", (address,)).fetchone():
                is_own = bool(rules.own_link_phrases.find(words_of(fold(link.text))))
                tables.execute(_LEADING, (address, place, is_own))


def _leading(node: Node, tables: Tables) -> set[int]:
    """The services whose descriptions lead to the address of `node`."""
    query = "select place from leading where neutral = ?"
    return {place for (place,) in tables.execute(query, (node.neutral,))}


def _beginners(node: Node, tables: Tables) -> set[int]:
    """The one service that leads to the first step of those that `node` goes on with: /apply and /apply/2."""
    for above in _above(node.neutral) if node.role == STEP else ():
        query = "select place from leading where neutral = ? and is_own"
        begins = {place for (place,) in tables.execute(query, (above,))}
        if begins:
            return begins if len(begins) == 1 else set()
    return set()


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
