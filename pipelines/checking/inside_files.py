"""Say where two files of one name differ: in which row, in which line, in which file of a zip."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.checking.file_check import NO_ZIP
from pipelines.checking.quote_check import Fault
from pipelines.checking.row_difference import Compared, differing_rows
from warehouse.engine import quoted

_TEXTS = frozenset({".csv", ".jsonl", ".json", ".html", ".txt", ".atom", ".xml", ".yml", ".yaml", ".ttl"})
_TEXTS_TOO = frozenset({".svg", ".css", ".js", ".md", ".jsonld", ".sha256", ".py", ".sql"})
_SHOWN_LETTERS = 120


def inside(
    connection: duckdb.DuckDBPyConnection, name: str, published: Path, derived: Path
) -> Iterator[Fault]:
    """Yield in what `published`, called `name`, differs from `derived`; nothing where that cannot be said."""
    if published.suffix == ".parquet":
        yield from _of_rows(connection, name, published, derived)
    elif published.suffix == ".zip":
        yield from _of_members(name, published, derived)
    elif published.suffix in _TEXTS | _TEXTS_TOO:
        yield from _of_lines(name, published, derived)


def _of_rows(
    connection: duckdb.DuckDBPyConnection, name: str, published: Path, derived: Path
) -> Iterator[Fault]:
    sort = (pq.read_metadata(derived).metadata or {})[b"sort"].decode()
    sides = [f"read_parquet({quoted(str(path))})" for path in (published, derived)]
    try:
        pq.read_metadata(published)  # before DuckDB, whose message names no file
        table = Compared(name=name, published=sides[0], derived=sides[1], grain=sort.split(", "))
        yield from differing_rows(connection, table)
    except (duckdb.Error, OSError, ValueError, pa.ArrowException) as failure:
        yield Fault(subject=name, expected="rows in Parquet", found=f"cannot be read: {failure}")


def _of_members(name: str, published: Path, derived: Path) -> Iterator[Fault]:
    try:
        found, made = _members(published), _members(derived)
    except NO_ZIP as failure:
        yield Fault(subject=name, expected="a zip", found=f"cannot be read: {failure}")
        return
    for member in sorted(found.keys() | made.keys()):
        if found.get(member) != made.get(member):
            yield Fault(
                subject=f"{name}, {member}",
                expected=made.get(member, "no such file"),
                found=found.get(member, "no such file"),
            )


def _members(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as bundle:
        return {one.filename: f"{one.file_size} bytes, CRC {one.CRC:08x}" for one in bundle.infolist()}


def _of_lines(name: str, published: Path, derived: Path) -> Iterator[Fault]:
    with (
        published.open(encoding="utf-8", errors="replace", newline="\n") as found,
        derived.open(encoding="utf-8", newline="\n") as made,
    ):
        number = 0
        while True:
            number += 1
            line, expected = found.readline(), made.readline()
            if line != expected:
                subject = f"{name}, line {number}"
                yield Fault(subject=subject, **_around(expected, line))
            if line != expected or not line:
                return


def _around(expected: str, found: str) -> dict[str, str]:
    """Both lines, from a little before the first letter in which they differ."""
    pairs = enumerate(zip(expected, found, strict=False))
    first = next((at for at, (one, other) in pairs if one != other), min(len(expected), len(found)))
    start = max(0, first - _SHOWN_LETTERS // 3)
    cut = slice(start, start + _SHOWN_LETTERS)
    return {"expected": expected[cut] or "the end", "found": found[cut] or "the end"}
