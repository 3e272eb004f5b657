"""Look for what names or reaches a private person, in every text that is about to be published.

The rules are the macros of `sql/core/37_masked.sql`. Prose goes through all of them; addresses
and whole files only through those for numbers of people: other digits there are ids.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import duckdb

from warehouse import checks
from warehouse.checks import CheckResult
from warehouse.dictionary import ColumnDoc
from warehouse.engine import name
from warehouse.files import paths_below
from warehouse.published import PublishedTable
from warehouse.thresholds import thresholds

IN_TABLES, IN_FILES = "tables_name_no_person", "files_name_no_person"  # the checks' names
OF_A_PERSON = "has_numbers_of_a_person({0})"
PROSE = "names_a_person({0})"
BATCH_BYTES = 8 << 20  # of files read at once
BATCH_FILES = 1_000


def in_tables(connection: duckdb.DuckDBPyConnection, tables: Sequence[PublishedTable]) -> CheckResult:
    """Look through every column of text of `tables`; tell table, column and rows, never the words."""
    broken = [
        (table.name, column.column, count)
        for table in tables
        for column in suspects(connection, table)
        if (count := rows_with(connection, column))
    ]
    return checks.result(
        IN_TABLES,
        "No published column has a number, mailbox or telephone of a private person.",
        ("table", "column", "rows"),
        broken,
    )


def suspects(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> list[ColumnDoc]:
    """Return the columns of text that may have such words at all, found in one pass over `table`.

    Most columns have no digits and no mailbox, and to look for them is cheaper than all rules.
    """
    texts = [each for each in table.columns if each.type.startswith("VARCHAR") and not is_digest(each)]
    may = ", ".join(f"bool_or(may_name_a_person({words_of(each)}))" for each in texts)
    if not texts:
        return []
    found = connection.execute(f"select {may} from {name(table.name)}").fetchone()  # noqa: S608 - quoted
    return [column for column, is_suspect in zip(texts, found or (), strict=True) if is_suspect]


def rows_with(connection: duckdb.DuckDBPyConnection, column: ColumnDoc) -> int:
    """Return in how many rows `column` has what is to be blacked out."""
    words = words_of(column)
    rule = OF_A_PERSON if is_address(column) else PROSE
    found = connection.execute(
        f"select count(*) from {name(column.table)} where {rule.format(words)}"  # noqa: S608 - quoted
    ).fetchone()
    return int(found[0]) if found else 0


def words_of(column: ColumnDoc) -> str:
    """Return the SQL of the words in `column`."""
    words = name(column.column)
    return f"array_to_string({words}, ' ')" if column.type.endswith("[]") else words


def is_digest(column: ColumnDoc) -> bool:
    """Whether a column holds digests and what is named after them: their digits are chance."""
    return column.column.endswith(thresholds().digests)


def is_address(column: ColumnDoc) -> bool:
    """Whether a column holds addresses of pages."""
    return column.column.endswith("url") or column.column.endswith("urls")


def in_files(connection: duckdb.DuckDBPyConnection, part: Path, known: Iterable[str] = ()) -> CheckResult:
    """Look through every file of text in `part` that is ours, but for those whose words are `known`.

    `known` are paths in their order. It tells paths, never words.
    """
    broken = [
        (Path(path).relative_to(part).as_posix(),)
        for batch in batches(part / path for path in without(of_text(part), known))
        for path in with_numbers(connection, batch)
    ]
    return checks.result(
        IN_FILES,
        "No published file has a number of a private person or of their passport.",
        ("path",),
        broken,
    )


def of_text(part: Path) -> Iterator[str]:
    """Yield the path of every file of text in `part` that is ours, in their order."""
    return (
        path
        for path in paths_below(part)
        if PurePosixPath(path).suffix in thresholds().text_suffixes
        and path.partition("/")[0] not in thresholds().not_ours
    )


def without(paths: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Yield those of `paths` that are not `known`; both are in their order, so neither is held."""
    passed = iter(known)
    next_known = next(passed, None)
    for path in paths:
        while next_known is not None and next_known < path:
            next_known = next(passed, None)
        if path != next_known:
            yield path


def batches(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """Yield `paths` in groups that fit into memory; one that does not stands alone."""
    batch: list[Path] = []
    room = BATCH_BYTES
    for path in paths:
        size = path.stat().st_size
        if batch and (size > room or len(batch) == BATCH_FILES):
            yield batch
            batch, room = [], BATCH_BYTES
        batch.append(path)
        room -= size
    if batch:
        yield batch


def with_numbers(connection: duckdb.DuckDBPyConnection, batch: list[Path]) -> list[str]:
    """Return those of a batch whose text has a number of a person."""
    if batch[0].stat().st_size > BATCH_BYTES:
        return [str(batch[0])] if has_numbers(connection, batch[0]) else []
    rule = OF_A_PERSON.format("content")
    rows = connection.execute(
        f"select filename from read_text(?) where {rule} order by filename",  # noqa: S608 - ours
        [[str(path) for path in batch]],
    ).fetchall()
    return [str(path) for (path,) in rows]


def has_numbers(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether a file too large for a batch has a number of a person: some whole lines are read at a time."""
    query = f"select {OF_A_PERSON.format('$words')}"
    with path.open("rb") as file:
        while lines := file.readlines(BATCH_BYTES):
            words = {"words": b"".join(lines).decode("utf-8")}
            if connection.execute(query, words).fetchall() == [(True,)]:
                return True
    return False
