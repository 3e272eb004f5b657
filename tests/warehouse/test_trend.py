"""The trend: each round has its own index, and says where its pages come from."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.build import build
from warehouse.engine import connect


def test_the_newest_round_has_the_country_s_index_and_the_one_before_its_own(
    warehouse: duckdb.DuckDBPyConnection,
):
    """By the same formula, from what was known then."""
    rounds = warehouse.execute(
        "select round_id, index from out_country_rounds where country_id = 'sample' order by round_id"
    ).fetchall()
    newest = warehouse.execute("select index from out_countries where country_id = 'sample'").fetchone()

    assert ["2026-10", "2026-11"] == [round_id for round_id, _ in rounds]
    assert newest == (rounds[1][1],)
    assert rounds[0][1] is not None
    assert rounds[0][1] != rounds[1][1]


def test_a_round_that_was_harvested_lacks_nothing_of_an_archive(warehouse: duckdb.DuckDBPyConnection):
    """It comes from the web."""
    rows = warehouse.execute("select distinct source, not_archived_count from out_country_rounds").fetchall()

    assert [("web", 0)] == rows


def test_a_round_out_of_an_archive_says_so(data: Path):
    """In the round beside it nothing changes."""
    for path in sorted(data.glob("captures/2026-10/*/captures.parquet")):
        rows = pq.read_table(path)
        source = pa.array(["cdx"] * rows.num_rows, rows.schema.field("source").type)
        pq.write_table(rows.set_column(rows.schema.get_field_index("source"), "source", source), path)
    build(data, threads=1)
    with connect(data / "warehouse.duckdb", read_only=True) as connection:
        found = connection.execute("select source from out_country_rounds order by round_id").fetchall()

    assert [("archive",), ("web",)] == found
