"""E5: sites that are down, or lose half their pages, from the crawl to the release."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from faulty_disk import Ended, FaultyDisk
from small_countries import FEW_FILES, digests
from two_offices import THINGS, two_offices

from pipelines.operating.exits import Exit
from warehouse.engine import connect

pytestmark = pytest.mark.soak
LOST = THINGS[3:]  # eleven of fourteen


@dataclass(frozen=True, kw_only=True)
class Told:
    """What came of three rounds: all open, all closed, most pages of the large office gone."""

    silent: Ended  # the crawl of the second
    published: Ended  # after it
    fresh: list[tuple[object, ...]]  # stages after the first
    stale: list[tuple[object, ...]]  # stages after the second, and how old they are
    first: dict[str, str]  # what was published after it
    refused: Ended
    after: dict[str, str]  # what was published when the third was refused
    approved: Ended
    history: list[tuple[object, ...]]


@pytest.fixture(scope="module")
def told(disk: FaultyDisk, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Harvest three rounds by the command line."""
    folder = tmp_path_factory.mktemp("offices")
    data = folder / "data"

    def baskych(*words: str | Path) -> Ended:
        return disk.run(*words, "--data", data, under=data, before=FEW_FILES)

    def harvest(round_id: str) -> Ended:
        crawled = baskych("crawl", "--registry", registry, "--round", round_id)
        baskych("understand", "--registry", registry, "--round", round_id, "--jobs", "1")
        baskych("build", "--threads", "1")
        return crawled

    def asked(query: str) -> list[tuple[object, ...]]:
        with connect(data / "warehouse.duckdb", read_only=True) as warehouse:
            return warehouse.sql(query).fetchall()

    with two_offices(folder) as (large, small, registry):
        harvest("2026-09")
        fresh = asked("select service_id, stage from out_services order by service_id")
        large.is_closed = small.is_closed = True
        silent = harvest("2026-10")
        stale = asked(
            "select service_id, stage, is_stale, last_seen_round, attempts_since_ok"
            " from out_services order by service_id"
        )
        published = baskych("publish", "--threads", "1")
        first = digests((data / "publish" / "latest").resolve())
        large.is_closed = False
        for thing in LOST:
            del large.pages[f"/{thing}"]
        harvest("2026-11")
        refused = baskych("publish", "--threads", "1")
        after = digests((data / "publish" / "latest").resolve())
        (reasons,) = data.glob("publish-failed/2026-11-*/REASONS.txt")
        names = re.findall(r"^\w+_\w+(?=: )", reasons.read_text(encoding="utf-8"), re.MULTILINE)
        wanted = [part for name in names for part in ("--approve", name)]
        approved = baskych("publish", "--threads", "1", *wanted)
        history = asked(
            "select state, count(*) from out_service_rounds where round_id = '2026-11' group by all"
        )
    return Told(
        silent=silent,
        published=published,
        fresh=fresh,
        stale=stale,
        first=first,
        refused=refused,
        after=after,
        approved=approved,
        history=sorted(history),
    )


def test_e5_when_all_sites_are_down_nothing_is_erased(told: Told):
    """Every service keeps its stage, is marked as stale, and says since when and how often it was missed."""
    assert Exit.NOTHING_REACHED == told.silent.code, told.silent
    assert len(THINGS) + 2 == len(told.fresh)
    assert [(*service, True, "2026-09", 1) for service in told.fresh] == told.stale


def test_e5_a_round_in_which_all_sites_were_down_is_published_as_stale(told: Told):
    """Readers have every row of the last good round, and are told that it is old; no promise is broken."""
    assert Exit.OK == told.published.code, told.published
    assert "data/out_services.parquet" in told.first


def test_e5_a_release_without_half_of_the_pages_is_refused(told: Told):
    """The promise that is broken is named, and readers have what they had."""
    assert Exit.CHECKS_FAILED == told.refused.code, told.refused
    assert "services_did_not_vanish" in told.refused.said, told.refused
    assert told.first
    assert told.first == told.after


def test_e5_a_person_may_approve_that_pages_are_gone(told: Told):
    """Then it is published; what is gone stays in the history, and the closed office's services are kept."""
    assert Exit.OK == told.approved.code, told.approved
    assert [("gone", len(LOST)), ("kept", 2), ("seen", len(THINGS) - len(LOST))] == told.history
