"""Every promise of the warehouse is asked, and every question can be answered with no."""

from pathlib import Path

import duckdb
import pytest

from warehouse.checks import Check, checks, failures, read, results, run
from warehouse.errors import WarehouseError

# For each check, how to break its promise.
BREACHES = {
    "accuracy_is_of_the_rules_in_use": "update out_accuracy set rubric_version = 'older'",
    "addresses_are_unique": "update out_services set url = 'http://a.example/', name = 'a'",
    "addresses_are_web_addresses": "update out_service_pages set url = 'javascript:alert(1)'",
    "captures_are_unique": "insert into raw_captures select * from raw_captures limit 1",
    "changes_are_proved": "update out_changes set after_url = null",
    "clocks_run_forward": "update raw_captures set captured_at = captured_at - interval 1 year where seq = 1",
    "commitments_have_a_plan": "delete from out_ogp_plans",
    "countries_add_up": "update out_countries set service_count = 99",
    "countries_exist": "delete from out_countries",
    "crawler_failed_at_few_sites": "update core_visits set finish = 'crawler_failed'",
    "evidence_is_complete": "update out_services set quote = ' ' where stage = 4",
    "evidence_was_observed": "update core_pages set outcome = 'blocked'",
    "findings_are_unique": "insert into core_findings select * from core_findings limit 1",
    "hosts_were_treated_gently": "update out_host_receipts set hurried_count = 1",
    "index_lies_in_its_interval": "update out_index_parts set share_low = 1 where share < 1",
    "indicators_exist": "delete from out_indicators where indicator_id = 'fee'",
    "institutions_exist": "update out_services set institution_id = 'nobody' where stage = 4",
    "life_events_exist": "update out_services set life_event_id = 'flying' where stage = 4",
    "no_personal_numbers": "update out_service_facts set quote = 'PIN 21503199012345'",
    "no_stage_newer_than_last_look": "update core_site_rounds set seen_count = 0",
    "openness_is_complete": "delete from out_openness where institution_id = 'tax'",
    "openness_is_proved": "update out_openness set quote = null where state = 'found'",
    "opt_outs_were_honoured": "update out_politeness set host = 'quiet.example', decided_at = '2026-12-01'",
    "outcomes_exist": "update core_looks set outcome = 'bored'",
    "pages_did_not_vanish": (
        "insert into out_lost_pages by name select * exclude (i) replace (url || i as url, null as outcome)"
        " from (from out_lost_pages where site_id = 'sample-school'), range(30) as extra(i)"
    ),
    "pages_are_unique": "insert into core_pages select * from core_pages limit 1",
    "proofs_are_known": "update core_verdicts set finding_ids = ['nowhere']",
    "quotes_are_not_empty": "update out_service_findings set quote = ''",
    "rules_exist": "update out_politeness set rule = 'mood' where decision = 'refused'",
    "services_are_judged": "delete from core_verdicts where service_id = 'lunch'",
    "services_are_unique": "insert into core_services select * from core_services limit 1",
    "services_did_not_vanish": (
        "insert into out_service_rounds by name select * exclude (i) replace ('s' || i as service_id)"
        " from out_service_rounds, range(20) as extra(i) where state = 'gone'"
    ),
    "sites_are_as_expected": "update out_coverage set is_as_expected = false",
    "sites_exist": "delete from out_sites where site_id = 'sample-down'",
    "sites_keep_their_rhythm": "update out_coverage set voice = 'unusually_silent'",
    "site_indicators_are_complete": "delete from out_institution_indicators where institution_id = 'tax'",
    "sources_are_answered": "update out_indicator_sources set shown_by = 'nothing' where reason_id is null",
    "stage_is_proved": "update out_service_findings set stage = 1",
    "stages_add_up": "update out_institutions set stage_2_count = 99",
    "stale_rows_are_marked": "update out_services set is_stale = not is_stale",
    "text_has_no_controls": "update out_services set name = 'a' || chr(7) where stage = 4",
    "undetermined_has_a_reason": "update out_services set reason = '' where stage is null",
    "visits_came_to_their_end": "update core_visits set finish = 'page_limit'",
    "visits_were_not_cut_short": "update core_visits set is_cut_short = true",
    "weights_add_up": "update out_index_weights set weight = 0.5",
}

