"""Earlier rounds may be filled in later, from archives: what was published keeps its ids."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_pages import passport, summary

from crawlers.sites import Registry
from pipelines.archive_scopes import registry_for_archive
from pipelines.knowledge import load_knowledge
from pipelines.records import PageSummary, Service
from pipelines.records_io import read_rows, write_rows
from pipelines.rounds.core_files import core_file
from pipelines.rounds.order import in_order, knowing, known_rounds
from pipelines.rounds.round_reading import conclude_round

SITE = "xx-justice.kg"
NOW = summary("https://justice.kg/new/7", title="Регистрация рождения", main=passport())
THEN = replace(NOW, canonical_url="https://justice.kg/old/1", url="https://justice.kg/old/1", page_id="then")


@pytest.fixture
def registry() -> Registry:
    """A country without a registry of its own."""
    return registry_for_archive("xx")


def lay(data: Path, round_id: str, source: str, page: PageSummary = NOW) -> None:
    """Put one site's captures and the summary of one page of it into a round."""
    folder = data / "captures" / round_id / SITE
    folder.mkdir(parents=True)
    pq.write_table(pa.table({"source": [source]}), folder / "captures.parquet")
    row = replace(page, round_id=round_id, site_id=SITE, country_id="xx")
    write_rows(core_file(data, "summaries", round_id, SITE), [row], PageSummary)


def ids(data: Path, round_id: str, registry: Registry) -> set[str]:
    """Conclude a round and return the ids of its services."""
    conclude_round(data, round_id, registry, load_knowledge())
    return {row.service_id for row in read_rows(core_file(data, "services", round_id, "xx"), Service)}


def test_e8_a_round_that_is_filled_in_later_changes_no_id_that_was_published(
    tmp_path: Path, registry: Registry
):
    """2019 comes out of an archive after 2026 was published: it takes 2026's ids, and not the other way."""
    lay(tmp_path, "2026-11", "web", NOW)
    published = ids(tmp_path, "2026-11", registry)
    lay(tmp_path, "2019-05", "cdx", THEN)

    assert published == ids(tmp_path, "2019-05", registry)
    assert published == ids(tmp_path, "2026-11", registry)


def test_a_harvest_knows_the_harvests_before_it_and_no_archive(tmp_path: Path):
    """Whatever was filled in between or before."""
    for round_id, source in (("2019-05", "cdx"), ("2026-10", "web"), ("2026-11", "warc"), ("2026-12", "web")):
        lay(tmp_path, round_id, source)

    assert ("2026-10",) == known_rounds(tmp_path, "xx", "2026-12")
    assert () == known_rounds(tmp_path, "xx", "2026-10")
    assert ("2026-10",) == known_rounds(tmp_path, "xx", "2026-11")


def test_ids_go_back_in_time_from_the_first_harvest(tmp_path: Path):
    """Each archive round knows the first harvest and the archive rounds between, and comes after them."""
    for round_id, source in (("2015-05", "cdx"), ("2019-05", "cdx"), ("2026-10", "web"), ("2026-11", "web")):
        lay(tmp_path, round_id, source)

    assert ("2026-10", "2019-05") == known_rounds(tmp_path, "xx", "2015-05")
    assert ("2026-10", "2026-11", "2019-05", "2015-05") == in_order(tmp_path, "xx")
    assert ("2015-05",) == knowing(tmp_path, "xx", "2019-05")
    assert () == knowing(tmp_path, "xx", "2026-10")


def test_archives_alone_know_one_another_from_the_newest_back(tmp_path: Path):
    """Where nothing was harvested yet."""
    for round_id in ("2015-05", "2019-05"):
        lay(tmp_path, round_id, "cdx")

    assert ((), ("2019-05",)) == tuple(known_rounds(tmp_path, "xx", one) for one in ("2019-05", "2015-05"))
