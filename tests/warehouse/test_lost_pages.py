"""Pages that the newest round did not see again are listed, with why; nothing is lost without a word."""

import duckdb

from warehouse.script import SQL

LOST = "select outcome, last_ok_round_id, finish from out_lost_pages where url = ?"


def test_e5_a_page_that_was_blocked_or_gone_is_listed_with_its_outcome(
    warehouse: duckdb.DuckDBPyConnection,
):
    """Who published it can look: was it them, the network, or us."""
    found = warehouse.execute("select url, outcome from out_lost_pages order by url").fetchall()

    assert [
        ("http://health.example/", "blocked"),
        ("http://health.example/vaccination", "blocked"),
        ("http://school.example/enrolment", "gone"),
    ] == found


def test_e5_a_page_that_was_never_come_to_has_no_outcome(changed: duckdb.DuckDBPyConnection):
    """A visit cut short says nothing of it: neither there nor gone."""
    insert = changed.extract_statements(_sql())[1]
    changed.execute("delete from core_looks where round_id = '2026-11' and url = 'http://tax.example/'")
    changed.execute("update core_visits set finish = 'interrupted' where round_id = '2026-11'")
    changed.execute("delete from out_lost_pages")
    changed.execute(insert)

    assert [(None, "2026-10", "interrupted")] == changed.execute(LOST, ["http://tax.example/"]).fetchall()


def test_e5_a_page_that_was_passed_by_is_not_lost(changed: duckdb.DuckDBPyConnection):
    """It never changes, so it was not asked for: on purpose."""
    insert = changed.extract_statements(_sql())[1]
    changed.execute("delete from core_looks where round_id = '2026-11' and url = 'http://tax.example/'")
    changed.execute(
        "update raw_captures set outcome = 'not_due' where round_id = '2026-11' and url = 'http://tax.example/'"
    )
    changed.execute("delete from out_lost_pages")
    changed.execute(insert)

    assert [] == changed.execute(LOST, ["http://tax.example/"]).fetchall()


def _sql() -> str:
    """The file that makes the table: its second statement fills it."""
    return (SQL / "out" / "65_lost_pages.sql").read_text(encoding="utf-8")
