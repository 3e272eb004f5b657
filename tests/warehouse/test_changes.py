"""Every change is told once, in the round that saw it, with the evidence of both sides; none is invented.

Each test has a story in `tiny_stories`, whose service and site bear its name; one build tells them all.
"""

from typing import Any

import duckdb
import pytest
from tiny_stories import APR, FEB, FIELDS, JAN, MAR

Told = list[tuple[Any, ...]]


def told(
    history: duckdb.DuckDBPyConnection, story: str, columns: str = "round_id, change, field, before, after"
) -> Told:
    """Return some columns of what changed of the service of a story."""
    rows = history.table("out_changes").filter(duckdb.ColumnExpression("service_id") == story)
    return rows.order("round_id, change, field").project(columns).fetchall()


def test_e5_a_service_added_while_its_site_was_silent_is_told_when_it_is_first_seen(
    history: duckdb.DuckDBPyConnection,
):
    """The site was seen before the silence, without it: so it is new, three rounds later."""
    assert [(APR, "new", "state", None, "Permit")] == told(history, "late")


def test_what_a_site_has_when_it_is_first_seen_is_not_new(history: duckdb.DuckDBPyConnection):
    """Nobody had looked there, so nobody can say since when it is there."""
    assert [] == told(history, "first")


def test_a_service_behind_an_address_that_had_failed_to_open_is_not_new(history: duckdb.DuckDBPyConnection):
    """Its page was asked for in the round before, and did not open: it may have been there."""
    assert [] == told(history, "behind")


def test_e6_a_service_that_returns_is_back_and_not_new(history: duckdb.DuckDBPyConnection):
    """Gone in one round, back in another: two events of one service, each once."""
    assert [(FEB, "gone", "state", "Permit", None), (MAR, "back", "state", None, "Permit")] == told(
        history, "returns"
    )


def test_e5_a_silent_site_loses_no_service_though_a_list_elsewhere_drops_it(
    history: duckdb.DuckDBPyConnection,
):
    """Its own page could not be looked for: the list of another site says nothing about it."""
    states = history.execute(
        "select state from out_service_rounds where service_id = 'listed' order by round_id"
    ).fetchall()

    assert [("seen",), ("kept",)] == states[:2]


def test_e5_a_silent_site_lowers_no_stage_that_it_had_proved(history: duckdb.DuckDBPyConnection):
    """The portal's page alone proves stage 1 and another fee; the site that proved stage 3 is silent."""
    assert [] == told(history, "half")


@pytest.mark.parametrize("story", FIELDS)
def test_a_changed_field_is_told_with_before_and_after(history: duckdb.DuckDBPyConnection, story: str):
    """Fee, time, occasion, provider, name and site: one row each, and no other."""
    assert [(FEB, *FIELDS[story].told)] == told(history, story)


def test_a_changed_fact_is_told_in_the_language_that_changed(history: duckdb.DuckDBPyConnection):
    """Of papers that are asked for, the Kyrgyz page tells one more; the English page stays as it was."""
    found = told(history, "papers", "change, field, language, before, after")

    assert [("changed", "documents_required", "ky", "паспорт", "паспорт; сүрөт")] == found


def test_a_fact_in_one_more_language_is_no_change(history: duckdb.DuckDBPyConnection):
    """A translation says nothing new about the service."""
    assert [] == told(history, "translated")


def test_a_stage_that_could_not_be_said_and_then_could_is_determined(history: duckdb.DuckDBPyConnection):
    """And undetermined again, when all its pages are seen and say too little."""
    events = [(FEB, "determined", "stage", None, "2"), (MAR, "undetermined", "stage", "2", None)]

    assert events == told(history, "unsure")


def test_e5_what_a_part_of_the_pages_does_not_say_has_not_changed(history: duckdb.DuckDBPyConnection):
    """Two pages did not open and the fee stood on one of them; once they open, the true change is told."""
    assert [(MAR, "changed", "fee", "120.5 KGS", "300 KGS")] == told(history, "partly")


@pytest.mark.parametrize(
    ("side", "quote", "round_id"),
    [("before", "words that show feedback-form", JAN), ("after", "words that show online-payment", FEB)],
)
def test_a_change_leads_to_the_bytes_of_both_sides(
    history: duckdb.DuckDBPyConnection, side: str, quote: str, round_id: str
):
    """Quote, address, request, file, place, time and checksum of what was and of what is."""
    kept = "captured_at is not null", "sha256 is not null"
    columns = ("quote", "url", "capture_id", "warc_file", "warc_offset", *kept)

    [found] = told(history, "climbs", ", ".join(f"{side}_{column}" for column in columns))

    capture, file = f"{round_id}-climbs-1", f"captures/{round_id}/sample-climbs/part-00000.warc.gz"
    assert (quote, "http://climbs.example/climbs", capture, file, 4096, True, True) == found


def test_e6_what_is_gone_is_proved_by_the_answer_where_it_stood(history: duckdb.DuckDBPyConnection):
    """The 404 that had the last word is kept, and the change leads to it."""
    gone, _ = told(
        history, "returns", "before_round_id, after_url, after_capture_id, after_warc_file is not null"
    )

    assert (JAN, "http://returns.example/returns", f"{FEB}-returns-2", True) == gone
