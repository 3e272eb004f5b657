"""Describe a release after DCAT-AP 3.0.1: one catalogue, a dataset for each table, a distribution a file."""

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SKOS, XSD

from warehouse.catalogue.graphs import SPDX, iri, language_term, new_graph, say, term
from warehouse.catalogue.model import Catalogue, Dataset, Distribution, vocabulary
from warehouse.dictionary import LANGUAGES

DCAT_VERSION = URIRef(f"{DCAT}version")  # of DCAT 3; rdflib's own list ends with DCAT 2


def dcat_graph(catalogue: Catalogue) -> Graph:
    """Return the description of `catalogue` as RDF."""
    graph, words = new_graph(), vocabulary()
    node, publisher = iri(f"{catalogue.latest_url}catalogue"), _publisher(graph, catalogue)
    graph.add((node, RDF.type, DCAT.Catalog))
    say(graph, node, DCTERMS.title, words["title"])
    say(graph, node, DCTERMS.description, words["description"])
    graph.add((node, DCTERMS.publisher, publisher))
    graph.add((node, DCTERMS.license, term(graph, words["licence"], DCTERMS.LicenseDocument)))
    graph.add((node, FOAF.homepage, term(graph, catalogue.latest_url, FOAF.Document)))
    for language in LANGUAGES:
        graph.add((node, DCTERMS.language, language_term(graph, language)))
    for dataset in catalogue.datasets:
        graph.add((node, DCAT.dataset, _dataset(graph, catalogue, dataset, publisher)))
    return graph


def _publisher(graph: Graph, catalogue: Catalogue) -> URIRef:
    """Who publishes; DCAT-AP asks for a name, CPSV-AP for a title and an identifier too."""
    node = term(graph, f"{catalogue.latest_url}publisher", FOAF.Agent)
    say(graph, node, FOAF.name, vocabulary()["publisher"])
    say(graph, node, DCTERMS.title, vocabulary()["publisher"])
    graph.add((node, DCTERMS.identifier, Literal("baskych")))
    return node


def _dataset(graph: Graph, catalogue: Catalogue, dataset: Dataset, publisher: URIRef) -> URIRef:
    words, node = vocabulary(), iri(dataset.url)
    graph.add((node, RDF.type, DCAT.Dataset))
    graph.add((node, DCTERMS.identifier, Literal(dataset.name)))
    for language in LANGUAGES:
        graph.add((node, DCTERMS.title, Literal(dataset.name, lang=language)))
        page = term(graph, dataset.page_urls[language], FOAF.Document)
        graph.add((node, DCAT.landingPage, page))
        graph.add((node, DCTERMS.language, language_term(graph, language)))
    say(graph, node, DCTERMS.description, dataset.meaning)
    for keyword in words["keywords"]:
        graph.add((node, DCAT.keyword, Literal(keyword, lang="en")))
    graph.add((node, DCTERMS.publisher, publisher))
    graph.add((node, DCAT_VERSION, Literal(catalogue.version)))
    graph.add((node, DCTERMS.modified, Literal(catalogue.newest_round, datatype=XSD.gYearMonth)))
    graph.add((node, DCTERMS.accrualPeriodicity, term(graph, words["frequency"], DCTERMS.Frequency)))
    graph.add((node, DCTERMS.accessRights, term(graph, words["access_right"], DCTERMS.RightsStatement)))
    graph.add((node, DCAT.theme, _concept(graph, words["theme"], "Government and public sector")))
    for distribution in dataset.distributions:
        graph.add((node, DCAT.distribution, _distribution(graph, distribution)))
    return node


def _distribution(graph: Graph, distribution: Distribution) -> URIRef:
    words = vocabulary()
    kind, node = words["formats"][distribution.kind], iri(f"{distribution.url}#distribution")
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCAT.accessURL, iri(distribution.url)))
    graph.add((node, DCAT.downloadURL, iri(distribution.url)))
    graph.add((node, DCAT.mediaType, term(graph, kind["media_type"], DCTERMS.MediaType)))
    graph.add((node, DCTERMS.format, term(graph, kind["file_type"], DCTERMS.MediaTypeOrExtent)))
    graph.add((node, DCTERMS.license, term(graph, words["licence"], DCTERMS.LicenseDocument)))
    graph.add((node, DCAT.byteSize, Literal(distribution.byte_count, datatype=XSD.nonNegativeInteger)))
    checksum = term(graph, f"{distribution.url}#checksum", SPDX.Checksum)
    graph.add((checksum, SPDX.algorithm, term(graph, words["checksum_algorithm"], SPDX.ChecksumAlgorithm)))
    graph.add((checksum, SPDX.checksumValue, Literal(distribution.sha256, datatype=XSD.hexBinary)))
    graph.add((node, SPDX.checksum, checksum))
    return node


def _concept(graph: Graph, name: str, label: str) -> URIRef:
    node = term(graph, name, SKOS.Concept)
    graph.add((node, SKOS.prefLabel, Literal(label, lang="en")))
    return node
