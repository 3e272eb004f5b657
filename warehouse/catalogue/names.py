"""Short names of RDF's terms: what a file's prefixes make of `http://purl.org/dc/terms/title`.

Predicates and classes are few and come in every line, so what was found for one of them is remembered.
"""

from rdflib import RDF, URIRef
from rdflib.term import Node

from warehouse.catalogue.graphs import new_graph


class Names:
    """Names terms by our own prefixes."""

    def __init__(self) -> None:
        """Know the prefixes of `graphs`."""
        self._manager = new_graph().namespace_manager
        self.prefixes = [(prefix, str(space)) for prefix, space in sorted(self._manager.namespaces())]
        self._spaces = tuple(space for _, space in self.prefixes)
        self._short: dict[Node, str] = {}
        self._n3: dict[Node, str] = {}
        self._turtle: dict[str, str] = {}

    def short(self, term: Node) -> str:
        """Return a predicate or a class as `dct:title`; in full where no prefix is its own."""
        if term not in self._short:
            self._short[term] = self._manager.normalizeUri(str(term))
        return self._short[term]

    def n3(self, predicate: Node) -> str:
        """Return a predicate in full."""
        if predicate not in self._n3:
            self._n3[predicate] = predicate.n3()
        return self._n3[predicate]

    def turtle(self, node: Node, n3: str) -> str:
        """Return a node as Turtle has it, `n3` in full: our own terms are short, addresses of pages whole."""
        address = str(node)
        if not address.startswith(self._spaces) or not isinstance(node, URIRef):
            return n3
        if address not in self._turtle:
            is_term = any(
                address.startswith(space) and address[len(space) :].isalnum() for space in self._spaces
            )
            self._turtle[address] = "a" if node == RDF.type else self.short(node) if is_term else n3
        return self._turtle[address]