OF_VISITS = {"crawler_failed_at_few_sites", "visits_came_to_their_end", "visits_were_not_cut_short"}
ONE_VISIT = """
    create temp table one as
    select core_visits.* from core_visits inner join core_rounds using (country_id, round_id)
    where is_newest order by site_id limit 1;
    delete from core_visits
"""
MANY_VISITS = """
    insert into core_visits by name
    select * exclude (i) replace (
        site_id || i as site_id, if(i < $failed, 'crawler_failed', 'finished') as finish,
        i < $failed as is_cut_short
    )
    from one, range($visited) as visits(i)
"""


def test_the_tiny_country_keeps_every_promise_that_would_stop_a_release(warehouse: duckdb.DuckDBPyConnection):
    """Its down sites are told as warnings, and nothing is wrong."""
    broken = failures(warehouse)

    assert [("sites_are_as_expected", "warn", 2)] == [
        (each.name, each.severity, each.row_count) for each in broken
    ]


def test_every_check_has_a_breach_in_this_file():
    """A check that nothing can break proves nothing."""
    assert set(BREACHES) == {check.name for check in checks()}


@pytest.mark.parametrize("check", checks(), ids=[check.name for check in checks()])
def test_a_broken_promise_is_found(changed: duckdb.DuckDBPyConnection, check: Check):
    """Each check answers with rows once its promise is broken."""
    changed.execute(BREACHES[check.name])

    assert run(changed, check).row_count > 0


@pytest.mark.parametrize("check", checks(), ids=[check.name for check in checks()])
def test_every_promise_is_a_sentence(check: Check):
    """It is shown to people: in Dagster, on the command line, in the reasons of a refused release."""
    assert check.promise[0].isupper()
    assert check.promise.endswith(".")


@pytest.mark.parametrize(
    ("failed", "visited", "stops"),
    [(1, 1, False), (1, 500, False), (25, 500, False), (26, 500, True), (2, 3, True)],
)
def test_e1_a_site_at_which_our_crawler_failed_is_told_and_only_many_stop_a_release(
    changed: duckdb.DuckDBPyConnection, failed: int, visited: int, *, stops: bool
):
    """One site of five hundred keeps no country's data from its readers; more than one in twenty do."""
    changed.execute(ONE_VISIT)
    changed.execute(MANY_VISITS, {"failed": failed, "visited": visited})
    found = {each.name: each.row_count for each in failures(changed) if each.name in OF_VISITS}

    assert {"visits_came_to_their_end": failed} | (
        {"crawler_failed_at_few_sites": failed} if stops else {}
    ) == found


def test_e1_an_interrupted_visit_stops_a_release_beside_one_that_failed(changed: duckdb.DuckDBPyConnection):
    """Ctrl-C, a kill or a full disk is no accident of one site: the same command again goes on."""
    changed.execute("update core_visits set is_cut_short = true, finish = 'disk_full'")

    assert "visits_were_not_cut_short" in {
        each.name for each in failures(changed) if each.severity == "error"
    }


def test_a_breach_is_told_with_its_first_row(changed: duckdb.DuckDBPyConnection):
    """A person can start looking at once."""
    changed.execute("update out_services set reason = '' where stage is null")
    broken = next(each for each in failures(changed) if each.name == "undetermined_has_a_reason")

    assert not broken.is_kept
    assert broken.words() == (
        "undetermined_has_a_reason: A service without a stage says why."
        " Broken by 1 rows, first service_id=tax-appeal; reason="
    )


def test_kept_promises_are_reported_too(warehouse: duckdb.DuckDBPyConnection):
    """Dagster shows what was asked, not only what failed."""
    assert len(checks()) == len(results(warehouse))


def test_a_check_without_its_promise_is_refused(tmp_path: Path):
    """Nobody could tell what its rows mean."""
    path = tmp_path / "mystery.sql"
    path.write_text("select 1;\n")

    with pytest.raises(WarehouseError, match=r"mystery\.sql: expected '-- promise'"):
        read(path)
