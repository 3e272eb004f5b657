"""A page that was not sent again and one that was not asked for: neither weighs, nor is newer than it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest
from tiny import tell, write_story
from tiny_codes import write_codes
from tiny_polite import write_manners

from crawlers.outcomes import Outcome
from warehouse.build import build
from warehouse.checks import results
from warehouse.engine import connect

EARLIER = datetime(2026, 10, 5, 4, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tiny country, whose second round found a page of the tax office unchanged and passed one by."""
    folder = tmp_path_factory.mktemp("light")
    story = tell()
    story.page("2026-11/tax/rates", Outcome.UNCHANGED, kind="other")
    story.page("2026-11/tax/archive", Outcome.NOT_DUE, kind="other")
    captures, pages = story.captures["2026-11", "sample-tax"], story.rows["pages"]["2026-11"]
    captures[-2] = replace(captures[-2], http_status=304)
    captures[-1] = replace(captures[-1], http_status=None, captured_at=EARLIER, delay_seconds=0.0)
    pages[-1] = replace(pages[-1], captured_at=EARLIER)
    write_codes(folder)
    write_manners(folder)
    write_story(folder, story)
    build(folder, threads=1)
    with connect(folder / "warehouse.duckdb", read_only=True) as connection:
        yield connection


def one(warehouse: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """Return the only row of a query."""
    (row,) = warehouse.execute(query).fetchall()
    return tuple(row)


def test_a_page_that_was_not_asked_for_is_no_request(
    light: duckdb.DuckDBPyConnection, warehouse: duckdb.DuckDBPyConnection
):
    """The host's receipt counts one request more than without these two pages, and no byte."""
    receipt = (
        "select request_count, byte_count, first_captured_at from out_host_receipts"
        " where round_id = '2026-11' and host = 'tax.example'"
    )
    requests, size, first = one(warehouse, receipt)

    assert (requests + 1, size, first) == one(light, receipt)


def test_a_page_that_was_not_asked_for_does_not_make_the_round_begin_earlier(
    light: duckdb.DuckDBPyConnection, warehouse: duckdb.DuckDBPyConnection
):
    """Its time is that of the last look at it, a month before."""
    begun = "select first_captured_at from out_countries where country_id = 'sample'"

    assert one(warehouse, begun) == one(light, begun)


def test_a_page_that_was_not_asked_for_is_still_known(light: duckdb.DuckDBPyConnection):
    """As something seen, at the time when it was seen."""
    row = one(light, "select is_observation, captured_at from core_looks where url like '%/archive'")

    assert (True, EARLIER.replace(tzinfo=None)) == row


def test_the_clock_of_an_earlier_look_raises_no_alarm(
    light: duckdb.DuckDBPyConnection, warehouse: duckdb.DuckDBPyConnection
):
    """Nor does anything else that a release is checked for."""
    broken, before = ({one.name for one in results(each) if not one.is_kept} for each in (light, warehouse))

    assert before == broken
    assert "clocks_run_forward" not in broken
