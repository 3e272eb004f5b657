"""Check that a release's tables have the rows and bytes that its data package says, in every format."""

import contextlib
import csv
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.checking.quote_check import Fault

PACKAGE = "datapackage.json"
_NO_PACKAGE = (OSError, ValueError, LookupError, TypeError, AttributeError)  # as many ways as JSON can differ
NO_ZIP = (OSError, ValueError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_NO_TABLE = (*NO_ZIP, LookupError, TypeError, csv.Error, ParseError, pa.ArrowException)
DELIMITERS = (",", ";", "\t")  # spreadsheets of several countries want a semicolon


def check_counts(release: Path) -> Iterator[Fault]:
    """Yield a fault for each table whose files differ in rows, or from what the data package says.

    A file that cannot be read is a fault too: it is named, with the reason.
    """
    try:
        tables = resources(release)
    except _NO_PACKAGE as failure:
        yield Fault(subject=PACKAGE, expected="a data package in JSON", found=f"cannot be read: {failure!r}")
        return
    for resource in tables:
        files = [resource, *resource.get("alternates", [])]
        counts = {file["path"]: _count(release / file["path"]) for file in files}
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
        OSError, ValueError, LookupError, TypeError, AttributeError: it cannot be read.
    """
    package = json.loads((release / PACKAGE).read_text(encoding="utf-8"))
    found = list(package["resources"])
    for resource in found:
        for file in [resource, *resource.get("alternates", [])]:
            _ = release / file["path"], int(file["bytes"])
    return found


def count_tables(release: Path) -> int:
    """Return how many tables the data package describes, none where it cannot be read."""
    try:
        return len(resources(release))
    except _NO_PACKAGE:
        return 0  # said by `check_counts`, with the reason


def _count(path: Path) -> int | str | None:
    """How many rows a file has, or why nobody can tell."""
    try:
        return rows_of(path)
    except _NO_TABLE as failure:
        return f"unreadable ({failure})"


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
