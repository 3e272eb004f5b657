"""E6: a page of a service that is not there once may be away for an hour; twice, or by a 410, it is gone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pytest
from tiny_history import History, built_history

from crawlers.outcomes import Outcome
from crawlers.policy import policy
from warehouse.engine import connect

JAN, FEB, MAR = "2026-01", "2026-02", "2026-03"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What February and March find at the address of a service of January, and what becomes of it then."""

    later: Callable[[History, str], None]
    states: tuple[str, ...]


def misses(february: int, march: int = 0, **said: Any) -> Callable[[History, str], None]:
    """Let the page be asked for and not be there, so many times in each of two rounds."""

    def tell(history: History, service: str) -> None:
        history.misses(f"{FEB}/{service}/{service}", february, **said)
        history.misses(f"{MAR}/{service}/{service}", march, **said)

    return tell


def _returns_late(history: History, service: str) -> None:
    history.misses(f"{FEB}/{service}/{service}", 1)
    history.provides(f"{MAR}/{service}")


def _passed_by(history: History, service: str) -> None:
    history.misses(f"{FEB}/{service}/{service}", 1, outcome=Outcome.SOFT_404, http_status=200)
    history.page(f"{MAR}/{service}/{service}", Outcome.NOT_DUE, read_as="soft_404")


STORIES = {
    "once": Told(later=misses(1), states=("seen", "kept", "kept")),
    "twice": Told(later=misses(2), states=("seen", "gone")),
    "final": Told(later=misses(1, http_status=410), states=("seen", "gone")),
    "archived": Told(later=misses(1, source="cdx"), states=("seen", "gone")),
    "slowly": Told(later=misses(1, 1), states=("seen", "kept", "gone")),
    "softly": Told(
        later=misses(1, 1, outcome=Outcome.SOFT_404, http_status=200), states=("seen", "kept", "gone")
    ),
    "passed": Told(later=_passed_by, states=("seen", "kept", "kept")),
    "late": Told(later=_returns_late, states=("seen", "kept", "seen")),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield the warehouse of three rounds with all stories."""
    history = History()
    history.asks([JAN, FEB, MAR], "lasting", *STORIES)
    for round_id in (JAN, FEB, MAR):
        history.provides(f"{round_id}/lasting")
    for service, told in STORIES.items():
        history.provides(f"{JAN}/{service}")
        told.later(history, service)
    folder = built_history(tmp_path_factory.mktemp("absent"), history)
    with connect(folder / "warehouse.duckdb", read_only=True) as connection:
        yield connection


def asked(built: duckdb.DuckDBPyConnection, columns: str, table: str, service: str) -> list[tuple[Any, ...]]:
    """Return some columns of a service's rows, oldest first."""
    rows = built.table(table).filter(duckdb.ColumnExpression("service_id") == service)
    return rows.order("all").project(columns).fetchall()


@pytest.mark.parametrize("service", STORIES)
def test_e6_a_service_is_gone_when_its_page_was_missed_often_enough(
    built: duckdb.DuckDBPyConnection, service: str
):
    """Twice in a round or in two on end; at once by a 410, or where an archive has the answer."""
    found = asked(built, "state", "out_service_rounds", service)

    assert [(state,) for state in STORIES[service].states] == found


def test_e6_what_was_missed_once_is_kept_and_stale(built: duckdb.DuckDBPyConnection):
    """Its row is the last good one, with its age; nothing is told as a change, and no span has ended."""
    assert [(JAN, True, 2)] == asked(
        built, "last_seen_round, is_stale, attempts_since_ok", "out_services", "once"
    )
    assert [] == asked(built, "change", "out_changes", "once")
    assert [(None,)] == asked(built, "valid_to", "out_service_spans", "once")


@pytest.mark.parametrize(("service", "round_id"), [("twice", FEB), ("final", FEB), ("slowly", MAR)])
def test_e6_what_is_gone_is_closed_in_the_round_that_knew_it(
    built: duckdb.DuckDBPyConnection, service: str, round_id: str
):
    """The spans of service and stage end with that round's day; its rows stay in the history."""
    day = f"{round_id}-05"

    assert [] == asked(built, "service_id", "out_services", service)
    assert [(round_id, "gone")] == asked(built, "round_id, change", "out_changes", service)
    assert [(day,)] == asked(built, "valid_to::text", "out_service_spans", service)
    assert [(day,)] == asked(built, "valid_to::text", "out_stage_spans", service)
    assert (JAN, "seen") == asked(built, "round_id, state", "out_service_rounds", service)[0]


def test_e6_every_ask_is_in_the_ledger(built: duckdb.DuckDBPyConnection):
    """Who runs the site sees how often the missing page was asked for."""
    ledger = built.table("out_politeness").filter("url = 'http://twice.example/twice'")
    found = ledger.order("round_id").project("round_id, outcome, request_count").fetchall()

    assert [(JAN, "ok", 1), (FEB, "gone", 2)] == found


def test_e6_the_number_of_asks_is_the_crawlers_own(built: duckdb.DuckDBPyConnection):
    """It is written once, in `policy.yml`; readers find it among the settings."""
    told = built.execute(
        "select value from out_crawler_settings where country_id = 'sample' and setting = 'gone_asks'"
    ).fetchall()

    assert [(str(policy().gone_asks),)] == told
