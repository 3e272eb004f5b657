"""What the owner of a site reads of the robot: on a page of its own, and on their institution's."""

from pathlib import Path

import pytest
from portal_reading import Page

from crawlers.policy import policy
from warehouse.portal import addresses
from warehouse.portal.speech import LANGUAGES


def words(portal: Path, place: str, language: str = "en") -> str:
    """Return the words in a page's main part."""
    [main] = Page.read(portal / addresses.file_of(language, place)).all("main")
    return main.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_the_robot_says_its_numbers_in_three_languages(portal: Path, language: str):
    """They are the policy's own, with the token for robots.txt and where to write to."""
    said = words(portal, addresses.BOT, language)

    for number in (policy().crawl_delay_cap_seconds, policy().give_up_after_errors, 24):
        assert str(number) in said
    assert "User-agent: Baskych" in said
    assert "https://baskych.example/bot" in said


def test_the_page_on_the_robot_names_who_asked_it_to_stay_away(portal: Path):
    """With the day and the reason."""
    said = words(portal, addresses.BOT)

    assert "quiet.example" in said
    assert "letter 12" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_the_page_on_the_robot(portal: Path, language: str):
    """Whoever found us in a log arrives somewhere else first."""
    for place in (addresses.HOME, addresses.ABOUT, addresses.country("sample")):
        text = (portal / addresses.file_of(language, place)).read_text(encoding="utf-8")
        assert "about/bot/" in text


def test_an_institution_reads_its_receipt(portal: Path):
    """Requests, the pause kept, and robots.txt as it was obeyed, without a personal number in it."""
    said = words(portal, addresses.institution("sample", "tax"))

    assert "tax.example" in said
    assert "Disallow: /staff" in said
    assert "21503199012345" not in said


def test_an_institution_reads_what_was_not_asked_for_and_what_it_can_do(portal: Path):
    """By rule, with advice."""
    said = words(portal, addresses.institution("sample", "tax"))

    assert "Barred by robots.txt" in said
    assert "Allow the pages of services in robots.txt if they are to be seen." in said
