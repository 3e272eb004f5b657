"""Write records as the Parquet files that the warehouse reads: a small stand-in for the pipelines' writer."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.captures import RenderMode
from crawlers.outcomes import Outcome
from crawlers.politeness.decisions import Rule

PLAIN = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
    Outcome: pa.string(),
    Rule: pa.string(),
    RenderMode: pa.string(),
}


def arrow_type(hint: Any) -> pa.DataType:
    """Return the Arrow type of a record's field."""
    if get_origin(hint) is UnionType:
        return arrow_type(next(part for part in get_args(hint) if part is not type(None)))
    if get_origin(hint) is tuple:
        return pa.list_(arrow_type(get_args(hint)[0]))
    return pa.struct(columns(hint)) if is_dataclass(hint) else PLAIN[hint]


def columns(row_type: Any) -> list[tuple[str, pa.DataType]]:
    """Return the names and Arrow types of a record's fields."""
    hints = get_type_hints(row_type)
    return [(item.name, arrow_type(hints[item.name])) for item in fields(row_type)]


def plain(value: Any) -> Any:
    """Return a record as a mapping, and records in it too."""
    if is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def write(path: Path, row_type: type, rows: list[Any]) -> None:
    """Write `rows` to one Parquet file with the columns of `row_type`."""
    schema = pa.schema(columns(row_type))
    path.parent.mkdir(parents=True, exist_ok=True)
    table = [plain(row) for row in rows]
    pq.write_table(pa.Table.from_pylist(table, schema=schema), path)
