"""When a site is stale: by its own rhythm, told apart from nobody having asked."""

import pytest

from crawlers.outcomes import Outcome
from pipelines.desk.rhythm import Freshness, freshness_of
from pipelines.desk.words import LANGUAGES
from warehouse.looking_back import SiteRound


def site(history: str, month: str) -> Freshness:
    """Return the freshness of a site with one letter a month of 2026: seen, no answer, not asked."""
    status = {"s": "seen", "n": "not_seen", "r": "not_seen", "-": "not_tried"}
    outcome = {"n": "unreachable_timeout", "r": "robots_disallowed"}
    rounds = [
        SiteRound(
            round_id=f"2026-{number:02}",
            status=status[letter],
            main_outcome=outcome.get(letter),
        )
        for number, letter in enumerate(history, 1)
    ]
    return freshness_of("xy-tax", rounds, month)


@pytest.mark.parametrize(
    ("history", "month", "state"),
    [
        ("sss", "2026-03", "fresh"),
        ("sss", "2026-04", "fresh"),  # this month's round has not been yet
        ("ssn", "2026-03", "late"),
        ("ssnn", "2026-04", "silent"),
        ("snsnn", "2026-05", "late"),  # it has missed a round before
        ("snsnnn", "2026-06", "silent"),
        ("snnnnnnsnnnn", "2026-12", "silent"),  # a dead site must not pass for a slow one
        ("nn", "2026-02", "unheard"),
        ("nnn", "2026-03", "unseen"),
        ("sssrrr", "2026-06", "unwelcome"),
        ("--", "2026-02", "unasked"),
        ("sss---", "2026-06", "forgotten"),
        ("sss", "2026-09", "forgotten"),  # there was no round at all
    ],
)
def test_a_site_is_stale_by_its_own_rhythm(history: str, month: str, state: str):
    """Who always answered is stale sooner than who used to miss rounds; nobody's asking is our own fault."""
    assert state == site(history, month).state


def test_a_site_without_any_round_has_not_been_asked():
    """It has just come into the registry."""
    assert "unasked" == freshness_of("xy-tax", [], "2026-11").state


def test_a_silent_site_is_told_with_its_reason_and_what_to_do():
    """Since when, what it should be, what came of asking, and who can mend it."""
    found = site("ssnn", "2026-04")

    assert Outcome.UNREACHABLE_TIMEOUT is found.outcome
    assert "Last seen in round 2026-02, months since: 2; by its own rhythm at most 1." in found.reason("en")
    assert found.to_do("en").startswith("To the site's owner: ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("history", ["sss", "ssn", "ssnn", "nn", "nnn", "sr", "--", "ss----"])
def test_every_state_has_its_words_in_every_language(history: str, language: str):
    """No brace is left open."""
    found = site(history, f"2026-{len(history):02}")

    assert "{" not in found.reason(language) + found.to_do(language)
