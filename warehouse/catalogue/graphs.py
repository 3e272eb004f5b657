"""Put RDF together: prefixes, words in three languages, and addresses that nothing can be smuggled into."""

import re
from collections.abc import Iterator
from typing import Any

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, SKOS, XSD
from rdflib.term import Node

from warehouse.catalogue.vocabulary import vocabulary
from warehouse.dictionary import LANGUAGES

ADMS = Namespace("http://www.w3.org/ns/adms#")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")

# What RFC 3987 keeps out of an IRI: such a character would end it and begin something else.
_FORBIDDEN = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\x9f]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


Triple = tuple[Node, Node, Node]


class Triples:
    """Triples that are only added to and gone through: a graph that can be asked takes six times as long."""

    def __init__(self, own: str | None = None) -> None:
        """Begin with none; what begins with the address `own` is said of in no other graph."""
        self._all: set[Triple] = set()
        self._own = own

    def owns(self, subject: Node) -> bool:
        """Whether this is the only graph that says anything of `subject`."""
        return self._own is not None and str(subject).partition("#")[0] == self._own

    def add(self, triple: Triple) -> None:
        """Add a triple, once."""
        self._all.add(triple)

    def __iter__(self) -> Iterator[Triple]:
        """Go through all of them, in any order."""
        return iter(self._all)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._all)


def new_graph() -> Graph:
    """Return an empty graph that knows our prefixes."""
    graph = Graph(bind_namespaces="none")
    prefixes = {
        "adms": ADMS, "cpsv": CPSV, "cv": CV, "dcat": DCAT, "dct": DCTERMS, "eli": ELI, "foaf": FOAF,
        "org": ORG, "rdf": RDF, "skos": SKOS, "spdx": SPDX, "vcard": VCARD,
        "xsd": XSD,
    }  # fmt: skip
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace)
    return graph


def iri(address: str) -> URIRef:
    """Return an address as RDF names things; characters that no IRI has are percent-encoded."""
    return URIRef(_FORBIDDEN.sub(lambda found: f"%{ord(found[0]):02X}", address))


def text(words: str, language: str) -> Literal:
    """Return words in their language, free of characters that XML and RDF cannot carry."""
    return Literal(_CONTROLS.sub("", words), lang=language)


def say(graph: Graph | Triples, subject: URIRef, predicate: URIRef, words: Any) -> None:
    """Say `words` (a mapping or a record with ky, ru and en) of `subject` in each language that has any."""
    for language in LANGUAGES:
        said = words.get(language) if isinstance(words, dict) else getattr(words, language)
        if said:
            graph.add((subject, predicate, text(said, language)))


def term(graph: Graph | Triples, name: str, kind: URIRef) -> URIRef:
    """Return a term of somebody else's vocabulary, and say what it is: shapes ask for its class."""
    node = iri(name)
    graph.add((node, RDF.type, kind))
    return node


def language_term(graph: Graph | Triples, language: str) -> URIRef:
    """Return a language as the EU's authority table names it."""
    return term(graph, vocabulary()["languages"][language], DCTERMS.LinguisticSystem)
