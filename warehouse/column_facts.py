"""What the tables themselves tell of their columns: which values are allowed, in which unit, and one of them.

What may stand in a column is said once, where its table is defined in SQL; so it cannot differ from here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from warehouse.engine import name
from warehouse.plain_yaml import read_yaml

UNITS = Path(__file__).with_name("units.yml")
LONGEST_EXAMPLE = 80  # letters
_LOOKED_AT = 100  # first rows of a table, among which an example is looked for
_ONE_OF = re.compile(r"^CHECK\(\((?P<column>\"?\w+\"?) IN \((?P<values>.+)\)\)\)$")
_BETWEEN = re.compile(r"\((?P<column>\"?\w+\"?) BETWEEN (?P<least>-?\d+) AND (?P<most>-?\d+)\)")
_AT_LEAST = re.compile(r"^CHECK\(\((?P<column>\"?\w+\"?) >= (?P<least>-?\d+)\)\)$")
_VALUE = re.compile(r"'([^']*)'")

Place = tuple[str, str]  # table, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Which values a column may have; nothing is said where its table does not say it."""

    one_of: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def __str__(self) -> str:
        """Return the limits as a person reads them: `a | b`, `1 to 4`, `0 or more`."""
        if self.one_of:
            return " | ".join(self.one_of)
        if self.least is None:
            return ""
        return f"{self.least} or more" if self.most is None else f"{self.least} to {self.most}"


NO_LIMITS = Limits()


def limits(connection: duckdb.DuckDBPyConnection) -> Mapping[Place, Limits]:
    """Return the limits of all columns that have any, from the constraints of their tables."""
    rows = connection.execute(
        "select table_name, constraint_text from duckdb_constraints() where constraint_type = 'CHECK'"
    ).fetchall()
    return {(table, column): found for table, text in rows for column, found in _limits_in(text).items()}


def _limits_in(text: str) -> Mapping[str, Limits]:
    """Return the limit that a constraint sets to a column; constraints between columns set none."""
    if found := _ONE_OF.search(text):
        return {_plain(found["column"]): Limits(one_of=tuple(_VALUE.findall(found["values"])))}
    if found := _BETWEEN.search(text):
        return {_plain(found["column"]): Limits(least=int(found["least"]), most=int(found["most"]))}
    if found := _AT_LEAST.search(text):
        return {_plain(found["column"]): Limits(least=int(found["least"]))}
    return {}


def _plain(column: str) -> str:
    return column.strip('"')


def unit_of(column: str) -> str:
    """Return the unit of a column by its name, in UCUM; empty text where it has none."""
    return next((unit for end, unit in _units() if column.endswith(end)), "")


@cache
def _units() -> tuple[tuple[str, str], ...]:
    return tuple((each["ends"], each["unit"]) for each in read_yaml(UNITS))


def examples(connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str]) -> Sequence[str]:
    """Return the first short value of each of `columns` (name to type) of `table`, as CSV has it.

    Empty text stands for a column that has none.
    """
    texts = ", ".join(_as_text(column, kind) for column, kind in columns.items())
    # Which value is the first is looked at here: to let DuckDB plan that for all tables takes twice as long.
    query = f"select {texts} from (from {name(table)} limit {_LOOKED_AT})"  # noqa: S608 - quoted
    rows = connection.execute(query).fetchall()
    return [_first_short(values) for values in zip(*rows, strict=True)] or [""] * len(columns)


def _first_short(values: Iterable[str | None]) -> str:
    return next((value for value in values if value and len(value) <= LONGEST_EXAMPLE), "")


def _as_text(column: str, kind: str) -> str:
    return f"array_to_string({name(column)}, ',')" if kind.endswith("[]") else f"{name(column)}::varchar"
