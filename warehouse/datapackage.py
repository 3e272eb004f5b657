"""Describe a release for programs: `datapackage.json`, after the Data Package standard, version 2.

Each published table is one resource: its CSV file with the name, the type and the meaning of each column.
The same tables as Parquet are listed beside them, as files.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from warehouse.dictionary import ColumnDoc
from warehouse.exports import LICENCE
from warehouse.files import ReleaseFile
from warehouse.published import PublishedTable

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES: Mapping[str, str] = {
    "VARCHAR": "string",
    "VARCHAR[]": "list",
    "UTINYINT": "integer",
    "SMALLINT": "integer",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}


def datapackage(version: str, tables: Iterable[PublishedTable], files: Iterable[ReleaseFile]) -> str:
    """Return `datapackage.json` for a release of `tables` in `files`, as text."""
    by_path = {file.path: file for file in files}
    resources = [
        resource
        for table in tables
        for resource in (
            csv_resource(table, by_path[f"data/{table.name}.csv"]),
            parquet_resource(table, by_path[f"data/{table.name}.parquet"]),
        )
    ]
    package = {
        "$schema": PROFILE,
        "name": "baskych",
        "title": "Baskych: public services, how far each has gone online, and the words that prove it",
        "version": version,
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0"}],
        "sources": [
            {"title": "Government websites, as captured: see the evidence columns"},
            {"title": "UN DESA, E-Government Knowledgebase (out_egdi)"},
        ],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def csv_resource(table: PublishedTable, file: ReleaseFile) -> dict[str, Any]:
    """Describe the CSV file of a table: the resource that carries the columns."""
    has_whole_key = not any(column.is_nullable for column in table.columns if column.column in table.grain)
    schema: dict[str, Any] = {"fields": [field(column) for column in table.columns], "missingValues": [""]}
    if has_whole_key:
        schema["primaryKey"] = list(table.grain)
    return {
        **described(table.name, table.meaning.en, file),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def parquet_resource(table: PublishedTable, file: ReleaseFile) -> dict[str, Any]:
    """Describe the Parquet file of a table, which carries its columns itself."""
    words = f"{table.meaning.en} The same rows as {table.name}, as Parquet."
    return {
        **described(f"{table.name}-parquet", words, file),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }


def described(name: str, description: str, file: ReleaseFile) -> dict[str, Any]:
    """Return what every resource says of its file."""
    return {
        "name": name.replace("_", "-"),
        "path": file.path,
        "description": description,
        "bytes": file.byte_count,
        "hash": f"sha256:{file.sha256}",
    }


def field(column: ColumnDoc) -> dict[str, Any]:
    """Describe a column: text may be empty where it is not missing, so only other types are required."""
    found: dict[str, Any] = {
        "name": column.column,
        "type": TYPES[column.type],
        "description": column.meaning.en,
        "description_ky": column.meaning.ky,
        "description_ru": column.meaning.ru,
    }
    if not column.is_nullable and not column.type.startswith("VARCHAR"):
        found["constraints"] = {"required": True}
    return found
