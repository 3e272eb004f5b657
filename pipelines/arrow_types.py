"""Records as Arrow columns: the dataclass is the schema, nothing declares a column twice."""

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pyarrow as pa

_PLAIN: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("ms", tz="UTC"),
}


def schema_of(row_type: Any) -> pa.Schema:
    """Return the columns that records of `row_type` have, in the order of its fields."""
    return _schema(row_type)


def to_arrow(value: Any) -> Any:
    """Return a field's value as Arrow takes it: records become structs."""
    kind = type(value)
    if value is None or kind in _PLAIN:  # most values are, so this is asked first
        return value
    if kind is tuple:
        return [to_arrow(one) for one in value]
    if is_dataclass(kind):
        return {name: to_arrow(getattr(value, name)) for name in column_hints(kind)}
    return value


def as_array(values: Sequence[Any], field: pa.Field) -> pa.Array:
    """Return the values of a field of many records as a column."""
    return pa.array(map(to_arrow, values) if pa.types.is_nested(field.type) else values, field.type)


def column_hints(row_type: Any) -> dict[str, Any]:
    """Return the types of a record's fields, by name."""
    return _hints(row_type)


@cache
def reader_of(hint: Any) -> Callable[[Any], Any]:
    """Return what makes an Arrow value one that a field of this type asks for: the inverse of `to_arrow`."""
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
