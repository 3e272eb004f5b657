"""Ten rounds of a republic in which things happen: each is told once, in its round, and nothing else is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb
import played
import pytest

from crawlers.sample.story import Change, true_changes
from pipelines.understand import understand_round
from warehouse.release import publish

pytestmark = pytest.mark.soak
PORT = 26101  # of the first of its sites, in this test alone
ROUNDS = {number: f"2026-{number:02}" for number in range(1, 11)}


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the data say of the ten rounds, in the true names of services."""

    rounds: played.Played
    connection: duckdb.DuckDBPyConnection
    ids: Mapping[int, Mapping[str, str]]  # round -> true id -> id in the data

    def changes(self, *, headlines: bool) -> list[Change]:
        """Return the rows of `out_changes`: of names, places, stages, coming and going; or all others."""
        other = "" if headlines else "not"
        rows = self.connection.execute(
            f"select round_id, change, service_id from out_changes where change {other} in"  # noqa: S608 - ours
            " ('new', 'gone', 'back', 'moved', 'renamed', 'stage_up', 'stage_down')"
        ).fetchall()
        called = {found: true for ids in self.ids.values() for true, found in ids.items()}
        found = (
            Change(round=int(round_id[-2:]), change=change, service_id=called.get(service_id, service_id))
            for round_id, change, service_id in rows
        )
        return sorted(found, key=lambda one: (one.round, one.service_id, one.change))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Harvest ten rounds and publish them."""
    rounds = played.begin(tmp_path_factory.mktemp("ten"), PORT)
    for number, round_id in ROUNDS.items():
        played.crawl_round(rounds, number, round_id, rounds.data)
        understand_round(rounds.data, round_id, rounds.registry, jobs=2)
    with played.built(rounds, rounds.data) as connection:
        ids = {number: rounds.ids(number, round_id) for number, round_id in ROUNDS.items()}
        yield Told(rounds=rounds, connection=connection, ids=ids)


def test_every_event_is_told_once_in_its_round_and_none_is_invented(told: Told):
    """Also what happened while a site was down: then in the first round that sees it."""
    assert list(true_changes(told.rounds.story)) == told.changes(headlines=True)


def test_no_other_field_changes_but_of_services_to_which_something_happened(told: Told):
    """An address, a fee, what follows from the name: in the round of the event, not elsewhere."""
    story = told.rounds.story
    happened = {(story.seen_in(event), event.of) for event in story.events if event.event != "down"}

    assert {(one.round, one.service_id) for one in told.changes(headlines=False)} <= happened


def test_a_service_keeps_its_id_in_at_least_95_percent_of_renamings(told: Told):
    """Another name, another address, or both at once."""
    story = told.rounds.story
    renamings = [event for event in story.events if event.renames and event.round > 1]
    kept = [
        event
        for event in renamings
        if told.ids[1].get(event.of) == told.ids[story.seen_in(event) or 0].get(event.of, "lost")
    ]

    assert len(renamings) >= 19
    assert len(kept) >= 0.95 * len(renamings), {event.of for event in renamings} - {one.of for one in kept}


def test_every_true_service_of_every_round_is_known(told: Told):
    """But for those of sites that were down."""
    for number, ids in told.ids.items():
        world = told.rounds.story.world(number)
        down = {site.id for site in world.sites.values() if "down" in site.quirks}
        seen = {one.id for one in world.services.values() if one.site_id not in down}

        assert seen <= ids.keys(), number


def test_the_ten_rounds_are_published(told: Told):
    """No check of the gate has anything against them."""
    told.connection.close()
    release = publish(told.rounds.data)

    assert release.version.startswith("2026-10-")
