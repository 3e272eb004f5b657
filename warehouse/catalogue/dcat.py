"""Describe a release after DCAT-AP 3.0.1: one catalogue, a dataset for each table, a distribution a file."""

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SKOS, XSD

from warehouse.catalogue.graphs import SPDX, VCARD, iri, language_term, new_graph, say, term
from warehouse.catalogue.model import Catalogue, Dataset, Distribution
from warehouse.catalogue.vocabulary import vocabulary
from warehouse.dictionary import LANGUAGES
from warehouse.notices import LICENCE
from warehouse.portal import addresses

DCAT_VERSION = URIRef(f"{DCAT}version")  # of DCAT 3; rdflib's own list ends with DCAT 2
START, END = URIRef(f"{DCAT}startDate"), URIRef(f"{DCAT}endDate")


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
    _cover(graph, node, catalogue)
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


def _contact(graph: Graph, catalogue: Catalogue) -> URIRef:
    """Where to ask, and to say what is wrong."""
    node = term(graph, f"{catalogue.latest_url}contact", VCARD.Kind)
    say(graph, node, VCARD.fn, vocabulary()["publisher"])
    for language in LANGUAGES:
        graph.add(
            (node, VCARD.hasURL, iri(f"{catalogue.latest_url}{addresses.file_of(language, addresses.ABOUT)}"))
        )
    return node


def _cover(graph: Graph, node: URIRef, catalogue: Catalogue) -> None:
    """Say which countries and which time the catalogue, or a dataset of it, is about."""
    coverage = catalogue.coverage
    for place in coverage.places:
        graph.add((node, DCTERMS.spatial, term(graph, place, DCTERMS.Location)))
    if coverage.first_round is None:
        return
    period = term(graph, f"{catalogue.latest_url}period", DCTERMS.PeriodOfTime)
    for predicate, round_id in ((START, coverage.first_round), (END, catalogue.newest_round)):
        graph.add((period, predicate, Literal(round_id, datatype=XSD.gYearMonth)))
    graph.add((node, DCTERMS.temporal, period))


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
    _cover(graph, node, catalogue)
    graph.add((node, DCAT.contactPoint, _contact(graph, catalogue)))
    graph.add((node, DCTERMS.accrualPeriodicity, term(graph, words["frequency"], DCTERMS.Frequency)))
    graph.add((node, DCTERMS.accessRights, term(graph, words["access_right"], DCTERMS.RightsStatement)))
    graph.add((node, DCAT.theme, _concept(graph, words["theme"], "Government and public sector")))
    for distribution in dataset.distributions:
        graph.add((node, DCAT.distribution, _distribution(graph, catalogue, distribution)))
    return node


def _distribution(graph: Graph, catalogue: Catalogue, distribution: Distribution) -> URIRef:
    words = vocabulary()
    kind, node = words["formats"][distribution.kind], iri(f"{distribution.url}#distribution")
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCAT.accessURL, iri(distribution.url)))
    graph.add((node, DCAT.downloadURL, iri(distribution.url)))
    graph.add((node, DCAT.mediaType, term(graph, kind["media_type"], DCTERMS.MediaType)))
    graph.add((node, DCTERMS.format, term(graph, kind["file_type"], DCTERMS.MediaTypeOrExtent)))
    graph.add((node, DCTERMS.license, term(graph, words["licence"], DCTERMS.LicenseDocument)))
    rights = term(graph, f"{catalogue.release_url}{LICENCE}", DCTERMS.RightsStatement)
    graph.add((node, DCTERMS.rights, rights))
    graph.add((node, DCTERMS.issued, Literal(catalogue.newest_round, datatype=XSD.gYearMonth)))
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
