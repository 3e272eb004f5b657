"""Captures to and from `captures.parquet`, one row a request, sorted by `seq`; and their bodies from WARC.

The columns are the fields of `Capture`, in their order and of their types; nothing declares them twice.
"""

import os
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.captures import Capture, RenderMode
from crawlers.errors import CaptureError
from crawlers.network.decoding import DEFAULT_LIMIT
from crawlers.outcomes import Outcome
from crawlers.storing.bodies import body_at

CAPTURES_FILE = "captures.parquet"
_ARROW_TYPES: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("ms", tz="UTC"),
}


def captures_schema() -> pa.Schema:
    """Return the columns of `captures.parquet`, taken from the fields of `Capture`."""
    hints = get_type_hints(Capture)
    return pa.schema([_column(field.name, hints[field.name]) for field in fields(Capture)])


def write_captures(folder: Path, rows: Iterable[Capture]) -> Path:
    """Write `rows` to `captures.parquet` in `folder`, replacing an earlier one whole; return its path."""
    ordered = sorted(rows, key=lambda row: (row.seq, row.capture_id))
    table = pa.Table.from_pylist([asdict(row) for row in ordered], schema=captures_schema())
    path = folder / CAPTURES_FILE
    beside = path.with_suffix(".part")
    pq.write_table(table, beside, compression="zstd")
    os.replace(beside, path)  # noqa: PTH105 - the house's word for an atomic switch
    return path


def read_captures(folder: Path) -> tuple[Capture, ...]:
    """Return the captures in `folder`, by `seq`.

    Raises:
        CaptureError: there is no such file, or it does not hold captures.
    """
    path = folder / CAPTURES_FILE
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as failure:
        raise CaptureError(f"{path}: cannot be read ({failure}); expected captures in Parquet") from failure
    expected = captures_schema()
    if table.schema.names != expected.names:
        differing = sorted(set(table.schema.names) ^ set(expected.names))
        raise CaptureError(f"{path}: columns differ in {differing}; expected the fields of Capture")
    return tuple(_capture(row) for row in table.cast(expected).to_pylist())


def read_body(folder: Path, capture: Capture, limit: int = DEFAULT_LIMIT) -> bytes:
    """Return the body of `capture`, whose files lie in `folder`, free of transfer and content encodings.

    A capture that repeats an earlier one has that one's body, from this round or from an earlier round of
    the same site.

    Raises:
        CaptureError: there is no body, or it cannot be read, or has more than `limit` bytes.
    """
    if capture.revisit_of is None:
        return body_at(folder, capture, limit)
    earlier_rounds = sorted(folder.parent.parent.glob(f"*/{folder.name}"), reverse=True)
    for place in [folder, *(place for place in earlier_rounds if place.parent < folder.parent)]:
        original = _index(place, (place / CAPTURES_FILE).stat().st_mtime_ns).get(capture.revisit_of)
        if original is not None:
            return read_body(place, original, limit)
    raise CaptureError(
        f"{folder}: capture {capture.capture_id} repeats {capture.revisit_of}, which is not there"
    )


@lru_cache(maxsize=8)
def _index(folder: Path, _changed_at: int) -> dict[str, Capture]:
    """The captures in a folder by their ids, kept until the file changes."""
    return {row.capture_id: row for row in read_captures(folder)}


def _column(name: str, hint: Any) -> pa.Field:
    """One field as a column: `X | None` may be empty, an enum is its word."""
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    kind = next(kind for kind in kinds if kind is not NoneType)
    arrow_type = pa.string() if issubclass(kind, StrEnum) else _ARROW_TYPES[kind]
    return pa.field(name, arrow_type, nullable=NoneType in kinds)


def _capture(row: dict[str, Any]) -> Capture:
    enums = {"outcome": Outcome(row["outcome"]), "render_mode": RenderMode(row["render_mode"])}
    return Capture(**(row | enums))
