"""Keep nodes on disk: what is compared of them as columns, the whole of each as JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import TypeAdapter

from pipelines.services.identify_words import IdentifyWords
from pipelines.services.neutral_addresses import neutral_address, numbers_of
from pipelines.services.service_nodes import DESCRIPTION, ENTRY, Node
from pipelines.services.tables import Tables

_NODE = TypeAdapter(Node)
_INSERT = "insert into node values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
LIGHT = "number, key, role, url, neutral, site_id, language, words, is_portal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is compared of a node when nodes are put together."""

    number: int
    key: str
    role: str
    url: str
    neutral: str
    site_id: str
    language: str
    words: frozenset[str]
    is_portal: bool


class NodeTable:
    """The nodes of a round, by their numbers."""

    def __init__(self, tables: Tables, rules: IdentifyWords) -> None:
        """Keep them in `tables`."""
        self._tables, self._rules = tables, rules

    def add(self, node: Node) -> None:
        """Keep a node, under a number of its own."""
        number = self._tables.execute(_INSERT, self._columns(node)).lastrowid
        told = (number, _NODE.dump_json(node))
        self._tables.execute("insert into told_node values (?, ?)", told)
        if node.role == ENTRY:
            return
        targets = {(one.url, number) for one in node.page.alternates}
        self._tables.executemany("insert into alternate values (?, ?)", targets)
        files = {(self.neutral(link.url), number) for link in node.page.links if link.file_type}
        if node.role == DESCRIPTION:
            self._tables.executemany("insert into file_link values (?, ?)", files)

    def remove(self, number: int) -> None:
        """Forget a node."""
        for table in ("node", "told_node", "alternate", "file_link"):
            self._tables.execute(f"delete from {table} where number = ?", (number,))  # noqa: S608 - our own words

    def whole(self, number: int) -> Node:
        """Return the node with a number."""
        query = "select node from told_node where number = ?"
        (told,) = self._tables.execute(query, (number,)).fetchone()
        return _NODE.validate_json(told)

    def page_at(self, url: str) -> Node | None:
        """Return the node of the page at a canonical address."""
        query = "select number from node where url = ? and role <> ?"
        found = self._tables.execute(query, (url, ENTRY)).fetchone()
        return self.whole(found[0]) if found else None

    def neutral(self, url: str) -> str:
        """Return a canonical address without its language."""
        return neutral_address(url, self._rules)

    def marks(self, where: str, *values: object) -> Iterator[Marks]:
        """Yield what is compared of the nodes that `where`, a clause of SQL, is true of."""
        for row in self._tables.execute(f"select {LIGHT} from node where {where}", values):  # noqa: S608 - our own words
            yield marks_of(row)

    def _columns(self, node: Node) -> tuple[object, ...]:
        page = node.page
        fees = sorted({fact.value for fact in node.facts if fact.fact == "fee"})
        return (
            None,
            node.key,
            node.role,
            node.url,
            node.neutral,
            page.site_id,
            node.language,
            node.provider_id,
            "\n".join(sorted(node.words)),
            numbers_of(node.neutral),
            json.dumps(fees) if fees else "",
            page.text_sha256,
            page.word_count,
            page.is_joint_portal,
            page.is_document,
        )


def marks_of(row: tuple[object, ...]) -> Marks:
    """Return what `LIGHT` selects of a node."""
    number, key, role, url, neutral, site_id, language, words, is_portal = row
    return Marks(
        number=int(str(number)),
        key=str(key),
        role=str(role),
        url=str(url),
        neutral=str(neutral),
        site_id=str(site_id),
        language=str(language),
        words=frozenset(str(words).split("\n")) if words else frozenset(),
        is_portal=bool(is_portal),
    )
