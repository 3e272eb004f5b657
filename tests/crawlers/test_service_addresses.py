"""Who tells the crawler which pages are services': the files of the last round that was understood."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.visiting.service_addresses import service_addresses


def file_in(data: Path) -> Path:
    """The place of the file that understanding a round writes."""
    path = data / "core" / "service_pages" / "round=2026-11" / "tt.parquet"
    path.parent.mkdir(parents=True)
    return path


def test_addresses_are_read_from_the_services_pages(tmp_path: Path):
    """By the name of the column, whatever else the file holds."""
    table = pa.table({"service_id": ["a", "b"], "url": ["http://a.kg/1", "http://a.kg/2"]})
    pq.write_table(table, file_in(tmp_path))

    assert {"http://a.kg/1", "http://a.kg/2"} == service_addresses(tmp_path, "tt", "2026-11")


def test_a_round_that_was_not_understood_names_none(tmp_path: Path):
    """Which is not the same as there being none."""
    assert service_addresses(tmp_path, "tt", "2026-11") is None


def test_a_file_that_is_broken_names_none(tmp_path: Path):
    """It is told in the log, and no page is passed by."""
    file_in(tmp_path).write_bytes(b"no Parquet")

    assert service_addresses(tmp_path, "tt", "2026-11") is None
