"""What a reader sends who knows better: the words are filled in, for a letter and for an issue."""

from urllib.parse import parse_qs, urlsplit

import pytest

from warehouse.portal.errors import PortalError
from warehouse.portal.letters import Letter, Letters
from warehouse.portal.site import Site
from warehouse.portal.speech import LANGUAGES, speech

SERVICE = {"service_id": "svc-1", "country_id": "kg"}
NAME = "Туулгандыгы тууралуу күбөлүк & <көчүрмө>"
PAGE = "https://p.example/latest/ky/kg/services/svc-1/"


def written(language: str, contact: str = "mailto:team@p.example", issues: str | None = None) -> Letter:
    """The letter about a service."""
    site = Site(
        latest_url="https://p.example/latest/", version="v1", newest_round="2026-11", issues_url=issues
    )
    return Letters(speech(language), site, {"kg": contact}).about(SERVICE, NAME, PAGE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_names_service_page_and_release(language: str):
    """So that we know what is meant, whatever changes meanwhile."""
    words = written(language).words

    assert all(part in words for part in (NAME, "svc-1", PAGE, "v1"))


def test_letters_differ_by_language():
    """Each reader asks in a language of theirs."""
    assert 3 == len({written(language).words for language in LANGUAGES})


def test_a_letter_opens_in_a_mail_program_as_it_is():
    """No space becomes a plus, which mail programs would show (RFC 6068, section 5)."""
    letter = written("ky")
    url = urlsplit(str(letter.mail_url))
    fields = parse_qs(url.query)

    assert ("mailto", "team@p.example") == (url.scheme, url.path)
    assert "+" not in url.query
    assert [letter.words.strip()] == [body.strip() for body in fields["body"]]
    assert NAME in fields["subject"][0]


def test_where_the_contact_is_a_page_no_letter_can_be_opened():
    """Then the page is named."""
    letter = written("ru", contact="https://p.example/contact")

    assert letter.mail_url is None
    assert "https://p.example/contact" == letter.contact


def test_an_issue_is_filed_with_the_same_words():
    """Where a portal says where."""
    letter = written("en", issues="https://git.example/team/project/issues/new")
    fields = parse_qs(urlsplit(str(letter.issue_url)).query)

    assert [letter.words.strip()] == [body.strip() for body in fields["body"]]
    assert written("en").issue_url is None


def test_a_place_for_issues_that_is_no_web_address_is_refused():
    """With the value and what was expected."""
    with pytest.raises(PortalError, match=r"javascript:alert.*http"):
        written("en", issues="javascript:alert(1)")
