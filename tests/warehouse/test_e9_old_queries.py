"""E9: what readers wrote for an earlier release still runs on this one, and finds something.

Each file of `old_queries/` is named after the version of Baskych for which it was written, and is never
changed: a query that cannot run any more is a major change of the data contract, to be told as one.
"""

from pathlib import Path

import pytest

from warehouse.engine import connect
from warehouse.release import DUCKDB, Release

QUERIES = sorted((Path(__file__).parent / "old_queries").glob("*.sql"))


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_e9_a_query_of_an_earlier_release_still_runs(released: Release, file: Path):
    """On the database that readers download, where one setting brings back what was renamed."""
    with connect(released.folder / DUCKDB, read_only=True) as connection:
        connection.execute("set search_path = 'before,main'")
        rows = connection.sql(file.read_text(encoding="utf-8")).fetchall()

    assert rows
