"""Name a release after its newest round and its data, and tell whether a release is there already."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import duckdb

from warehouse.errors import ReleaseError
from warehouse.files import SUMS, digest, listed
from warehouse.sum_lists import differences

DATA_FOLDERS = ("data", "spreadsheet")  # what a version is the digest of
DIGEST_LETTERS = 8


def newest_round(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the newest round of all countries.

    Raises:
        ReleaseError: there is none.
    """
    found = connection.execute("select max(round_id) from out_country_rounds").fetchone()
    if found is None or found[0] is None:
        raise ReleaseError("the warehouse holds no round: crawl or import one, then understand and build")
    return str(found[0])


def version_of(part: Path, round_id: str) -> str:
    """Return the name of the release whose tables, and nothing else yet, lie in `part`."""
    return f"{round_id}-{digest(listed(part))[:DIGEST_LETTERS]}"


def versions(first: str) -> Iterator[str]:
    """Yield the names that a release may have: `first`, then `<first>-2`, `<first>-3` and so on.

    The same data may be shown by another portal: then both are cited, and neither may change.
    """
    yield first
    for number in count(2):
        yield f"{first}-{number}"


def is_same(part: Path, place: Path) -> bool:
    """Whether the release at `place` is whole and has the files of the one in `part`, byte by byte.

    The database is left out: DuckDB leaves chance bytes in the gaps of its files.
    """
    there = place / SUMS
    is_listed = there.is_file() and there.read_bytes() == (part / SUMS).read_bytes()
    return is_listed and not any(differences(place))
