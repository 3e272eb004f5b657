"""Describe a release for programs: `datapackage.json`, after the Data Package standard, version 2.

Each published table is one resource: its CSV file with the name, the type and the meaning of each column.
The same rows in other formats stand under `alternates`, a key of our own.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from warehouse import contract
from warehouse.dictionary import ColumnDoc
from warehouse.exports import LICENCE_URL
from warehouse.files import ReleaseFile
from warehouse.formats import CSV, FORMATS, Format
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


def datapackage(
    version: str,
    tables: Iterable[PublishedTable],
    files: Iterable[ReleaseFile],
    authors: Iterable[tuple[str, str | None]] = (),
) -> str:
    """Return `datapackage.json` for a release of `tables` in `files`, as text.

    `authors` are name and address of those whose rubric judged.
    """
    by_path = {file.path: file for file in files}
    resources = [resource(table, by_path) for table in tables]
    package: dict[str, Any] = {
        "$schema": PROFILE,
        "name": "baskych",
        "title": "Baskych: public services, how far each has gone online, and the words that prove it",
        "version": version,
        "contract": {"version": contract.current().number, "sha256": contract.sha256(contract.current())},
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE_URL, "title": "Creative Commons Attribution 4.0"}],
        "sources": [
            {"title": "Government websites, as captured: see the evidence columns"},
            {"title": "UN DESA, E-Government Knowledgebase (out_egdi)"},
        ],
        "resources": resources,
    }
    if contributors := [author(name, url) for name, url in authors]:
        package["contributors"] = contributors
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def author(name: str, url: str | None) -> dict[str, Any]:
    """Describe whose rubric judged, as a contributor."""
    return {"title": name, **({"path": url} if url else {}), "roles": ["rubric and weights of the index"]}


def resource(table: PublishedTable, files: Mapping[str, ReleaseFile]) -> dict[str, Any]:
    """Describe a table: its CSV file with its columns, and the other files that hold the same rows."""
    has_whole_key = not any(column.is_nullable for column in table.columns if column.column in table.grain)
    schema: dict[str, Any] = {"fields": [field(column) for column in table.columns], "missingValues": [""]}
    if has_whole_key:
        schema["primaryKey"] = list(table.grain)
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "description": table.meaning.en,
        "description_ky": table.meaning.ky,
        "description_ru": table.meaning.ru,
        **described(files[CSV.path(table.name)], CSV),
        "encoding": "utf-8",
        "schema": schema,
        "alternates": [
            described(files[kind.path(table.name)], kind)
            for kind in FORMATS
            if kind is not CSV and kind.path(table.name) in files
        ],
    }


def described(file: ReleaseFile, kind: Format) -> dict[str, Any]:
    """Return where a file lies and what it is."""
    return {
        "path": file.path,
        "format": kind.suffix.removeprefix("."),
        "mediatype": kind.media_type,
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
    if column.example:
        found["example"] = column.example
    if column.unit:
        found["unit"] = column.unit
    if constraints := dict(_constraints(column)):
        found["constraints"] = constraints
    return found


def _constraints(column: ColumnDoc) -> Iterator[tuple[str, Any]]:
    if not column.is_nullable and not column.type.startswith("VARCHAR"):
        yield "required", True
    if column.limits.one_of:
        yield "enum", list(column.limits.one_of)
    if column.limits.least is not None:
        yield "minimum", column.limits.least
    if column.limits.most is not None:
        yield "maximum", column.limits.most
