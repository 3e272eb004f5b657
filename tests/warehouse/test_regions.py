"""Services by region: each counts where its public body is, and bodies of the whole country nowhere."""

from pathlib import Path

import duckdb
import pytest

from warehouse.portal.speech import LANGUAGES


def test_a_region_has_the_services_of_its_bodies(warehouse: duckdb.DuckDBPyConnection):
    """Two bodies in the north, one of them seen; one out of sight in the south; none in the east."""
    rows = warehouse.execute(
        "select region_id, institution_count, seen_institution_count from out_regions order by 1"
    ).fetchall()

    assert [("sample-e", 0, 0), ("sample-n", 2, 1), ("sample-s", 1, 0)] == rows


def test_regions_and_bodies_count_the_same_services(warehouse: duckdb.DuckDBPyConnection):
    """Stage by stage; no service is counted twice."""
    by_region = warehouse.execute(
        "select sum(service_count), sum(stage_1_count), sum(stage_3_count) from out_regions"
    ).fetchone()
    by_body = warehouse.execute(
        "select sum(service_count), sum(stage_1_count), sum(stage_3_count) from out_institutions"
        " where region_id is not null"
    ).fetchone()

    assert by_region == by_body
    assert by_region
    assert by_region[0] > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_with_regions_has_a_map_and_the_same_numbers_in_a_table(portal: Path, language: str):
    """Every region stands in both, also one without a body."""
    folder = portal / language / "sample"
    page = (folder / "index.html").read_text(encoding="utf-8")
    drawing = (folder / "regions.svg").read_text(encoding="utf-8")

    for region in ("sample-n", "sample-s", "sample-e"):
        called = f"Region {region} ({language})"
        assert called in drawing
        assert called in page


def test_a_country_without_regions_has_no_map(portal: Path):
    """Nothing is drawn where nothing is known."""
    assert not (portal / "en" / "kg" / "regions.svg").exists()


def test_an_institution_says_its_region(portal: Path):
    """In words, not by its id."""
    page = portal / "en" / "sample" / "institutions" / "tax" / "index.html"

    assert "Region sample-n (en)" in page.read_text(encoding="utf-8")
