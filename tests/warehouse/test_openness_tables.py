"""Openness and participation stand apart from services, with words that prove them."""

import duckdb

from warehouse.checks import failures


def states(warehouse: duckdb.DuckDBPyConnection, subject_id: str) -> dict[str, str]:
    """Return the state of a subject by institution."""
    rows = warehouse.execute(
        "select institution_id, state from out_openness where subject_id = ?", [subject_id]
    ).fetchall()
    return dict(rows)


def test_what_an_indicator_shows_is_found_with_its_words(warehouse: duckdb.DuckDBPyConnection):
    """A form on a page of its own shows more than one in a header; the WARC record that holds it is named."""
    row = warehouse.execute(
        "select state, quote, evidence_url, region, warc_file is not null from out_openness"
        " where institution_id = 'tax' and subject_id = 'citizen-feedback'"
    ).fetchone()

    assert ("found", "words that show feedback-form", "http://tax.example/tax-number", "main", True) == row


def test_missing_is_said_only_where_every_site_was_seen(warehouse: duckdb.DuckDBPyConnection):
    """A site that was down, blocked, never asked or not known proves no absence; a dead link answers."""
    budget = states(warehouse, "budget-information")

    assert {"tax", "portal", "school"} == {body for body, state in budget.items() if state == "missing"}
    assert {"down", "untried", "siteless", "health"} <= {
        body for body, state in budget.items() if state == "not_observed"
    }


def test_what_was_seen_before_a_block_stays_found(warehouse: duckdb.DuckDBPyConnection):
    """The second round met a block page at the health site: what the first round saw is kept."""
    assert "found" == states(warehouse, "citizen-feedback")["health"]


def test_every_institution_is_asked_every_subject(warehouse: duckdb.DuckDBPyConnection):
    """Seven bodies, two subjects: none is silently left out."""
    counted = warehouse.execute("select count(*) from out_openness").fetchone()

    assert (14,) == counted


def test_openness_without_words_stops_a_release(changed: duckdb.DuckDBPyConnection):
    """A subject that is said to be found must be quoted."""
    changed.execute("update out_openness set quote = null where state = 'found'")

    assert "openness_is_proved" in {failure.name for failure in failures(changed)}


def test_membership_belongs_to_the_country_that_joined(warehouse: duckdb.DuckDBPyConnection):
    """The sample republic is no member; country kg has its date, its plan and its commitment."""
    members = warehouse.execute("select country_id, joined from out_ogp_members").fetchall()
    plans = warehouse.execute("select country_id, first_year, commitment_count from out_ogp_plans").fetchall()
    commitments = warehouse.execute("select country_id, commitment_id from out_ogp_commitments").fetchall()

    assert [("kg", "2017-11")] == members
    assert [("kg", 2018, 18)] == plans
    assert [("kg", "KG0001")] == commitments


def test_a_commitment_without_a_plan_stops_a_release(changed: duckdb.DuckDBPyConnection):
    """What no known plan holds is not published."""
    changed.execute("delete from out_ogp_plans")

    assert "commitments_have_a_plan" in {failure.name for failure in failures(changed)}
