"""In which files each published table comes, and who writes them: said here, once, for all who need it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import exports, workbooks
from warehouse.published import PublishedTable

Parquet = Path  # of a table, already written
Write = Callable[[duckdb.DuckDBPyConnection, PublishedTable, Path, Parquet | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file."""

    kind: str
    folder: str  # below the release
    suffix: str
    media_type: str
    write: Write
    most_rows: int | None = None  # a table with more rows has no such file

    def path(self, table: str) -> str:
        """Return where the file of `table` lies in a release."""
        return f"{self.folder}/{table}{self.suffix}"

    def holds(self, row_count: int) -> bool:
        """Whether so many rows go into such a file."""
        return self.most_rows is None or row_count <= self.most_rows


PARQUET = Format(
    kind="parquet",
    folder="data",
    suffix=".parquet",
    media_type="application/vnd.apache.parquet",
    write=exports.write_parquet,
)
CSV = Format(kind="csv", folder="data", suffix=".csv", media_type="text/csv", write=exports.write_csv)
JSON_LINES = Format(
    kind="jsonl",
    folder="data",
    suffix=".jsonl",
    media_type="application/x-ndjson",
    write=exports.write_json_lines,
)
SPREADSHEET_CSV = Format(
    kind="spreadsheet_csv",
    folder="spreadsheet",
    suffix=".csv",
    media_type="text/csv",
    write=exports.write_spreadsheet,
)
WORKBOOK = Format(
    kind="xlsx",
    folder="spreadsheet",
    suffix=".xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=workbooks.write_workbook,
    most_rows=workbooks.MOST_ROWS,
)
FORMATS = (PARQUET, CSV, JSON_LINES, SPREADSHEET_CSV, WORKBOOK)


def kind_of(path: str) -> str:
    """Return the kind of a release's file by its place: that of its format, else the end of its name."""
    place = Path(path)
    found = (item for item in FORMATS if place.parts[0] == item.folder and place.suffix == item.suffix)
    known = next(found, None)
    return known.kind if known else place.suffix.removeprefix(".")
