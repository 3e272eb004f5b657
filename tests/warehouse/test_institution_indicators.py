"""Indicators of a site belong to institutions, with words that prove them, and touch no service."""

import duckdb


def states(warehouse: duckdb.DuckDBPyConnection, indicator_id: str) -> dict[str, str]:
    """Return the state of an indicator by institution."""
    rows = warehouse.execute(
        "select institution_id, state from out_institution_indicators where indicator_id = ?", [indicator_id]
    ).fetchall()
    return dict(rows)


def test_what_a_site_shows_is_found_with_its_words(warehouse: duckdb.DuckDBPyConnection):
    """The WARC record that holds them is named."""
    row = warehouse.execute(
        "select state, stage, quote, evidence_url, warc_file is not null, body_sha256 is not null"
        " from out_institution_indicators where institution_id = 'tax' and indicator_id = 'news'"
    ).fetchone()

    assert ("found", 1, "words that show news", "http://tax.example/", True, True) == row


def test_an_institution_that_could_not_be_observed_misses_nothing(warehouse: duckdb.DuckDBPyConnection):
    """A site that was down, blocked, never asked or not known proves no absence."""
    site_map = states(warehouse, "site-map")

    assert {"tax", "portal", "school"} == {body for body, state in site_map.items() if state == "missing"}
    assert {"down", "untried", "siteless", "health"} == {
        body for body, state in site_map.items() if state == "not_observed"
    }


def test_only_indicators_of_a_site_are_asked(warehouse: duckdb.DuckDBPyConnection):
    """Seven bodies, two indicators."""
    counted = warehouse.execute("select count(*) from out_institution_indicators").fetchone()

    assert (14,) == counted


def test_an_institution_has_the_share_of_each_stage(warehouse: duckdb.DuckDBPyConnection):
    """News is of stage 1, the map of stage 2; nothing is asked at stages 3 and 4. Out of sight, no share."""
    rows = warehouse.execute(
        "select institution_id, site_stage_1_found_share, site_stage_2_found_share, site_stage_3_found_share"
        " from out_institutions where institution_id in ('tax', 'down') order by 1"
    ).fetchall()

    assert [("down", None, None, None), ("tax", 1.0, 0.0, None)] == rows


def test_what_a_site_shows_is_no_evidence_for_a_service(warehouse: duckdb.DuckDBPyConnection):
    """Neither the findings of services, nor their criteria, nor the index know it."""
    counted = warehouse.execute(
        "select"
        " (select count(*) from out_service_findings where indicator_id = 'news'),"
        " (select count(*) from out_service_criteria where indicator_id = 'news'),"
        " (select max(applicable_count) from out_index_parts"
        " where part = 'indicators' and stage = 1 and institution_id is not null)"
    ).fetchone()

    assert (0, 0, 2) == counted


def test_every_row_of_the_literature_is_shown_or_has_a_reason(warehouse: duckdb.DuckDBPyConnection):
    """One of the two, never both."""
    rows = warehouse.execute(
        "select source_id, shown_by, reason_id from out_indicator_sources order by 1"
    ).fetchall()

    assert ("UN-1", "news", None) == rows[0]
    assert ("UN-4", None, "needs-login") == rows[3]
