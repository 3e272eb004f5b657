"""Rounds of one site with a page or two, laid into a data folder without a crawl."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.archive_scopes import registry_for_archive
from pipelines.knowledge import load_knowledge
from pipelines.records import PageSummary, Service
from pipelines.records_io import read_rows, write_rows
from pipelines.rounds.core_files import core_file
from pipelines.rounds.round_reading import conclude_round

SITE = "xx-justice.kg"


def lay(data: Path, round_id: str, source: str, *pages: PageSummary) -> None:
    """Put one site's captures and the summaries of `pages` into a round, in place of what was there."""
    folder = data / "captures" / round_id / SITE
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"source": [source]}), folder / "captures.parquet")
    rows = [replace(page, round_id=round_id, site_id=SITE, country_id="xx") for page in pages]
    write_rows(core_file(data, "summaries", round_id, SITE), rows, PageSummary)


def conclude(data: Path, *rounds: str) -> None:
    """Conclude rounds of a country without a registry of its own."""
    for round_id in rounds:
        conclude_round(data, round_id, registry_for_archive("xx"), load_knowledge())


def services(data: Path, round_id: str) -> Sequence[Service]:
    """Return the services of a round that was concluded."""
    return read_rows(core_file(data, "services", round_id, "xx"), Service)


def ids(data: Path, round_id: str) -> set[str]:
    """Conclude a round and return the ids of its services."""
    conclude(data, round_id)
    return {row.service_id for row in services(data, round_id)}
