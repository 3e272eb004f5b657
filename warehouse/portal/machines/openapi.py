"""Describe the JSON API (OpenAPI 3.1), its fields by the dictionary of the tables that they come from."""

from collections.abc import Mapping
from typing import Any

import duckdb

from warehouse.dictionary import ColumnDoc, columns
from warehouse.exports import LICENCE_URL
from warehouse.portal.site import Site

VERSION = "v1"
_TYPES: Mapping[str, Mapping[str, Any]] = {  # DuckDB's types to those of JSON Schema
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "string", "format": "date"},
    "TIMESTAMP": {"type": "string", "format": "date-time"},
    "VARCHAR": {"type": "string"},
    "VARCHAR[]": {"type": "array", "items": {"type": "string"}},
    "DOUBLE": {"type": "number"},
    "FLOAT": {"type": "number"},
}
_WHOLE: Mapping[str, Any] = {"type": "integer"}
_SCHEMAS = {"Country": "out_countries", "Institution": "out_institutions", "Service": "out_services"}


def description(connection: duckdb.DuckDBPyConnection, site: Site) -> dict[str, Any]:
    """Return the description of the API of `site`; field by field what `connection` says of its columns."""
    docs = columns(connection)
    schemas = {name: _schema([doc for doc in docs if doc.table == table]) for name, table in _SCHEMAS.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Baskych",
            "version": site.version,
            "description": "How far each public service has gone online, as static files. CC BY 4.0.",
            "license": {"name": "CC BY 4.0", "url": LICENCE_URL},
        },
        "servers": [{"url": f"{site.latest_url}api/{VERSION}"}],
        "paths": _paths(),
        "components": {"schemas": schemas},
    }


def _paths() -> dict[str, Any]:
    """Each address of the API, by what it gives."""
    service = {"name": "service_id", "in": "path", "required": True, "schema": {"type": "string"}}
    country = {"name": "country_id", "in": "path", "required": True, "schema": {"type": "string"}}
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    bodies, services = _list("institutions", "Institution"), _list("services", "Service")
    services["properties"]["next"] = {"type": ["string", "null"], "description": "The file that goes on."}
    return {
        "/index.json": _get("index", "What there is.", {"type": "object"}),
        "/countries.json": _get("countries", "All countries.", _list("countries", "Country")),
        "/countries/{country_id}/institutions.json": _get(
            "institutions", "The public bodies of a country.", bodies, country
        ),
        "/countries/{country_id}/services/{number}.json": _get(
            "services", "The services of a country, in short, so many in a file.", services, country, number
        ),
        "/services/{service_id}.json": _get(
            "service", "A service with all that its page shows.", _whole_service(), service
        ),
    }


def _get(name: str, words: str, schema: Mapping[str, Any], *parameters: Mapping[str, Any]) -> dict[str, Any]:
    answer = {"description": words, "content": {"application/json": {"schema": schema}}}
    absent = {"description": "There is none."}
    return {
        "get": {
            "operationId": name,
            "summary": words,
            "parameters": list(parameters),
            "responses": {"200": answer, **({"404": absent} if parameters else {})},
        }
    }


def _list(name: str, schema: str) -> dict[str, Any]:
    items = {"$ref": f"#/components/schemas/{schema}"}
    return {"type": "object", "required": [name], "properties": {name: {"type": "array", "items": items}}}


def _whole_service() -> dict[str, Any]:
    names = ("names", "pages", "facts", "findings", "criteria", "ways", "rounds")
    parts = {name: {"type": "array", "items": {"type": "object"}} for name in names}
    return {"allOf": [{"$ref": "#/components/schemas/Service"}, {"type": "object", "properties": parts}]}


def _schema(docs: list[ColumnDoc]) -> dict[str, Any]:
    """The fields of a table. None is required: lists hold the most telling ones only."""
    return {"type": "object", "properties": {doc.column: _field(doc) for doc in docs}}


def _field(doc: ColumnDoc) -> dict[str, Any]:
    known: dict[str, Any] = dict(_TYPES.get(doc.type, _WHOLE))
    if doc.is_nullable:
        known["type"] = [known["type"], "null"]
    return {**known, "description": doc.meaning.en}
