"""Could not look is never absent: what becomes of a service from one round to the next."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from warehouse.build import build
from warehouse.engine import connect


def one(warehouse: duckdb.DuckDBPyConnection, service_id: str, columns: str) -> tuple[Any, ...]:
    """Return some columns of one published service."""
    chosen = warehouse.sql("from out_services").filter(duckdb.ColumnExpression("service_id") == service_id)
    row = chosen.project(columns).fetchall()[0]
    return tuple(row)


def test_a_service_that_was_seen_is_fresh(warehouse: duckdb.DuckDBPyConnection):
    """Nothing is stale about a service that the newest round saw."""
    found = one(
        warehouse, "tax-registration", "stage, first_seen_round, last_seen_round, attempts_since_ok, is_stale"
    )

    assert (3, "2026-10", "2026-11", 0, False) == found


def test_d8_a_service_behind_a_block_page_keeps_its_last_good_row(warehouse: duckdb.DuckDBPyConnection):
    """The wall says nothing about the service: stage 2 stands, marked as old."""
    found = one(warehouse, "vaccination", "stage, last_seen_round, as_of::text, attempts_since_ok, is_stale")

    assert (2, "2026-10", "2026-10-05", 1, True) == found


def test_e6_a_service_whose_page_answers_404_twice_is_gone(warehouse: duckdb.DuckDBPyConnection):
    """We looked, and it was not there: it leaves the list and stays in the history."""
    listed = warehouse.execute("select 1 from out_services where service_id = 'enrolment'").fetchall()
    history = warehouse.execute(
        "select round_id, state from out_service_rounds where service_id = 'enrolment' order by round_id"
    ).fetchall()

    assert [] == listed
    assert [("2026-10", "seen"), ("2026-11", "gone")] == history


def test_d10_pages_that_could_not_be_seen_never_lower_a_stage(warehouse: duckdb.DuckDBPyConnection):
    """Two pages failed to open, the rest showed stage 1 only: the stage 3 of the round before stands."""
    found = one(
        warehouse, "lunch", "stage, last_seen_round, as_of::text, last_ok_at::text, attempts_since_ok"
    )

    assert (3, "2026-11", "2026-10-05", "2026-11-02 04:00:06", 1) == found


def test_an_undetermined_service_has_no_stage_and_a_reason(warehouse: duckdb.DuckDBPyConnection):
    """It is never a low stage."""
    assert (None, "not-seen", 1) == one(warehouse, "tax-appeal", "stage, reason, unseen_count")


def test_evidence_leads_to_the_bytes(warehouse: duckdb.DuckDBPyConnection):
    """Quote, address, request, file, place in the file and checksum: all that is needed to look oneself."""
    found = one(
        warehouse,
        "vaccination",
        "quote, evidence_url, evidence_capture_id, evidence_warc_file, evidence_warc_offset,"
        " len(evidence_sha256)",
    )

    assert (
        "words that show feedback-form",
        "http://health.example/vaccination",
        "2026-10-health-1",
        "captures/2026-10/sample-health/part-00000.warc.gz",
        4096,
        64,
    ) == found


def test_names_stand_in_their_languages(warehouse: duckdb.DuckDBPyConnection):
    """A Kyrgyz name is a name found on a Kyrgyz page, never a translation of ours."""
    found = one(warehouse, "birth-certificate", "name_ky, name_ru, name_en")

    assert ("Туулгандыгы тууралуу күбөлүк", "Свидетельство о рождении", "Birth certificate") == found


@pytest.mark.parametrize(
    ("service_id", "change", "before", "after"),
    [
        ("tax-registration", "stage_up", "2", "3"),
        ("tax-number", "renamed", "Taxpayer number", "Taxpayer identification number"),
        ("tax-refund", "new", None, '=Refund, "quick"'),
        ("enrolment", "gone", "Service enrolment", None),
    ],
)
def test_changes_between_rounds_are_told(
    warehouse: duckdb.DuckDBPyConnection, service_id: str, change: str, before: str | None, after: str | None
):
    """New, gone, climbed, renamed: each once, with what was and what is."""
    found = warehouse.execute(
        "select round_id, change, before, after from out_changes where service_id = ?", [service_id]
    ).fetchall()

    assert [("2026-11", change, before, after)] == found


def test_what_was_only_kept_is_no_change(warehouse: duckdb.DuckDBPyConnection):
    """A site that is down today has not taken its services away."""
    found = warehouse.execute(
        "select * from out_changes where service_id in ('vaccination', 'lunch', 'birth-certificate')"
    ).fetchall()

    assert [] == found


def test_one_can_ask_about_a_day_in_the_past(warehouse: duckdb.DuckDBPyConnection):
    """services_at knows the stage of then, and the services of then."""
    then = dict(warehouse.execute("select service_id, stage from services_at('2026-10-30')").fetchall())
    now = dict(warehouse.execute("select service_id, stage from services_at(date '2026-12-31')").fetchall())

    assert (2, 1) == (then["tax-registration"], then["enrolment"])
    assert 3 == now["tax-registration"]
    assert "enrolment" not in now
    assert [] == warehouse.execute("select * from services_at('2026-01-01')").fetchall()


def test_institutions_can_be_asked_about_a_day_too(warehouse: duckdb.DuckDBPyConnection):
    """The same services, counted by who provides them."""
    found = warehouse.execute(
        "select service_count, stage_2_count from institutions_at('2026-10-30') where institution_id = 'tax'"
    ).fetchall()

    assert [(2, 2)] == found


def test_criteria_are_missing_only_where_every_page_was_seen(warehouse: duckdb.DuckDBPyConnection):
    """What we could not look at is not observed."""
    states = dict(
        warehouse.execute(
            "select service_id, list(distinct state order by state)"
            " from out_service_criteria group by service_id"
        ).fetchall()
    )

    assert ["met", "missing"] == states["tax-registration"]
    assert ["met", "not_observed"] == states["vaccination"]
    assert ["not_observed"] == states["tax-appeal"]


@pytest.mark.parametrize(
    ("site_id", "status", "fault"),
    [
        ("sample-tax", "seen", None),
        ("sample-school", "seen", None),
        ("sample-health", "not_seen", "site"),
        ("sample-down", "not_seen", "site"),
        ("sample-untried", "not_tried", None),
    ],
)
def test_coverage_says_what_could_not_be_seen_and_whose_fault_it_is(
    warehouse: duckdb.DuckDBPyConnection, site_id: str, status: str, fault: str | None
):
    """Every site of the registry has a status in every round."""
    found = warehouse.execute(
        "select status, fault from out_coverage where is_newest and site_id = ?", [site_id]
    ).fetchall()

    assert [(status, fault)] == found


@pytest.mark.parametrize(
    ("institution_id", "status"),
    [
        ("tax", "seen"),
        ("health", "stale"),
        ("down", "not_seen"),
        ("untried", "not_tried"),
        ("siteless", "no_site"),
    ],
)
def test_an_institution_that_could_not_be_seen_has_no_index(
    warehouse: duckdb.DuckDBPyConnection, institution_id: str, status: str
):
    """No figure is made up: never seen, never indexed."""
    found = warehouse.execute(
        "select status, index is null from out_institutions where institution_id = ?", [institution_id]
    ).fetchall()

    assert [(status, status in {"not_seen", "not_tried", "no_site"})] == found


def test_the_index_is_its_published_formula(warehouse: duckdb.DuckDBPyConnection):
    """100 times the sum of share and weight: anyone can add it up again."""
    wrong = warehouse.execute(
        "select institution_id, any_value(index), 100 * sum(share * weight) as again"
        " from out_institutions join out_index_parts using (country_id, institution_id)"
        " group by institution_id having count(*) = 8 and abs(any_value(index) - again) > 1e-9"
    ).fetchall()

    assert [] == wrong


def test_other_weights_give_another_index(warehouse: duckdb.DuckDBPyConnection):
    """A reader who weighs stage 3 alone gets the share of services at stage 3 or higher."""
    found = warehouse.execute(
        "select 100 * sum(share) from out_index_parts"
        " where institution_id = 'tax' and part = 'services' and stage = 3"
    ).fetchone()

    assert found is not None
    assert pytest.approx(100 / 3) == found[0]


def test_the_share_at_stage_three_is_given_with_its_bounds(warehouse: duckdb.DuckDBPyConnection):
    """Seven services and two more on sites never seen: two are surely online, two surely not."""
    found = warehouse.execute(
        "select service_count, unseen_service_count, stage_3_share_low = 2 / 9, stage_3_share_high = 7 / 9"
        " from out_countries where country_id = 'sample'"
    ).fetchone()

    assert (7, 2, True, True) == found


def test_the_figures_of_the_un_stand_beside_ours(warehouse: duckdb.DuckDBPyConnection):
    """The newest survey in the country's row, all of them in out_egdi."""
    newest = warehouse.execute(
        "select egdi_survey_year, egdi_rank, osi from out_countries where country_id = 'kg'"
    ).fetchone()

    assert (2024, 78, 0.60723) == newest
    assert [(2,)] == warehouse.execute("select count(*) from out_egdi").fetchall()


