"""Records as Arrow columns: the dataclass is the schema, nothing declares a column twice."""

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import accumulate, chain
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pyarrow as pa

_PLAIN: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
    date: pa.date32(),
    datetime: pa.timestamp("ms", tz="UTC"),
}


def schema_of(row_type: Any) -> pa.Schema:
    """Return the columns that records of `row_type` have, in the order of its fields."""
    return _schema(row_type)


def as_array(values: Sequence[Any], hint: Any) -> pa.Array:
    """Return the values of a field of this type, of many records, as a column: records become structs.

    What is in lists and records becomes columns in turn: nothing is made for each of the values.
    """
    kind, _ = _optional(hint)
    if get_origin(kind) is tuple:
        return _lists(values, kind)
    return _structs(values, kind) if is_dataclass(kind) else pa.array(values, _arrow_type(kind))


def _lists(values: Sequence[Any], kind: Any) -> pa.Array:
    filled = [value or () for value in values]
    return pa.ListArray.from_arrays(
        pa.array(accumulate(map(len, filled), initial=0), pa.int32()),
        as_array(list(chain.from_iterable(filled)), get_args(kind)[0]),
        type=_arrow_type(kind),
        mask=_empty(values),
    )


def _structs(values: Sequence[Any], kind: Any) -> pa.Array:
    some = next((value for value in values if value is not None), None)
    if some is None:
        return pa.array(values, _arrow_type(kind))
    filled = [some if value is None else value for value in values]  # an empty one's fields are never seen
    children = [
        as_array(list(map(attrgetter(name), filled)), hint) for name, hint in column_hints(kind).items()
    ]
    return pa.StructArray.from_arrays(children, fields=_columns(kind), mask=_empty(values))


def _empty(values: Sequence[Any]) -> pa.Array | None:
    """Which of `values` are empty; None where none is."""
    empty = [value is None for value in values]
    return pa.array(empty) if any(empty) else None


def column_hints(row_type: Any) -> dict[str, Any]:
    """Return the types of a record's fields, by name."""
    return _hints(row_type)


@cache
def reader_of(hint: Any) -> Callable[[Any], Any]:
    """Return what makes an Arrow value one that a field of this type asks for: the inverse of `as_array`."""
    kind, _ = _optional(hint)
    if kind in _PLAIN:
        return _as_it_is
    if get_origin(kind) is tuple:
        read = reader_of(get_args(kind)[0])
        return _unless_empty(tuple if read is _as_it_is else lambda values: tuple(map(read, values)))
    if issubclass(kind, StrEnum):
        return _unless_empty(kind)
    readers = {name: reader_of(field) for name, field in column_hints(kind).items()}
    return _unless_empty(lambda struct: kind(**{name: read(struct[name]) for name, read in readers.items()}))


def _as_it_is(value: Any) -> Any:
    return value


def _unless_empty(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


@cache
def _schema(row_type: Any) -> pa.Schema:
    return pa.schema(_columns(row_type))


@cache
def _hints(row_type: Any) -> dict[str, Any]:
    return get_type_hints(row_type)


def _columns(row_type: Any) -> list[pa.Field]:
    hints = column_hints(row_type)
    return [_column(field.name, hints[field.name]) for field in fields(row_type)]


def _column(name: str, hint: Any) -> pa.Field:
    kind, may_be_empty = _optional(hint)
    return pa.field(name, _arrow_type(kind), nullable=may_be_empty)


def _arrow_type(kind: Any) -> pa.DataType:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if get_origin(kind) is tuple:
        element, rest = get_args(kind)
        if rest is not Ellipsis:
            raise TypeError(f"{kind}: expected tuple[X, ...] in a record that is written to Parquet")
        return pa.list_(pa.field("element", _arrow_type(_optional(element)[0]), nullable=False))
    if isinstance(kind, type) and is_dataclass(kind):
        return pa.struct(_columns(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return pa.string()
    raise TypeError(f"{kind}: expected text, number, time, enum, record, or a tuple of these")


def _optional(hint: Any) -> tuple[Any, bool]:
    """Return the type without its `| None`, and whether it had one."""
    if not isinstance(hint, UnionType):
        return hint, False
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    return kinds[0], NoneType in get_args(hint)
