"""Check that a release's files are those that were published: every hash, every size, every count of rows."""

import contextlib
import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq

from pipelines.checking.quote_check import Fault

SUMS = "SHA256SUMS*"
PACKAGE = "datapackage.json"
DELIMITERS = (",", ";", "\t")  # spreadsheets of several countries want a semicolon


def check_sums(release: Path) -> Iterator[Fault]:
    """Yield a fault for each file whose SHA-256 differs from the lists, is missing, or is on no list."""
    listed: dict[str, str] = {}
    for sums in sorted(release.glob(SUMS)):
        for line in sums.read_text(encoding="utf-8").splitlines():
            digest, _, path = line.partition("  ")
            listed[path] = digest
    for path, expected in sorted(listed.items()):
        found = sha256_of(release / path)
        if found != expected:
            yield Fault(subject=path, expected=f"SHA-256 {expected}", found=found or "no such file")
    there = {file.relative_to(release).as_posix() for file in release.rglob("*") if file.is_file()}
    own = {sums.name for sums in release.glob(SUMS)}
    for path in sorted(there - listed.keys() - own):
        yield Fault(subject=path, expected=f"a line in {SUMS}", found="none")


def count_files(release: Path) -> int:
    """Return how many files the lists of sums name."""
    return sum(len(sums.read_text(encoding="utf-8").splitlines()) for sums in release.glob(SUMS))


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of a file, None where there is none."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_counts(release: Path) -> Iterator[Fault]:
    """Yield a fault for each table whose files differ in rows, or from what the data package says.

    Raises:
        OSError, ValueError: the data package cannot be read.
    """
    for resource in resources(release):
        files = [resource, *resource.get("alternates", [])]
        counts = {file["path"]: rows_of(release / file["path"]) for file in files}
        said = resource.get("rowCount")
        expected = said if said is not None else counts[resource["path"]]
        for path, found in counts.items():
            if found != expected:
                yield Fault(subject=path, expected=f"{expected} rows", found=f"{found} rows")
        for file in files:
            size = (release / file["path"]).stat().st_size if (release / file["path"]).is_file() else 0
            if size != file["bytes"]:
                yield Fault(subject=file["path"], expected=f"{file['bytes']} bytes", found=f"{size} bytes")


def resources(release: Path) -> list[dict[str, Any]]:
    """Return the tables that the data package describes.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    package = json.loads((release / PACKAGE).read_text(encoding="utf-8"))
    return list(package["resources"])


def rows_of(path: Path) -> int | None:
    """Return how many rows a table's file has, None where there is no such file."""
    if not path.is_file():
        return None
    if path.suffix == ".parquet":
        with pq.ParquetFile(path) as file:
            return int(file.metadata.num_rows)
    if path.suffix == ".xlsx":
        with contextlib.closing(openpyxl.load_workbook(path, read_only=True)) as workbook:
            return sum(1 for _ in workbook["rows"].iter_rows()) - 1
    if path.suffix == ".jsonl":
        with path.open("rb") as lines:
            return sum(1 for _ in lines)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header = stream.readline()
        delimiter = max(DELIMITERS, key=header.count)
        return sum(1 for _ in csv.reader(stream, delimiter=delimiter))
