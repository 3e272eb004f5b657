"""Describe a release after MLCommons Croissant 1.0, which tools for machine learning read."""

import json
from typing import Any

from warehouse.catalogue.model import Catalogue, Dataset, Distribution
from warehouse.catalogue.vocabulary import vocabulary
from warehouse.dictionary import ColumnDoc

# DuckDB's type -> schema.org's
_TYPES = {
    "UTINYINT": "sc:Integer", "SMALLINT": "sc:Integer", "INTEGER": "sc:Integer", "BIGINT": "sc:Integer",
    "DOUBLE": "sc:Float", "BOOLEAN": "sc:Boolean", "DATE": "sc:Date", "TIMESTAMP": "sc:DateTime",
}  # fmt: skip
_OWN_TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet",
    "format", "includes",
    "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    **{name: f"cr:{name}" for name in _OWN_TERMS},
}


def croissant(catalogue: Catalogue) -> str:
    """Return the description of a release's CSV files, as text."""
    words = vocabulary()
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "baskych",
        "description": words["description"]["en"],
        "url": catalogue.release_url,
        "license": words["licence"],
        "version": _semantic(catalogue.version),
        "datePublished": f"{catalogue.newest_round}-01",
        "citeAs": f"{words['publisher']['en']}: {words['title']['en']}, {catalogue.version}",
        "creator": {"@type": "sc:Organization", "name": words["publisher"]["en"]},
        "keywords": words["keywords"],
        "distribution": [_file(dataset, _csv(dataset)) for dataset in catalogue.datasets],
        "recordSet": [_records(dataset) for dataset in catalogue.datasets],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _csv(dataset: Dataset) -> Distribution:
    return next(item for item in dataset.distributions if item.kind == "csv")


def _semantic(version: str) -> str:
    """`2026-11-552c4f10` as Croissant wants versions: MAJOR.MINOR.PATCH, with the digest as build."""
    year, month, digest = version.split("-", 2)
    return f"{year}.{int(month)}.0+{digest}"


def _file(dataset: Dataset, file: Distribution) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{dataset.name}.csv",
        "name": f"{dataset.name}.csv",
        "description": dataset.meaning.en,
        "contentUrl": file.url,
        "contentSize": f"{file.byte_count} B",
        "encodingFormat": vocabulary()["formats"][file.kind]["encoding_format"],
        "sha256": file.sha256,
    }


def _records(dataset: Dataset) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": dataset.name,
        "name": dataset.name,
        "description": dataset.meaning.en,
        "field": [_field(dataset, column) for column in dataset.columns],
    }


def _field(dataset: Dataset, column: ColumnDoc) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{dataset.name}/{column.column}",
        "name": column.column,
        "description": column.meaning.en,
        "dataType": _TYPES.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": f"{dataset.name}.csv"}, "extract": {"column": column.column}},
    }
