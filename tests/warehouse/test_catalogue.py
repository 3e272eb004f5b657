"""A release is described for other catalogues, and validators that we did not write agree."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from csvw import TableGroup
from pyshacl import validate
from rdflib import Graph, Literal, URIRef

from warehouse.catalogue.graphs import iri, new_graph, text
from warehouse.catalogue.model import catalogue, default_address
from warehouse.catalogue.serialise import write_both
from warehouse.catalogue.write import service_graphs
from warehouse.errors import ReleaseError
from warehouse.files import ReleaseFile, listed
from warehouse.formats import FORMATS, kind_of
from warehouse.published import published
from warehouse.release import Release

SHAPES = Path(__file__).parents[2].parent / "shared" / "vectors" / "shacl"
needs_shapes = pytest.mark.skipif(not SHAPES.exists(), reason="the shared vectors are not here")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, against itself


@pytest.fixture(scope="module")
def described(released: Release) -> Graph:
    """What a release says of itself and of the services in it."""
    folder = released.folder / "catalogue"
    return Graph().parse(folder / "dcat.ttl") + Graph().parse(folder / "services.ttl")


@needs_shapes
@pytest.mark.parametrize("shapes", ["dcat-ap-3.0.1.ttl", "cpsv-ap-3.2.0.ttl"])
def test_f6_the_description_conforms_to_europes_shapes(described: Graph, shapes: str):
    """DCAT-AP for datasets, CPSV-AP for services, each over the whole description."""
    is_conforming, _, words = validate(described, shacl_graph=str(SHAPES / shapes), do_owl_imports=False)

    assert is_conforming, words


@needs_shapes
def test_f6_a_service_without_a_name_would_not_conform(described: Graph):
    """The shapes are able to say no."""
    title = URIRef("http://purl.org/dc/terms/title")
    nameless = Graph() + described
    nameless.remove((None, title, None))
    is_conforming, *_ = validate(
        nameless, shacl_graph=str(SHAPES / "cpsv-ap-3.2.0.ttl"), do_owl_imports=False
    )

    assert not is_conforming


def test_f3_as_many_triples_are_read_as_were_written(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path):
    """In Turtle and in JSON-LD, and they are the same."""
    tables = published(warehouse)
    files = [file for table in tables for file in _files(table.name)]
    graphs = list(service_graphs(warehouse, catalogue(default_address(), "2026-11-ab", tables, files)))
    written = write_both(tmp_path / "a.ttl", tmp_path / "a.jsonld", graphs)
    turtle, json_ld = Graph().parse(tmp_path / "a.ttl"), Graph().parse(tmp_path / "a.jsonld")

    assert [written, written] == [len(turtle), len(json_ld)]
    assert set(turtle) == set(json_ld)


@pytest.mark.parametrize(
    "address",
    ["http://x/> . <evil", "http://x/ y", 'http://x/"', "http://x/{a}", "http://x/\n\t", "http://x/ы\\^`|"],
)
def test_f3_no_address_ends_its_own_brackets(tmp_path: Path, address: str):
    """What no IRI has is percent-encoded, and nothing is dropped."""
    graph = new_graph()
    graph.add((iri(address), URIRef("http://a/b"), iri(address)))
    write_both(tmp_path / "a.ttl", tmp_path / "a.jsonld", [graph])

    assert [1, 1] == [len(Graph().parse(tmp_path / name)) for name in ("a.ttl", "a.jsonld")]


@pytest.mark.parametrize(
    "words", ["</script><b>", "a\u2028b", 'quo"te\\', "NUL\x00 and \ud800 lone", "кызмат"]
)
def test_f2_hostile_words_neither_end_a_script_nor_get_lost(tmp_path: Path, words: str):
    """JSON-LD may stand in a page; both forms give back what was said, without what RDF cannot carry."""
    graph, said = new_graph(), text(words, "ky")
    graph.add((iri("http://x/"), URIRef("http://a/b"), said))
    write_both(tmp_path / "a.ttl", tmp_path / "a.jsonld", [graph])
    raw = (tmp_path / "a.jsonld").read_text(encoding="utf-8")

    assert "<" not in raw
    assert "\u2028" not in raw
    for name in ("a.ttl", "a.jsonld"):
        assert [Literal(str(said), lang="ky")] == list(Graph().parse(tmp_path / name).objects())


def test_f7_croissant_has_no_fault(released: Release):
    """By MLCommons' own reader."""
    mlcroissant = pytest.importorskip(
        "mlcroissant",
        reason="the extra `croissant` is not here: it brings pandas, which slows whatever writes Parquet",
    )
    dataset = mlcroissant.Dataset(jsonld=str(released.folder / "catalogue" / "croissant.json"))

    assert not dataset.metadata.issues.errors
    assert "out_services" in {records.name for records in dataset.metadata.record_sets}


def test_f7_csvw_reads_every_row_by_its_types(released: Release, tmp_path: Path):
    """Each column of each file, by a reader of the W3C's description."""
    shutil.copytree(released.folder / "data", tmp_path / "data")
    shutil.copy(released.folder / "csv-metadata.json", tmp_path)
    counts = {
        Path(str(table.url)).stem: sum(1 for _ in table.iterdicts())
        for table in TableGroup.from_file(tmp_path / "csv-metadata.json").tables
    }

    assert dict(released.rows) == counts


def test_every_file_is_described_with_its_sum(released: Release):
    """A harvester can check what it fetched."""
    described = json.loads((released.folder / "catalogue" / "dcat.jsonld").read_text(encoding="utf-8"))
    sums = {
        node["spdx:checksumValue"][0]["@value"]
        for node in described["@graph"]
        if "spdx:checksumValue" in node
    }
    files = listed(released.folder)
    kinds = {item.kind for item in FORMATS}
    tables = {file.sha256 for file in files if "/out_" in file.path and kind_of(file.path) in kinds}

    assert tables == sums


@pytest.mark.parametrize("address", ["data.example/", "https://data.example", "https://a b/", "ftp://a/"])
def test_an_address_that_is_none_is_refused(address: str):
    """With what was expected."""
    with pytest.raises(ReleaseError, match="expected http"):
        catalogue(address, "2026-11-ab", (), listed(Path(__file__).parent))


def _files(table: str) -> list[ReleaseFile]:
    """The files of a table, as a release has them."""
    return [ReleaseFile(path=kind.path(table), byte_count=1, sha256="00") for kind in FORMATS]
