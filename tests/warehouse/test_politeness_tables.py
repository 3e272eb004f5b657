"""The ledger of what was asked for and what was not, and the receipt of each host."""

import duckdb

from warehouse.script import statements


def decided(warehouse: duckdb.DuckDBPyConnection, url: str) -> tuple[object, ...] | None:
    """Return decision, rule, line of robots.txt and bytes of an address of the tax office's second round."""
    return warehouse.execute(
        "select decision, rule, robots_rule, byte_count from out_politeness"
        " where round_id = '2026-11' and site_id = 'sample-tax' and url = ?",
        [url],
    ).fetchone()


def test_what_was_asked_for_stands_with_its_rule_and_bytes(warehouse: duckdb.DuckDBPyConnection):
    """No line of robots.txt was against it."""
    assert ("asked", "nothing_against", None, 1010) == decided(warehouse, "http://tax.example/tax-refund")


def test_what_robots_txt_forbade_stands_with_its_line(warehouse: duckdb.DuckDBPyConnection):
    """The site's owner finds it in their file."""
    found = decided(warehouse, "http://tax.example/staff")

    assert ("refused", "robots", "Disallow: /staff (line 2)", None) == found


def test_what_never_came_to_its_turn_stands_with_the_reason(warehouse: duckdb.DuckDBPyConnection):
    """Every address considered is told, not only those asked for."""
    assert ("refused", "page_limit", None, None) == decided(warehouse, "http://tax.example/late")
    assert ("refused", "off_site", None, None) == decided(warehouse, "http://elsewhere.example/")


def test_an_address_that_was_asked_for_after_all_is_asked(warehouse: duckdb.DuckDBPyConnection):
    """One row an address; what was sent counts before what was not."""
    found = decided(warehouse, "http://tax.example/tax-number")

    assert found is not None
    assert ("asked", "nothing_against") == found[:2]


def test_no_link_to_a_mailbox_is_published(warehouse: duckdb.DuckDBPyConnection):
    """It may name a person: both links are one row of their scheme."""
    found = warehouse.execute("select url from out_politeness where rule = 'scheme'").fetchall()

    assert [("mailto:…",)] == found


def test_the_ledger_has_one_row_an_address_and_round(warehouse: duckdb.DuckDBPyConnection):
    """Its grain, as the file says."""
    again = warehouse.execute(
        "select url from out_politeness group by round_id, site_id, url having count(*) > 1"
    ).fetchall()

    assert [] == again


def test_the_receipt_sets_promise_and_deed_side_by_side(warehouse: duckdb.DuckDBPyConnection):
    """Pauses, bytes packed and unpacked, and what was refused, by cause."""
    found = warehouse.execute(
        "select request_count, delay_seconds, smallest_gap_seconds, hurried_count, wire_byte_count,"
        " byte_count > wire_byte_count, robots_refused_count, other_refused_count"
        " from out_host_receipts where round_id = '2026-11' and host = 'tax.example'"
    ).fetchall()

    assert [(6, 2.0, 3.0, 0, 6 * 400, True, 1, 1)] == found


def test_the_receipt_shows_robots_txt_as_it_was_obeyed(warehouse: duckdb.DuckDBPyConnection):
    """Word by word, but for a personal number in it."""
    found = warehouse.execute(
        "select robots_outcome, robots_text from out_host_receipts"
        " where round_id = '2026-11' and host = 'tax.example'"
    ).fetchone()

    assert ("ok", "User-agent: *\nDisallow: /staff\nDisallow: /██████████████\n") == found


def test_a_request_sooner_than_promised_is_counted(changed: duckdb.DuckDBPyConnection):
    """Of two pauses the shorter was promised: robots.txt may lengthen it in the middle of a visit."""
    sql = _receipts_anew("update core_requests set delay_seconds = 30 where host = 'tax.example' and seq > 2")
    for statement in sql:
        changed.execute(statement)
    found = changed.execute(
        "select hurried_count from out_host_receipts where round_id = '2026-11' and host = 'tax.example'"
    ).fetchone()

    # Six requests in a row; before the fourth only the shorter pause had been promised.
    assert (2,) == found


def _receipts_anew(change: str) -> list[str]:
    """Return the statements that make a change and the receipts again."""
    (fill,) = (each.sql for each in statements(("history",)) if "insert into out_host_receipts" in each.sql)
    empty = "delete from out_host_receipts where round_id = '2026-11'"
    return [change, empty, "set variable round_id = '2026-11'", fill]
