"""Read how the values of each column of a table are spread, over all its rows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.dictionary import ColumnDoc
from warehouse.plain_yaml import read_yaml
from warehouse.portal.reader import Reader, Row
from warehouse.portal.spreading import questions, shapes
from warehouse.portal.spreading.questions import about, filled
from warehouse.portal.spreading.shapes import Bar, Bounds, Counts, Spread, Value
from warehouse.published import PublishedTable

ONLY_COUNTED = Path(__file__).with_name("only_counted.yml")
FEW = 50  # values, which are counted one by one
_IN_ORDER: Mapping[str, Callable[[str], Value]] = {
    **dict.fromkeys(("BIGINT", "INTEGER", "UTINYINT"), int),
    "DOUBLE": float,
    "DATE": date.fromisoformat,
    "TIMESTAMP": datetime.fromisoformat,
}  # DuckDB's types whose values have an order, and how to read them

Bins = tuple[Bounds, Counts]  # rows by the highest value that a bin may hold


def read_spreads(reader: Reader, table: PublishedTable) -> Mapping[str, Spread]:
    """Return how the values of each column of `table` are spread, by column.

    Raises:
        PortalError: the table, or a column of it, is not there.
    """
    [sizes] = reader.ask(table.name, questions.sizes(table))
    few = [each for each in table.columns if sizes[about(each)] <= FEW]
    many = [each for each in table.columns if _is_scale(each) and sizes[about(each)] > shapes.FEW_BARS]
    counted, binned = _counted(reader, table, few), _binned(reader, table, many, sizes)
    return {
        each.column: _spread(table, each, sizes, counted.get(each.column), binned.get(each.column))
        for each in table.columns
    }


def is_only_counted(column: ColumnDoc) -> bool:
    """Whether the values of `column` tell a reader nothing but how many they are: ids, digests, quotes."""
    return column.column.endswith(_only_counted())


def _is_scale(column: ColumnDoc) -> bool:
    return column.type in _IN_ORDER and not is_only_counted(column)


def _counted(reader: Reader, table: PublishedTable, columns: Sequence[ColumnDoc]) -> Mapping[str, Counts]:
    """Return each value of `columns` with the number of its rows; columns with a long one are left out."""
    found: dict[str, dict[Value, int]] = {each.column: {} for each in columns}
    read = {each.column: _IN_ORDER.get(each.type, str) for each in columns}
    for row in reader.ask(table.name, questions.value_counts(table, columns)) if columns else ():
        column, value = row["place"], row["value"]
        if len(value) > questions.LONGEST:
            found.pop(column, None)
        elif column in found:
            found[column][read[column](value)] = row["row_count"]
    return found


def _binned(
    reader: Reader, table: PublishedTable, columns: Sequence[ColumnDoc], sizes: Row
) -> Mapping[str, Bins]:
    if not columns:
        return {}
    [row] = reader.ask(table.name, questions.bins(table, columns, sizes))
    return {
        each.column: _bins(each, row[each.column], is_sampled=sizes[filled(each)] > questions.MEDIAN_ROWS)
        for each in columns
    }


def _bins(column: ColumnDoc, found: Mapping[str, Any], *, is_sampled: bool) -> Bins:
    read: Callable[[Value], Value] = datetime.date if column.type == "DATE" else lambda value: value
    least, median, most = (read(found[each]) for each in ("least", "median", "most"))
    bounds = Bounds(least=least, median=median, most=most, is_sampled=is_sampled)
    return bounds, {read(edge): count for edge, count in found["bins"].items()}


def _spread(
    table: PublishedTable, column: ColumnDoc, sizes: Row, counts: Counts | None, bins: Bins | None
) -> Spread:
    is_key = table.grain == (column.column,)
    estimated = sizes["row_count"] if is_key else min(sizes[filled(column)], sizes[about(column)])
    bounds, bars = _drawn(column, counts or {}, bins)
    return Spread(
        row_count=sizes["row_count"],
        empty_count=sizes["row_count"] - sizes[filled(column)],
        distinct_count=estimated if counts is None else len(counts),
        is_exact=is_key or counts is not None,
        bars=bars,
        other_count=len(counts) - len(bars) if counts and bars and not bins else 0,
        bounds=bounds,
    )


def _drawn(column: ColumnDoc, counts: Counts, bins: Bins | None) -> tuple[Bounds | None, tuple[Bar, ...]]:
    """Return the bounds and the bars of a column, where its values have any."""
    if bins:
        return bins[0], shapes.binned(*bins)
    if is_only_counted(column):
        return None, ()
    if column.type in _IN_ORDER:
        return shapes.bounds_of(counts), shapes.each_in_order(counts)
    return None, shapes.frequent(counts)


@cache
def _only_counted() -> tuple[str, ...]:
    return tuple(read_yaml(ONLY_COUNTED))
