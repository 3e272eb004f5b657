"""Describe the CSV files after CSV on the Web (W3C, 2015): one table group, columns with their meaning."""

import json
from typing import Any

from warehouse.catalogue.model import Catalogue, Dataset
from warehouse.catalogue.vocabulary import vocabulary
from warehouse.dictionary import LANGUAGES, ColumnDoc

# DuckDB's type -> CSVW's (https://www.w3.org/TR/tabular-metadata/#datatypes)
_TYPES = {
    "UTINYINT": "integer", "SMALLINT": "integer", "INTEGER": "integer", "BIGINT": "integer",
    "DOUBLE": "double", "BOOLEAN": "boolean", "DATE": "date",
    "TIMESTAMP": {"base": "datetime", "format": "yyyy-MM-ddTHH:mm:ss.SSSSSSX"},
}  # fmt: skip


def csvw(catalogue: Catalogue) -> str:
    """Return the description of all CSV files of a release, as text; addresses are relative to its folder."""
    words = vocabulary()
    group = {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": [{"@value": words["title"][language], "@language": language} for language in LANGUAGES],
        "dc:license": {"@id": words["licence"]},
        "dialect": {"encoding": "utf-8", "header": True},
        "tables": [_table(dataset) for dataset in catalogue.datasets],
    }
    return json.dumps(group, ensure_ascii=False, indent=2) + "\n"


def _table(dataset: Dataset) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in dataset.columns]}
    keys = [column for column in dataset.columns if column.column in dataset.grain]
    if not any(column.is_nullable for column in keys):
        schema["primaryKey"] = list(dataset.grain)
    return {"url": f"data/{dataset.name}.csv", "tableSchema": schema}


def _column(column: ColumnDoc) -> dict[str, Any]:
    return {
        "name": column.column,
        "titles": column.column,
        "dc:description": [
            {"@value": getattr(column.meaning, language), "@language": language} for language in LANGUAGES
        ],
        "datatype": _TYPES.get(column.type, "string"),
    }
