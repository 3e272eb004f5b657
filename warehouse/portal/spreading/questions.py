"""What DuckDB is asked about the columns of a table: three questions, whatever its columns and its rows.

To plan a question takes longer than to answer it where rows are few, so none is asked of a single column.
Memory does not grow with the rows: many values are estimated and never kept, and for a median so many rows
are taken as there is room for. Neither threads nor chance change an answer.
"""

from collections.abc import Sequence

from warehouse.dictionary import ColumnDoc
from warehouse.engine import name
from warehouse.exports import is_list
from warehouse.portal.reader import Row
from warehouse.portal.spreading.shapes import MOST_BARS
from warehouse.published import PublishedTable

MEDIAN_ROWS = 100_000  # of which a median is taken
LONGEST = 80  # letters of a text: what is longer is there to be read


def filled(column: ColumnDoc) -> str:
    """Return what the number of rows in which `column` has a value is called in the answer to `sizes`."""
    return f"filled {column.column}"


def about(column: ColumnDoc) -> str:
    """Return what the estimated number of its values that differ is called there."""
    return f"about {column.column}"


def sizes(table: PublishedTable) -> str:
    """Return the question how many values, and about how many that differ, each column has."""
    asked = "".join(
        f", count({name(each.column)}) as {name(filled(each))}"
        f", approx_count_distinct({name(each.column)}) as {name(about(each))}"
        for each in table.columns
    )
    return f"select count(*) as row_count{asked} from {name(table.name)}"  # noqa: S608 - quoted


def value_counts(table: PublishedTable, columns: Sequence[ColumnDoc]) -> str:
    """Return the question in how many rows each value of `columns` stands, as text: for few values."""
    texts = ", ".join(f"{_as_text(each)} as {name(each.column)}" for each in columns)
    return (
        "select place, value, count(*) as row_count"  # noqa: S608 - quoted
        f" from (unpivot (select {texts} from {name(table.name)} as rows) on * into name place value value)"
        " group by all"
    )


def bins(table: PublishedTable, columns: Sequence[ColumnDoc], counted: Row) -> str:
    """Return the question how numbers lie in spans of one width with round edges, and between which bounds.

    `counted` is the answer to `sizes`. Each column of this answer is named as the table's.
    """
    edges = ", ".join(f"{_edges(each)} as {name(each.column)}" for each in columns)
    asked = ", ".join(_bounds_and_bins(table, each, counted[filled(each)]) for each in columns)
    rows = f"{name(table.name)} as rows"
    return f"with edges as (select {edges} from {rows}) select {asked} from {rows}, edges"  # noqa: S608 - quoted


def _edges(column: ColumnDoc) -> str:
    """Return the highest values that the spans of a column may hold; of few whole numbers each is a span."""
    value = _number(column)
    least, most = f"min({value})", f"max({value})"
    if "INT" in column.type:
        least = f"({least} - ({most} - {least} < {MOST_BARS})::integer)"
    return f"equi_width_bins({least}, {most}, {MOST_BARS}, true)"


def _bounds_and_bins(table: PublishedTable, column: ColumnDoc, value_count: int) -> str:
    """Return a column's bounds and bins; a median is taken of every nth row, by the hash of its key."""
    value, every = _number(column), -(-value_count // MEDIAN_ROWS)
    key = ", ".join(f"rows.{name(each)}" for each in table.grain)
    sample = f" filter (hash({key}) % {every} = 0)" if every > 1 else ""
    return (
        f"{{least: min({value}), median: quantile_disc({value}, 0.5){sample}, most: max({value}),"
        f" bins: histogram({value}, edges.{name(column.column)})}} as {name(column.column)}"
    )


def _number(column: ColumnDoc) -> str:
    """Return a column as DuckDB can cut it into bins: days as times."""
    return f"{_finite(column)}::timestamp" if column.type == "DATE" else _finite(column)


def _as_text(column: ColumnDoc) -> str:
    """Return a column as text; of a long one just enough to see that it is too long."""
    value = _finite(column)
    if is_list(column):
        value = f"array_to_string({value}, ', ')"
    elif column.type != "VARCHAR":
        return f"{value}::varchar"
    return f"left({value}, {LONGEST + 1})"


def _finite(column: ColumnDoc) -> str:
    """Return a column without fractions that are no numbers, which have no place among the others."""
    value = f"rows.{name(column.column)}"
    return f"if(isfinite({value}), {value}, null)" if column.type == "DOUBLE" else value
