"""Write RDF as Turtle and as JSON-LD, a little at a time: all services never are in memory at once.

Both are the same triples in the same order for the same data. Inside HTML `<` would end a script, so
JSON-LD has none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, TextIO

from rdflib import RDF, Literal
from rdflib.term import Node

from warehouse.catalogue.graphs import Triple, Triples
from warehouse.catalogue.names import Names
from warehouse.safe_json import safe_json

Graphs = Iterable[Iterable[Triple]]
_TYPE = RDF.type  # to ask for it each time costs more than to write it


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that is said of a subject."""

    predicate: Node
    value: Node
    n3: tuple[str, str]  # both, in full


def write_both(turtle: Path, json_ld: Path, graphs: Graphs) -> int:
    """Write all triples of `graphs` both ways, and make each graph only once; return how many there were."""
    names, count = Names(), 0
    with _opened(turtle) as as_turtle, _opened(json_ld) as as_json_ld:
        writers = (_Turtle(as_turtle, names), _JsonLd(as_json_ld, names))
        for subject, said in _subjects(graphs, names):
            count += len(said)
            for writer in writers:
                writer.write(subject, said)
        for writer in writers:
            writer.end()
    return count


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n")


class _Turtle:
    """One subject after another, as Turtle."""

    def __init__(self, file: TextIO, names: Names) -> None:
        self._file, self._names = file, names
        file.writelines(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in names.prefixes)

    def write(self, subject: Node, said: list[Said]) -> None:
        of = self._names.turtle
        pairs = [f"{of(each.predicate, each.n3[0])} {of(each.value, each.n3[1])}" for each in said]
        self._file.write(f"\n{of(subject, subject.n3())} " + " ;\n    ".join(pairs) + " .\n")

    def end(self) -> None:
        """Turtle has no end of its own."""


class _JsonLd:
    """One subject after another, as a document of JSON-LD."""

    def __init__(self, file: TextIO, names: Names) -> None:
        self._file, self._names, self._separator = file, names, "\n"
        file.write(f'{{"@context": {safe_json(dict(names.prefixes))},\n"@graph": [')

    def write(self, subject: Node, said: list[Said]) -> None:
        self._file.write(self._separator + safe_json(self._node(subject, said)))
        self._separator = ",\n"

    def end(self) -> None:
        self._file.write("\n]}\n")

    def _node(self, subject: Node, said: list[Said]) -> dict[str, Any]:
        """One subject as JSON-LD, its terms shortened by the context."""
        found: dict[str, Any] = {"@id": str(subject)}
        for each in said:
            is_type = each.predicate == _TYPE
            key = "@type" if is_type else self._names.short(each.predicate)
            shown = self._names.short(each.value) if is_type else _value(each.value)
            found.setdefault(key, []).append(shown)
        return found


def _subjects(graphs: Graphs, names: Names) -> Iterator[tuple[Node, list[Said]]]:
    """Each subject with what is said of it, always in the same order.

    What several graphs name (a language, a currency) is described by the first of them, whole.
    """
    told: set[bytes] = set()  # digests of those that several graphs may name: there is one a service
    for graph in graphs:
        found: dict[Node, list[Said]] = {}
        for subject, predicate, value in graph:
            said = Said(predicate=predicate, value=value, n3=(names.n3(predicate), value.n3()))
            found.setdefault(subject, []).append(said)
        for subject in sorted(found, key=str):
            mark = blake2b(str(subject).encode("utf-8", "surrogatepass"), digest_size=16).digest()
            if mark not in told:
                if not (isinstance(graph, Triples) and graph.owns(subject)):
                    told.add(mark)
                yield subject, sorted(found[subject], key=lambda each: each.n3)


def _value(value: Node) -> dict[str, str]:
    if not isinstance(value, Literal):
        return {"@id": str(value)}
    if value.language:
        return {"@value": str(value), "@language": value.language}
    return {"@value": str(value), "@type": str(value.datatype)} if value.datatype else {"@value": str(value)}
