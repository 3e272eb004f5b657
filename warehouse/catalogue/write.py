"""Write all descriptions of a release into it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from rdflib import Graph

from warehouse.catalogue.cpsv import service_graph
from warehouse.catalogue.croissant import croissant
from warehouse.catalogue.csvw import csvw
from warehouse.catalogue.dcat import dcat_graph
from warehouse.catalogue.graphs import Triples
from warehouse.catalogue.model import Catalogue
from warehouse.catalogue.serialise import write_both
from warehouse.catalogue.shared import Shared

_SERVICES = Path(__file__).with_name("services.sql")
_FETCH = 500  # services at once


def write_catalogue(connection: duckdb.DuckDBPyConnection, part: Path, catalogue: Catalogue) -> None:
    """Write `catalogue/` into `part`: datasets and services as RDF, files for CSVW and Croissant."""
    folder = part / "catalogue"
    folder.mkdir()
    datasets = dcat_graph(catalogue)
    write_both(folder / "dcat.ttl", folder / "dcat.jsonld", [datasets])
    services = service_graphs(connection, catalogue)
    write_both(folder / "services.ttl", folder / "services.jsonld", services)
    (folder / "croissant.json").write_text(croissant(catalogue), encoding="utf-8", newline="\n")
    (part / "csv-metadata.json").write_text(csvw(catalogue), encoding="utf-8", newline="\n")


def service_graphs(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> Iterator[Graph | Triples]:
    """Yield what services share, then each service, by its id."""
    shared = Shared(connection, catalogue)
    yield shared.graph()
    for row in _rows(connection):
        yield service_graph(row, catalogue, shared)


def _rows(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    found = connection.cursor().execute(_SERVICES.read_text(encoding="utf-8"))
    names = [column[0] for column in found.description or ()]
    while batch := found.fetchmany(_FETCH):
        for row in batch:
            yield dict(zip(names, row, strict=True))
