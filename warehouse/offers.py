"""What a release's own pages say of where it is read, and of the files that it offers."""

from dataclasses import dataclass
from pathlib import Path

from warehouse.catalogue.model import Catalogue
from warehouse.files import SUMS, ReleaseFile
from warehouse.formats import kind_of
from warehouse.portal.files import DataFile
from warehouse.portal.site import Site

DUCKDB = "data/baskych.duckdb"
DUCKDB_SUMS = f"{SUMS}-duckdb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a release will be read, and where readers say what is wrong."""

    address: str  # absolute, ending in "/"
    issues_url: str | None


def site_of(described: Catalogue, place: Place) -> Site:
    """Return what the portal must know of its own host."""
    return Site(
        latest_url=described.latest_url,
        version=described.version,
        newest_round=described.newest_round,
        issues_url=place.issues_url,
    )


def offered(file: ReleaseFile, rows: dict[str, int]) -> DataFile:
    """Return `file` as the portal's dataset pages offer it.

    DuckDB leaves chance bytes in the gaps of its files, and chance gaps: pages name the list that has the
    sum of that one, and not its size.
    """
    path = Path(file.path)
    table = path.stem if path.stem in rows else None
    return DataFile(
        path=file.path,
        format=kind_of(file.path),
        byte_count=None if file.path == DUCKDB else file.byte_count,
        sha256=DUCKDB_SUMS if file.path == DUCKDB else file.sha256,
        table=table,
        row_count=rows.get(path.stem),
    )
