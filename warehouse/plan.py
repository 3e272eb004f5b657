"""Say what publishing would do, and do nothing: what the gate finds now, and which release stands.

The checks of the tables are asked, as they are before a release. Those of its files need the files; so does
the second half of its name, their digest.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse import exports, gate
from warehouse.checks import CheckResult
from warehouse.errors import ReleaseError
from warehouse.little_memory import Means, in_little_memory
from warehouse.private_words import IN_FILES
from warehouse.published import published
from warehouse.release import ready_warehouse
from warehouse.switch import LATEST
from warehouse.versions import newest_round

OF_FILES = (IN_FILES, *sorted(gate.NEVER_APPROVED))  # the checks that need the files of a release


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePlan:
    """What publishing would do."""

    round_id: str  # with which the release's name begins
    last: str | None  # the release that readers have now; None: none
    rows: tuple[tuple[str, int], ...]  # (table, rows), sorted by table
    found: tuple[CheckResult, ...]  # by every check of the tables, kept promises too
    stopping: tuple[CheckResult, ...]  # those for which there would be no release
    approved: tuple[CheckResult, ...]  # those for which there would be none, had nobody approved them

    @property
    def warnings(self) -> tuple[CheckResult, ...]:
        """Broken promises with which a release is made, and that are told."""
        return tuple(each for each in self.found if not each.is_kept and each.severity != "error")


def plan(
    data: Path,
    *,
    threads: int | None = None,
    approved: Collection[str] = (),
    signing_key: Path | None = None,
) -> ReleasePlan:
    """Return what `release.publish` would do if it were called with the same.

    Raises:
        ReleaseError: there is no warehouse, it is empty, or it cannot be read as a release needs it.
        SigningError: the key cannot be used. OpenError: the warehouse cannot be opened.
    """
    warehouse = ready_warehouse(data, signing_key)
    with TemporaryDirectory(prefix="baskych-plan-") as scratch:

        def made(memory_limit: str | None) -> ReleasePlan:
            means = Means(threads=threads, memory_limit=memory_limit, spill=Path(scratch))
            with means.opened(warehouse) as connection:
                return _looked_at(connection, data / "publish" / LATEST, approved)

        try:
            return in_little_memory(made, threads)
        except duckdb.Error as problem:
            raise ReleaseError(f"{warehouse}: could not be published: {problem}") from problem


def _looked_at(connection: duckdb.DuckDBPyConnection, last: Path, approved: Collection[str]) -> ReleasePlan:
    round_id, tables = newest_round(connection), published(connection)
    rows = tuple((table.name, exports.count_unique(connection, table)) for table in tables)
    found = tuple(gate.answers_of_tables(connection, tables, last))
    return ReleasePlan(
        round_id=round_id,
        last=last.resolve().name if last.exists() else None,
        rows=rows,
        found=found,
        stopping=_stopping(found, approved),
        approved=tuple(each for each in _stopping(found, ()) if not gate.stops(each, approved)),
    )


def _stopping(found: Sequence[CheckResult], approved: Collection[str]) -> tuple[CheckResult, ...]:
    return tuple(each for each in found if gate.stops(each, approved))
