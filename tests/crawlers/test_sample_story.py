"""The republic's ten rounds: what happens is known, and what of it can be seen, and when."""

import pytest

from crawlers.sample import generate
from crawlers.sample.pages import pages_of
from crawlers.sample.serving import mark_of
from crawlers.sample.story import Change, Story, tell, true_changes


@pytest.fixture(scope="module")
def story() -> Story:
    """All ten rounds."""
    return tell(generate())


def targets(story: Story, number: int, site_id: str) -> set[str]:
    """Return the addresses of a site's pages in a round."""
    world = story.world(number)
    return {page.target for page in pages_of(world, world.sites[site_id]).values()}


def test_a_service_is_there_from_the_round_that_adds_it_and_not_from_the_one_that_ends_it(story: Story):
    """Both ends are in the story."""
    there = [number for number in range(1, 11) if "event-permit" in story.world(number).services]
    wedding = [number for number in range(1, 11) if "marriage-hall" in story.world(number).services]

    assert (4, 10) == (there[0], there[-1])
    assert (1, 6) == (wedding[0], wedding[-1])


def test_a_page_that_is_remade_has_another_address_and_another_name(story: Story):
    """And states what it stated."""
    before, after = (story.world(number).services["tax-clearance"] for number in (1, 2))

    assert before.name != after.name
    assert "/ru/services/tax-clearance" in targets(story, 1, "sample-tax")
    assert "/ru/services/tax-clearance" not in targets(story, 2, "sample-tax")
    assert (before.documents, before.fee, before.law) == (after.documents, after.fee, after.law)


def test_what_happens_while_a_site_is_down_is_seen_when_it_is_up_again(story: Story):
    """Kunkent is down from round 3 to 5; its new service of round 4 is told in round 6."""
    assert Change(round=6, change="new", service_id="event-permit") in true_changes(story)
    assert [3, 4, 5] == [
        number for number in range(1, 11) if "down" in story.world(number).sites["sample-kunkent"].quirks
    ]


def test_a_service_that_moves_to_the_portal_moves_once_and_goes_up(story: Story):
    """Its own page goes; its place on the joint portal comes."""
    changes = {
        (one.round, one.change) for one in true_changes(story) if one.service_id == "vaccination-record"
    }

    assert {(4, "moved"), (4, "stage_up")} == changes


def test_there_are_enough_renamings_to_judge_ids_by(story: Story):
    """Nineteen: one lost id would already be more than five in a hundred."""
    assert sum(event.renames for event in story.events) >= 19


def test_two_rounds_of_one_year_are_two_republics(story: Story):
    """One that is served already is not taken for another."""
    assert 10 == len({mark_of(world) for world in story.worlds})
