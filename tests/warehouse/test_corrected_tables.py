"""Decisions of corrections.yml in the tables and on the pages."""

from datetime import date
from pathlib import Path

import pytest
from portal_reading import Page
from tiny import tiny_data
from tiny_files import write

from pipelines.corrections import CorrectionRow
from warehouse.build import build
from warehouse.engine import connect
from warehouse.portal.render import render


def decision(number: int, field: str, before: str | None, after: str | None, **more: str) -> CorrectionRow:
    """Return a decision about the registration of taxpayers."""
    return CorrectionRow(
        correction_id=f"2026-{number:03}",
        service_id=more.get("service_id", "tax-registration"),
        field=field,
        before=before,
        after=after,
        decision=more.get("decision", "accepted"),
        decided_on=date(2026, 11, 20),
        reason="A letter of the ministry.",
        source=None,
    )


DECISIONS = [
    decision(1, "name_en", None, "Registering as a taxpayer"),
    decision(2, "fee_amount", "7", "12.5"),
    decision(3, "fee_currency", None, "KGS"),
    decision(4, "name_ru", "another name than was found", "никогда"),
    decision(5, "is_free", None, "true", decision="refused"),
    decision(6, "stage", None, None, decision="noted"),
    decision(7, "name_ky", None, "Жок", service_id="nowhere"),
]


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tiny country with decisions, built."""
    data = tiny_data(tmp_path_factory.mktemp("corrected"))
    write(data / "core" / "codes" / "corrections" / "all.parquet", CorrectionRow, DECISIONS)
    build(data, threads=1)
    return data


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    """Return what a question is answered."""
    with connect(data / "warehouse.duckdb", read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_an_accepted_decision_changes_its_field_and_no_other(corrected: Path, built: Path):
    """Of its service, and of no other."""
    asked = "from out_services select * exclude (name_en, fee_amount, fee_currency) order by service_id"
    changed = "select name_en, fee_currency from out_services where service_id = 'tax-registration'"

    assert [("Registering as a taxpayer", "KGS")] == rows(corrected, changed)
    assert rows(built, asked) == rows(corrected, asked)


def test_each_decision_says_what_became_of_it(corrected: Path):
    """Applied; lapsed, for the site now says another thing; not applied; or about nothing."""
    states = dict(rows(corrected, "select correction_id, state from out_corrections"))

    assert {
        "2026-001": "applied",
        "2026-002": "lapsed",
        "2026-003": "applied",
        "2026-004": "lapsed",
        "2026-005": "not_applied",
        "2026-006": "not_applied",
        "2026-007": "unknown_service",
    } == states


def test_the_harvest_stays_beside_the_correction(corrected: Path, built: Path):
    """What was found is not lost."""
    found = "select name_en from out_services where service_id = 'tax-registration'"

    assert rows(built, found) == rows(
        corrected, "select found from out_corrections where correction_id = '2026-001'"
    )


@pytest.fixture(scope="module")
def printed(corrected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return its portal."""
    folder = tmp_path_factory.mktemp("printed")
    with connect(corrected / "warehouse.duckdb", read_only=True) as connection:
        render(connection, folder)
    return folder


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_decision_stands_on_the_page_of_its_service_and_in_the_list_of_all(printed: Path, language: str):
    """With what it was before, and a link to the reason."""
    service = Page.read(printed / language / "sample/services/tax-registration/index.html")
    listed = Page.read(printed / language / "about/errata/index.html")

    assert f"../../../../{language}/about/errata/index.html#correction-2026-001" in service.links
    assert any("Registering as a taxpayer" in element.words for element in service.all("li"))
    assert {f"correction-{one.correction_id}" for one in DECISIONS} <= {
        element.attributes.get("id") for element in listed.elements
    }


def test_a_correction_survives_a_new_build(corrected: Path):
    """It is data, beside the captures."""
    build(corrected, threads=2)

    assert [(7,)] == rows(corrected, "select count(*) from out_corrections")
