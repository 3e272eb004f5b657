"""The sample republic a month later, with nothing changed: the sites hardly notice, and nothing is lost."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from crawlers import harvest
from crawlers.sample import generate, truth
from crawlers.sample.registry_file import registry_text
from crawlers.sites import Registry, load_registry
from crawlers.storing.weight import Weight, weight_of
from pipelines.measuring.scored_round import Round, read_round
from pipelines.score import score, table
from pipelines.understand import understand_round
from pipelines.verify import verify_quotes

pytestmark = pytest.mark.soak
FIRST, SECOND = "2026-11", "2026-12"
PORT = 24101  # of the first of its sites, in this test alone


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """Two rounds of the republic, crawled and understood."""

    data: Path
    registry: Registry

    def weight(self, round_id: str) -> Weight:
        """How heavily a round weighed on the sites."""
        return weight_of(sorted((self.data / "captures" / round_id).iterdir()))

    def seen(self, round_id: str) -> Round:
        """What a round found."""
        return read_round(self.data, round_id)


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    """The whole republic, twice."""
    folder = tmp_path_factory.mktemp("republic")
    (folder / "sample.yml").write_text(registry_text(generate(port=PORT)), encoding="utf-8")
    registry = load_registry(folder / "sample.yml")
    for round_id in (FIRST, SECOND):
        harvest.crawl(registry, round_id=round_id, data=folder / "data")
        understand_round(folder / "data", round_id, registry, jobs=2)
    return Rounds(data=folder / "data", registry=registry)


def test_at_least_90_percent_of_requests_are_answered_by_304_or_not_made(rounds: Rounds):
    """Of all that went out, robots.txt and what failed included."""
    weight = rounds.weight(SECOND)

    assert weight.spared >= 0.9, weight


def test_the_second_round_takes_under_10_percent_of_the_bytes(rounds: Rounds):
    """Header fields included."""
    first, second = rounds.weight(FIRST), rounds.weight(SECOND)

    assert 0 < second.bytes_received < 0.1 * first.bytes_received


def test_as_many_addresses_are_looked_for_as_before(rounds: Rounds):
    """Nothing is spared by forgetting pages."""
    first, second = rounds.weight(FIRST), rounds.weight(SECOND)

    assert first.asked == second.asked + second.passed_by


def test_services_and_stages_are_those_of_the_first_round(rounds: Rounds):
    """Under the same ids."""
    first, second = (
        {one.service_id: one.stage for one in rounds.seen(round_id).verdicts} for round_id in (FIRST, SECOND)
    )

    assert len(first) > 90
    assert first == second


def test_every_site_has_the_outcome_of_the_first_round(rounds: Rounds):
    """A page that did not change is what it was."""
    assert rounds.seen(FIRST).outcomes == rounds.seen(SECOND).outcomes


def test_the_second_round_is_as_true_as_the_first(rounds: Rounds):
    """Against what is true of the republic."""
    scored = score(rounds.seen(SECOND), truth(generate(port=PORT)))

    assert (scored.true_services, scored.sites) == (scored.stages_right, scored.outcomes_right), table(scored)


def test_every_quote_of_the_second_round_is_found_again(rounds: Rounds):
    """In the bodies that lie in the first round's archive."""
    seen = verify_quotes(rounds.data, SECOND)

    assert () == seen.faults
    assert seen.quotes > 1000
