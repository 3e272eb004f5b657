"""Write RDF as Turtle and as JSON-LD, a little at a time: all services never are in memory at once.

Both are the same triples in the same order for the same data. Inside HTML `<` would end a script, so
JSON-LD has none.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import NamespaceManager
from rdflib.term import Node

from warehouse.catalogue.graphs import new_graph


def write_turtle(path: Path, graphs: Iterable[Graph]) -> int:
    """Write all triples of `graphs`, subject by subject; return how many there were."""
    names = new_graph().namespace_manager
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for prefix, namespace in sorted(names.namespaces()):
            file.write(f"@prefix {prefix}: <{namespace}> .\n")
        for _, subject, said in _subjects(graphs):
            pairs = [f"{_turtle(predicate, names)} {_turtle(value, names)}" for predicate, value in said]
            file.write(f"\n{_turtle(subject, names)} " + " ;\n    ".join(pairs) + " .\n")
            count += len(said)
    return count


def write_json_ld(path: Path, graphs: Iterable[Graph]) -> int:
    """Write all triples of `graphs` as one JSON-LD document; return how many there were."""
    context = {prefix: str(namespace) for prefix, namespace in sorted(new_graph().namespaces())}
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context": {_json(context)},\n"@graph": [')
        separator = "\n"
        for graph, subject, said in _subjects(graphs):
            file.write(separator + _json(_node(subject, said, graph.namespace_manager)))
            separator, count = ",\n", count + len(said)
        file.write("\n]}\n")
    return count


def _subjects(graphs: Iterable[Graph]) -> Iterator[tuple[Graph, Node, list[tuple[Node, Node]]]]:
    """Each subject with what is said of it, always in the same order.

    What several graphs name (a language, a currency) is described by the first of them, whole.
    """
    told: set[str] = set()
    for graph in graphs:
        new = {item for item in graph.subjects() if str(item) not in told}
        for subject in sorted(new, key=str):
            told.add(str(subject))
            said = graph.predicate_objects(subject)
            yield graph, subject, sorted(said, key=lambda pair: (pair[0].n3(), pair[1].n3()))


def _turtle(node: Node, names: NamespaceManager) -> str:
    if node == RDF.type:
        return "a"
    # Only our own prefixes shorten; addresses of pages stay whole.
    return names.normalizeUri(str(node)) if isinstance(node, URIRef) and _is_term(node, names) else node.n3()


def _is_term(node: URIRef, names: NamespaceManager) -> bool:
    return any(
        node.startswith(str(space)) and str(node)[len(str(space)) :].isalnum()
        for _, space in names.namespaces()
    )


def _node(subject: Node, said: list[tuple[Node, Node]], names: NamespaceManager) -> dict[str, Any]:
    """One subject as JSON-LD, its terms shortened by the context."""
    found: dict[str, Any] = {"@id": str(subject)}
    for predicate, value in said:
        key = "@type" if predicate == RDF.type else names.normalizeUri(str(predicate))
        shown = names.normalizeUri(str(value)) if predicate == RDF.type else _value(value)
        found.setdefault(key, []).append(shown)
    return found


def _value(value: Node) -> dict[str, str]:
    if not isinstance(value, Literal):
        return {"@id": str(value)}
    if value.language:
        return {"@value": str(value), "@language": value.language}
    return {"@value": str(value), "@type": str(value.datatype)} if value.datatype else {"@value": str(value)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
