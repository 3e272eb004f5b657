"""Look for what names or reaches a private person, in every text that is about to be published.

The rules are the macros of `sql/core/37_masked.sql`. Prose goes through all of them; addresses
and whole files only through those for numbers of people: other digits there are ids.
"""

from collections.abc import Container, Sequence
from pathlib import Path

import duckdb

from warehouse import checks
from warehouse.checks import CheckResult
from warehouse.dictionary import ColumnDoc
from warehouse.engine import name
from warehouse.published import PublishedTable
from warehouse.thresholds import thresholds

IN_TABLES, IN_FILES = "tables_name_no_person", "files_name_no_person"  # the checks' names
OF_A_PERSON = "has_numbers_of_a_person({0})"
PROSE = "names_a_person({0})"
BATCH_BYTES = 32 << 20  # of files read at once


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


def in_files(connection: duckdb.DuckDBPyConnection, part: Path, known: Container[str] = ()) -> CheckResult:
    """Look through every file of text in `part` that is ours, but for those whose words are `known`.

    It tells paths, never words.
    """
    own = [path for path in of_text(part) if path.relative_to(part).as_posix() not in known]
    small = [path for path in own if path.stat().st_size <= BATCH_BYTES]
    large = [path for path in own if path.stat().st_size > BATCH_BYTES]
    broken = [path for batch in batches(small) for path in with_numbers(connection, batch)]
    broken += [str(path) for path in large if has_numbers(connection, path)]
    return checks.result(
        IN_FILES,
        "No published file has a number of a private person or of their passport.",
        ("path",),
        [(Path(path).relative_to(part).as_posix(),) for path in broken],
    )


def of_text(part: Path) -> list[Path]:
    """Return every file of text in `part` that is ours, sorted by path."""
    return [
        path
        for path in sorted(part.rglob("*"))
        if path.suffix in thresholds().text_suffixes
        and path.relative_to(part).parts[0] not in thresholds().not_ours
    ]


def batches(paths: Sequence[Path]) -> list[list[str]]:
    """Return `paths` in groups that fit into memory."""
    found: list[list[str]] = [[]]
    size = 0
    for path in paths:
        if size + path.stat().st_size > BATCH_BYTES and found[-1]:
            found.append([])
            size = 0
        found[-1].append(str(path))
        size += path.stat().st_size
    return [batch for batch in found if batch]


def with_numbers(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> list[str]:
    """Return those of `paths` whose text has a number of a person."""
    rule = OF_A_PERSON.format("content")
    rows = connection.execute(
        f"select filename from read_text(?) where {rule} order by filename",  # noqa: S608 - ours
        [paths],
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