def test_d14_personal_numbers_are_blacked_out(warehouse: duckdb.DuckDBPyConnection):
    """A PIN has 14 digits with a birth date inside; other numbers of 14 digits stay."""
    words = "PIN 21503199012345, company 01503199010012, account 99999999999999"
    masked = warehouse.execute("select masked(?)", [words]).fetchone()

    assert ("PIN ██████████████, company 01503199010012, account 99999999999999",) == masked


def test_a_change_that_new_rules_may_have_made_says_so(data: Path):
    """When the rules changed between two rounds, a higher stage need not be the ministry's merit."""
    path = data / "core" / "verdicts" / "round=2026-11" / "sample.parquet"
    table = pq.read_table(path)
    place = table.schema.get_field_index("rubric_version")
    pq.write_table(table.set_column(place, "rubric_version", pa.array(["2"] * len(table))), path)
    build(data, threads=1)
    with connect(data / "warehouse.duckdb", read_only=True) as connection:
        found = dict(connection.execute("select service_id, has_new_rules from out_changes").fetchall())

    assert found["tax-registration"]
    assert not found["tax-refund"]


def test_the_ways_of_a_service_are_those_of_the_round_that_counts(warehouse: duckdb.DuckDBPyConnection):
    """Each indicator of each way, with how many of them it takes; none at the highest stage."""
    ways = warehouse.execute(
        "select rule_id, stage, needed_count, indicator_id from out_service_ways"
        " where service_id in ('tax-registration', 'birth-certificate') order by all"
    ).fetchall()

    assert [
        ("alone", 4, 1, "one-stop"),
        ("alone", 4, 1, "single-sign-on"),
        ("together", 4, 2, "feedback-form"),
        ("together", 4, 2, "online-payment"),
    ] == ways
