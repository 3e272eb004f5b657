"""Since when and until when: of services, stages and facts, and on any day between."""

from typing import Any

import duckdb
import pytest
from tiny_stories import FEB, JAN, MAR

Rows = list[tuple[Any, ...]]


def spans(history: duckdb.DuckDBPyConnection, table: str, story: str, columns: str) -> Rows:
    """Return some columns of the spans of a story's service, oldest first."""
    rows = history.table(table).filter(duckdb.ColumnExpression("service_id") == story)
    return rows.order("first_seen_round").project(columns).fetchall()


def test_e6_a_service_that_is_gone_is_closed_and_stays_in_the_history(history: duckdb.DuckDBPyConnection):
    """It has a day until when it was known; having come back, it has a second span without one."""
    found = spans(
        history,
        "out_service_spans",
        "returns",
        "first_seen_round, last_seen_round, gone_round, valid_from::text, valid_to::text",
    )

    assert [
        (JAN, JAN, FEB, "2026-01-05", "2026-02-05"),
        (MAR, MAR, None, "2026-03-05", None),
    ] == found


def test_a_stage_has_the_rounds_in_which_it_was_first_and_last_seen(history: duckdb.DuckDBPyConnection):
    """Stage 2 in January; stage 3 from February, seen again in March, and it holds."""
    found = spans(
        history, "out_stage_spans", "climbs", "stage, first_seen_round, last_seen_round, valid_to::text"
    )

    assert [(2, JAN, JAN, "2026-02-05"), (3, FEB, MAR, None)] == found


def test_e5_a_stage_that_could_not_be_looked_at_has_not_ended(history: duckdb.DuckDBPyConnection):
    """The site that proved it was silent for two rounds: one span, from January on."""
    found = spans(history, "out_stage_spans", "half", "stage, first_seen_round, last_seen_round, valid_to")

    assert [(3, "2026-01", "2026-04", None)] == found


def test_a_fact_has_the_rounds_in_which_it_was_first_and_last_stated(history: duckdb.DuckDBPyConnection):
    """The Kyrgyz papers of January ended in February; the English ones hold."""
    found = spans(
        history,
        "out_fact_spans",
        "papers",
        "language, value, first_seen_round, last_seen_round, valid_to::text, quote",
    )

    assert [row for row in found if row[0] == "ky"] == [
        ("ky", "паспорт", JAN, JAN, "2026-02-05", "It says: паспорт"),
        ("ky", "паспорт; сүрөт", FEB, FEB, None, "It says: паспорт; сүрөт"),
    ]
    assert ("en", "passport", JAN, FEB, None, "It says: passport") in found


@pytest.mark.parametrize(("day", "stage"), [("2026-01-31", 2), ("2026-02-04", 2), ("2026-02-05", 3)])
def test_services_at_gives_the_stage_of_the_day(history: duckdb.DuckDBPyConnection, day: str, stage: int):
    """A round counts from the day of its last look."""
    found = history.execute("select stage from services_at(?) where service_id = 'climbs'", [day]).fetchall()

    assert [(stage,)] == found


def test_services_at_says_how_old_each_row_was(history: duckdb.DuckDBPyConnection):
    """In March the silent site had been asked in vain twice: what was known of it came from January."""
    found = history.execute(
        "select stage, as_of::text, attempts_since_ok from services_at('2026-03-31')"
        " where service_id = 'half'"
    ).fetchall()

    assert [(3, "2026-01-05", 2)] == found


def test_institutions_at_says_what_was_seen_of_them(history: duckdb.DuckDBPyConnection):
    """Their services of the day, with the shares between which the truth lay."""
    found = history.execute(
        "select service_count > 0, stage_3_share_low <= stage_3_share_high, unseen_service_count"
        " from institutions_at('2026-02-05') where institution_id = 'tax'"
    ).fetchall()

    assert [(True, True, 1)] == found
