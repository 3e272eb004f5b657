"""The data files of a release, as dataset pages offer them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """One file of one published table, or of the whole release."""

    path: str  # relative to the portal's folder, with forward slashes
    format: str  # parquet | csv | spreadsheet_csv | xlsx | jsonl | duckdb | json | sha256
    byte_count: int | None  # None: chance, as the sum is, so it stands on no page
    sha256: str
    table: str | None = None  # None: of the whole release
    row_count: int | None = None  # None: not rows
