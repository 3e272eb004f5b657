"""Ask the warehouse whether it keeps its promises: one SQL file a promise, each row returned a breach.

The first line of a file says the promise in plain words; the second how bad a breach is: `error` keeps
everything from being published, `warn` is told and published.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError

CHECKS = Path(__file__).parent / "checks"
SHOWN = 20  # rows kept of each breach: enough to find the cause, few enough to read
_HEADER = re.compile(r"-- (?P<promise>.+)\n-- severity: (?P<severity>error|warn)\n(?P<query>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A promise of the warehouse, and the query that finds its breaches."""

    name: str
    promise: str
    severity: str  # error | warn
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What a check found: nothing, where the promise is kept."""

    name: str
    promise: str
    severity: str  # error | warn
    row_count: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # the first of them, as text

    @property
    def is_kept(self) -> bool:
        """Whether the promise is kept."""
        return self.row_count == 0

    def words(self) -> str:
        """Return the breach in words: how many rows, and the first of them."""
        first = "; ".join(
            f"{column}={value}" for column, value in zip(self.columns, self.rows[0], strict=True)
        )
        return f"{self.name}: {self.promise} Broken by {self.row_count} rows, first {first}"

    def account(self) -> str:
        """Return the breach in words, with all rows that were kept of it."""
        rows = [
            "  " + "; ".join(f"{c}={v}" for c, v in zip(self.columns, row, strict=True)) for row in self.rows
        ]
        return "\n".join([self.words(), *rows[1:]])


def checks(folder: Path = CHECKS) -> tuple[Check, ...]:
    """Return all checks of `folder`, sorted by name.

    Raises:
        WarehouseError: a file does not begin with its promise and its severity.
    """
    return tuple(read(path) for path in sorted(folder.glob("*.sql")))


def read(path: Path) -> Check:
    """Return the check that `path` holds.

    Raises:
        WarehouseError: the file does not begin with its promise and its severity.
    """
    parts = _HEADER.fullmatch(path.read_text(encoding="utf-8"))
    if parts is None:
        raise WarehouseError(f"{path.name}: expected '-- promise', then '-- severity: error' or 'warn'")
    return Check(
        name=path.stem, promise=parts["promise"], severity=parts["severity"], query=parts["query"].strip()
    )


def run(connection: duckdb.DuckDBPyConnection, check: Check) -> CheckResult:
    """Return what `check` finds in the warehouse behind `connection`."""
    query = check.query.removesuffix(";")
    found = connection.execute(
        f"select count(*) over () as row_count, * from ({query}) order by all limit {SHOWN}"  # noqa: S608 - ours
    )
    columns = tuple(column[0] for column in found.description or ())[1:]
    rows = found.fetchall()
    return CheckResult(
        name=check.name,
        promise=check.promise,
        severity=check.severity,
        row_count=int(rows[0][0]) if rows else 0,
        columns=columns,
        rows=tuple(tuple(str(value) for value in row[1:]) for row in rows),
    )


def result(
    name: str, promise: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> CheckResult:
    """Return what a check that is no SQL file found: `rows`, each a breach that stops a release."""
    return CheckResult(
        name=name,
        promise=promise,
        severity="error",
        row_count=len(rows),
        columns=columns,
        rows=tuple(tuple(str(value) for value in row) for row in rows),
    )


def results(connection: duckdb.DuckDBPyConnection) -> tuple[CheckResult, ...]:
    """Return what every check finds, kept promises too, sorted by name."""
    return tuple(run(connection, check) for check in checks())


def failures(connection: duckdb.DuckDBPyConnection) -> tuple[CheckResult, ...]:
    """Return the promises that are broken, sorted by name; none is what one hopes for."""
    return tuple(result for result in results(connection) if not result.is_kept)
