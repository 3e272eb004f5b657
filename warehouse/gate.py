"""The gate before every release: do its promises hold, is anything lost, is nobody named, is it as written?

First the tables, before anything is printed: every check, losses since the last good release, the contract,
private words. Then the files as they lie on the disk: private words once more, and every hash read back.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import duckdb

from warehouse import checks, contract_check, losses, private_words
from warehouse.apart import refuse
from warehouse.checks import CheckResult
from warehouse.published import PublishedTable
from warehouse.sum_lists import differences

NEVER_APPROVED = frozenset({"files_are_as_written"})


def examine_tables(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[PublishedTable],
    last: Path,
    approved: Collection[str],
    known: Collection[str] = (),
) -> tuple[CheckResult, ...]:
    """Return what is broken in `tables` and yet lets them be published; `last` is the last good release.

    Tables whose words are `known` are not looked through again for private ones.

    Raises:
        ChecksFailedError: something else is broken that is not `approved`; it says all of it.
    """
    return judged(answers_of_tables(connection, tables, last, known), approved)


def answers_of_tables(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[PublishedTable],
    last: Path,
    known: Collection[str] = (),
) -> list[CheckResult]:
    """Return what every check of `tables` finds, kept promises too; nothing is written."""
    unknown = [table for table in tables if table.name not in known]
    found = [*checks.results(connection), private_words.in_tables(connection, unknown)]
    found += contract_check.kept(tables, last)
    if last.exists():
        found += losses.since(connection, tables, last)
    return found


def examine_files(
    connection: duckdb.DuckDBPyConnection, part: Path, approved: Collection[str], known: Iterable[str] = ()
) -> tuple[CheckResult, ...]:
    """Return the same for the files in `part`, once its lists of sums are written.

    Words of files whose paths are `known`, in their order, are not looked through again.

    Raises:
        ChecksFailedError: as `examine_tables`.
    """
    return judged([private_words.in_files(connection, part, known), files_are_as_written(part)], approved)


def files_are_as_written(part: Path) -> CheckResult:
    """Read every file back, and compare it with the lists of sums."""
    return checks.result(
        "files_are_as_written",
        "Every file read back from the disk is what was written.",
        ("path", "expected", "found"),
        list(differences(part)),
    )


def judged(found: Sequence[CheckResult], approved: Collection[str]) -> tuple[CheckResult, ...]:
    """Return what is broken, if none of it stops a release.

    Raises:
        ChecksFailedError: an `error` that is not `approved`, or that nobody may approve.
    """
    broken = tuple(result for result in found if not result.is_kept)
    refuse([each.account() for each in broken if stops(each, approved)])
    return broken


def stops(result: CheckResult, approved: Collection[str]) -> bool:
    """Whether a broken promise keeps a release from being made, though some are `approved`."""
    accepted = set(approved) - NEVER_APPROVED
    return not result.is_kept and result.severity == "error" and result.name not in accepted
