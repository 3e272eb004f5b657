"""Captures to and from `captures.parquet`, one row a request, sorted by `seq`; and their bodies from WARC.

The columns are the fields of `Capture`, in their order and of their types; nothing declares them twice.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Protocol, TypeVar, get_args, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.captures import Capture, RenderMode
from crawlers.errors import CaptureError
from crawlers.network.decoding import DEFAULT_LIMIT
from crawlers.outcomes import Outcome
from crawlers.storing.bodies import body_at

CAPTURES_FILE = "captures.parquet"
_NAMES = tuple(field.name for field in fields(Capture))
_ROWS_AT_ONCE = 2000  # in memory, and in one row group of the file
_ARROW_TYPES: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("ms", tz="UTC"),
}


class _Repeats(Protocol):
    @property
    def capture_id(self) -> str: ...

    @property
    def revisit_of(self) -> str | None: ...


Told = TypeVar("Told", bound=_Repeats)


def captures_schema() -> pa.Schema:
    """Return the columns of `captures.parquet`, taken from the fields of `Capture`."""
    return schema_of(Capture)


@cache
def schema_of(record: type) -> pa.Schema:
    """Return a table's columns, taken from the fields of a record."""
    hints = get_type_hints(record)
    return pa.schema([_column(field.name, hints[field.name]) for field in fields(record)])


def write_captures(folder: Path, rows: Iterable[Capture]) -> Path:
    """Write `rows` to `captures.parquet` in `folder`, replacing an earlier one whole; return its path.

    Rows come by their `seq`, and few of them are in memory at once.

    Raises:
        CaptureError: a row has a lower `seq` than the one before it; then nothing is replaced.
    """
    schema = captures_schema()
    path = folder / CAPTURES_FILE
    beside = path.with_suffix(".part")
    remaining = _in_order(rows, path)
    with pq.ParquetWriter(beside, schema, compression="zstd") as writer:
        while batch := [_row(row) for row in islice(remaining, _ROWS_AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
    os.replace(beside, path)  # noqa: PTH105 - the house's word for an atomic switch
    return path


def _in_order(rows: Iterable[Capture], path: Path) -> Iterator[Capture]:
    last = -1
    for row in rows:
        if row.seq < last:
            raise CaptureError(f"{path}: capture {row.seq} comes after {last}; expected rows by their seq")
        last = row.seq
        yield row


def _row(capture: Capture) -> dict[str, Any]:
    return {name: getattr(capture, name) for name in _NAMES}


def read_captures(folder: Path) -> tuple[Capture, ...]:
    """Return the captures in `folder`, by `seq`.

    Raises:
        CaptureError: there is no such file, or it does not hold captures.
    """
    path = folder / CAPTURES_FILE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as failure:
        raise CaptureError(f"{path}: cannot be read ({failure}); expected captures in Parquet") from failure


@lru_cache(maxsize=4)  # a site's captures are asked for several times while it is read
def _read(path: Path, _changed_at: int) -> tuple[Capture, ...]:
    """The captures in a file, kept until it changes."""
    rows = read_fields(path, _NAMES)
    try:
        return tuple(_capture(dict(zip(_NAMES, row, strict=True))) for row in rows)
    except ValueError as failure:
        raise CaptureError(f"{path}: {failure}; expected words that this version knows") from failure


def read_fields(path: Path, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Return those fields of each capture in a file, as Parquet has them.

    Raises:
        CaptureError: there is no such file, or it does not hold captures.
    """
    expected = captures_schema()
    try:
        with pq.ParquetFile(path) as file:  # not `read_table`, which makes a data set of one small file
            found = file.schema_arrow.names
            table = file.read(columns=list(names), use_threads=False) if found == expected.names else None
        if table is not None:
            table = table.select(names).cast(pa.schema([expected.field(name) for name in names]))
    except (OSError, ValueError, pa.ArrowException) as failure:
        raise CaptureError(f"{path}: cannot be read ({failure}); expected captures in Parquet") from failure
    if table is None:
        differing = sorted(set(found) ^ set(expected.names))
        raise CaptureError(f"{path}: columns differ in {differing}; expected the fields of Capture")
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def read_column(path: Path, name: str) -> pa.ChunkedArray:
    """Return one field of all captures in a file, as Arrow has it.

    Raises:
        CaptureError: there is no such file, or it does not hold captures.
    """
    try:
        return pq.read_table(path, columns=[name], partitioning=None)[name]
    except (OSError, KeyError, pa.ArrowException) as failure:
        raise CaptureError(f"{path}: cannot be read ({failure}); expected captures in Parquet") from failure


def read_body(folder: Path, capture: Capture, limit: int = DEFAULT_LIMIT) -> bytes:
    """Return the body of `capture`, whose files lie in `folder`, free of transfer and content encodings.

    A capture that repeats an earlier one has that one's body, from this round or from an earlier round of
    the same site.

    Raises:
        CaptureError: there is no body, or it cannot be read, or has more than `limit` bytes.
    """
    return body_at(*original_of(folder, capture), limit)


def original_of(folder: Path, capture: Capture) -> tuple[Path, Capture]:
    """Return the capture that has the body of `capture`, which lies in `folder`, and the folder of that one.

    Raises:
        CaptureError: it is in no round of the site any more.
    """
    return traced(folder, capture, _known, places_of)


def traced(
    folder: Path,
    capture: Told,
    known: Callable[[Path], Mapping[str, Told]],
    places: Callable[[Path], Iterable[Path]],
) -> tuple[Path, Told]:
    """Return the same of whatever is told of captures; `known` gives that by their ids, folder by folder.

    `places` are the `places_of` a folder.

    Raises:
        CaptureError: as `original_of`.
    """
    if capture.revisit_of is None:
        return folder, capture
    for place in places(folder):
        original = known(place).get(capture.revisit_of)
        if original is not None:
            return traced(place, original, known, places)
    raise CaptureError(
        f"{folder}: capture {capture.capture_id} repeats {capture.revisit_of},"
        " which neither its round nor an earlier one of the site has"
    )


def places_of(folder: Path) -> tuple[Path, ...]:
    """Return where captures may lie that those in `folder` repeat: here, then in each earlier round."""
    rounds = folder.parent.parent
    return (folder, *_earlier(folder, rounds.stat().st_mtime_ns))


@lru_cache(maxsize=4)
def _earlier(folder: Path, _changed_at: int) -> tuple[Path, ...]:
    """The folders of a site in earlier rounds, the newest first, kept until a round comes or goes."""
    site_id = folder.name.removesuffix(".part")  # of a visit under way
    rounds = sorted(place for place in folder.parent.parent.iterdir() if place < folder.parent)
    return tuple(place / site_id for place in reversed(rounds))


def _known(folder: Path) -> dict[str, Capture]:
    """The captures in a folder by their ids; none where it has no list of them."""
    try:
        return _index(folder, (folder / CAPTURES_FILE).stat().st_mtime_ns)
    except (FileNotFoundError, NotADirectoryError):
        return {}


@lru_cache(maxsize=16)  # more than the earlier rounds that a visit looks through
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
    row["outcome"], row["render_mode"] = Outcome(row["outcome"]), RenderMode(row["render_mode"])
    return Capture(**row)
