"""A tally says what came of a round, from its files alone."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.rounds.tally import tally

ROUND = "2026-11"


def write(path: Path, columns: Mapping[str, Sequence[object]]) -> None:
    """Write the columns of a table that a tally asks for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(dict(columns)), path)


def site(data: Path, site_id: str, pages: Sequence[str]) -> None:
    """Write a site of which these pages were seen."""
    seen = {"capture_id": [f"capture of {page}" for page in pages], "outcome": ["ok"] * len(pages)}
    write(data / "captures" / ROUND / site_id / "captures.parquet", seen | {"depth": [0] * len(pages)})
    write(data / "core" / "pages" / f"round={ROUND}" / f"{site_id}.parquet", seen | {"page_id": pages})


def of_country(data: Path, table: str, columns: Mapping[str, Sequence[object]]) -> None:
    """Write a table of which a country has one file a round."""
    write(data / "core" / table / f"round={ROUND}" / "xy.parquet", columns)


def test_a_joint_portal_has_the_services_that_its_pages_speak_of(tmp_path: Path):
    """Also where the ministry that provides them describes them best; the country has each of them once."""
    site(tmp_path, "xy-portal", ["portal 1", "portal 2"])
    site(tmp_path, "xy-tax", ["tax 1"])
    spoken = {"page_id": ["portal 1", "portal 2", "tax 1", "tax 1"], "service_id": ["a", "b", "a", "c"]}
    of_country(tmp_path, "service_pages", spoken)
    of_country(tmp_path, "verdicts", {"stage": [3, 1, 2]})

    found = tally(tmp_path, "xy", ROUND)

    assert {"xy-portal": 2, "xy-tax": 2} == {each.site_id: each.service_count for each in found.sites}
    assert 3 == found.service_count


def test_pages_that_speak_of_no_service_give_their_site_none(tmp_path: Path):
    """As before any service was looked for."""
    site(tmp_path, "xy-tax", ["tax 1"])

    assert [0] == [each.service_count for each in tally(tmp_path, "xy", ROUND).sites]
