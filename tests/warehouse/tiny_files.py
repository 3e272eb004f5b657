"""Write records as the Parquet files that the warehouse reads: a small stand-in for the pipelines' writer."""

from dataclasses import fields
from datetime import datetime
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.outcomes import Outcome

PLAIN = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", tz="UTC"),
    Outcome: pa.string(),
}


def arrow_type(hint: Any) -> pa.DataType:
    """Return the Arrow type of a record's field."""
    if get_origin(hint) is UnionType:
        return arrow_type(next(part for part in get_args(hint) if part is not type(None)))
    if get_origin(hint) is tuple:
        return pa.list_(arrow_type(get_args(hint)[0]))
    return PLAIN[hint]


def write(path: Path, row_type: type, rows: list[Any]) -> None:
    """Write `rows` to one Parquet file with the columns of `row_type`."""
    hints = get_type_hints(row_type)
    schema = pa.schema([(item.name, arrow_type(hints[item.name])) for item in fields(row_type)])
    path.parent.mkdir(parents=True, exist_ok=True)
    table = [{item.name: getattr(row, item.name) for item in fields(row_type)} for row in rows]
    pq.write_table(pa.Table.from_pylist(table, schema=schema), path)
