"""What a release says of itself has the points that Europe's portal gives for metadata.

Points: Metadata Quality Assessment of data.europa.eu, https://data.europa.eu/mqa/methodology. Those for
addresses that answer (80) are not counted, for nobody serves this release; nor those for conformity (30),
which `test_catalogue` asks the shapes themselves.
"""

from collections.abc import Mapping

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS
from rdflib.term import Node

from warehouse.release import Release

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, against itself

AUTHORITY = "http://publications.europa.eu/resource/authority/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
OPEN = ("CSV", "JSON", "PARQUET", "XLSX")  # on its lists of machine-readable and non-proprietary formats
OF_A_DATASET: Mapping[URIRef, int] = {
    DCAT.keyword: 30,
    DCAT.theme: 30,
    DCTERMS.spatial: 20,
    DCTERMS.temporal: 20,
    DCTERMS.accessRights: 10,
    DCAT.contactPoint: 20,
    DCTERMS.publisher: 10,
    DCTERMS.modified: 5,
}
OF_A_FILE: Mapping[URIRef, int] = {
    DCAT.downloadURL: 20,
    DCTERMS.format: 20,
    DCAT.mediaType: 10,
    DCTERMS.license: 20,
    DCTERMS.rights: 5,
    DCAT.byteSize: 5,
    DCTERMS.issued: 5,
}
OF_VOCABULARIES = 10 + 20 + 20 + 10 + 5  # format, open, machine-readable; licence; access rights
ASKED, ELSEWHERE, ALL = 350, 80 + 30, 405


@pytest.fixture(scope="module")
def described(released: Release) -> Graph:
    """What a release says of its datasets."""
    return Graph().parse(released.folder / "catalogue" / "dcat.ttl")


def points(graph: Graph, dataset: Node) -> int:
    """Return the points of a dataset and of the least described of its files."""
    files = list(graph.objects(dataset, DCAT.distribution))
    own = sum(worth for name, worth in OF_A_DATASET.items() if graph.value(dataset, name) is not None)
    return own + min(
        sum(worth for name, worth in OF_A_FILE.items() if graph.value(file, name) is not None)
        for file in files
    )


def is_in_vocabularies(graph: Graph, dataset: Node) -> bool:
    """Whether formats, licences and access rights are terms that the portal knows."""
    files = list(graph.objects(dataset, DCAT.distribution))
    formats = {str(graph.value(file, DCTERMS.format)) for file in files}
    licences = {str(graph.value(file, DCTERMS.license)) for file in files}
    return (
        formats <= {f"{AUTHORITY}file-type/{name}" for name in OPEN}
        and licences == {LICENCE}
        and str(graph.value(dataset, DCTERMS.accessRights)) == f"{AUTHORITY}access-right/PUBLIC"
    )


def test_every_dataset_has_all_points_that_can_be_had_without_a_server(described: Graph):
    """Asked: 350 of 405 (READERS.md, P9); with those that a server and the shapes give it is all."""
    datasets = list(described.subjects(RDF.type, DCAT.Dataset))
    had = {points(described, dataset) + OF_VOCABULARIES + ELSEWHERE for dataset in datasets}

    assert datasets
    assert all(is_in_vocabularies(described, dataset) for dataset in datasets)
    assert {ALL} == had
    assert min(had) >= ASKED


def test_a_dataset_that_names_no_time_has_fewer(described: Graph):
    """The points can be lost."""
    timeless = Graph() + described
    timeless.remove((None, DCTERMS.temporal, None))
    dataset = next(timeless.subjects(RDF.type, DCAT.Dataset))

    assert points(described, dataset) - 20 == points(timeless, dataset)


def test_time_and_place_are_those_of_the_rounds(described: Graph):
    """From the first round to the newest, and the countries that have any."""
    period = next(described.subjects(RDF.type, DCTERMS.PeriodOfTime))
    dates = [str(described.value(period, URIRef(f"{DCAT}{name}"))) for name in ("startDate", "endDate")]
    places = {str(place) for place in described.objects(None, DCTERMS.spatial)}

    assert ["2026-10", "2026-11"] == dates
    assert {f"{AUTHORITY}country/SAMPLE"} == places
