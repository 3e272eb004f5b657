"""A report for a site's keepers: services, what is missing, whose fault a failure was, in their language."""

from pathlib import Path

import pytest
from portal_reading import Page

from warehouse.portal.errors import NoSuchSiteError, ReportError
from warehouse.portal.report_words import EmptyLists
from warehouse.portal.site_report import site_report
from warehouse.portal.speech import LANGUAGES, speech
from warehouse.release import Release


def test_it_names_what_is_good_with_the_words_that_prove_it(released: Release):
    """And what is missing, with advice, most wanted first."""
    text = site_report(released.folder, "sample-tax", language="en")
    good, rest = text.split("What stops earlier")

    assert "Service tax-registration" in good
    assert "«words that show online-payment»" in good
    assert "What would lift most services" in rest
    assert "1. " in rest


@pytest.mark.parametrize(
    ("language", "head"), [("ky", "отчёт"), ("ru", "Отчёт о сайте"), ("en", "Report on the site")]
)
def test_it_speaks_each_language(released: Release, language: str, head: str):
    """As text and as a page."""
    for kind in ("txt", "html"):
        assert head in site_report(released.folder, "sample-tax", language=language, kind=kind)


def test_it_speaks_the_site_s_own_language_where_none_is_asked_for(released: Release):
    """Those who keep a site read what their readers read."""
    assert site_report(released.folder, "sample-tax") == site_report(
        released.folder, "sample-tax", language="ky"
    )


def test_a_site_that_was_down_is_told_whose_fault_it_was_and_what_to_do(released: Release):
    """With the advice of the outcome."""
    text = site_report(released.folder, "sample-down", language="en")

    assert "Whose fault: the site’s" in text
    assert "Repair it" in text


# What would be said of services that were looked for and not found.
ABSENT = (
    "No service of this site can be done online yet, by what its pages show.",
    "No service was found on this site.",
    "Nothing is missing for a next stage.",
)
UNSEEN = "Nothing can be said: no page of this site could be seen."


@pytest.mark.parametrize("kind", ["txt", "html"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("site_id", ["sample-down", "sample-untried"])
def test_of_a_site_that_nobody_could_see_nothing_is_said_to_be_absent(
    released: Release, site_id: str, language: str, kind: str
):
    """Could not look is never absent: the three lists of its services say why they are empty."""
    text = site_report(released.folder, site_id, language=language, kind=kind)
    said = speech(language)

    assert [] == [message for message in ABSENT if said.text(message) in text]
    assert 3 == text.count(said.text(UNSEEN))


def test_a_site_that_nobody_asked_has_no_failures_and_no_answers(released: Release):
    """That every address answered would be as untrue."""
    text = site_report(released.folder, "sample-untried", language="en")

    assert "No address of this site was asked in the newest round." in text
    assert "Addresses seen: not asked\n" in text


def test_services_of_an_earlier_round_are_said_to_be_of_it(released: Release):
    """The newest round met a block page at every address of the site."""
    text = site_report(released.folder, "sample-health", language="en")

    assert "Service vaccination" in text
    assert "No page of this site could be seen in the newest round." in text


def test_how_much_was_seen_is_said_once(released: Release):
    """A number of addresses, and no word that says the same again."""
    text = site_report(released.folder, "sample-tax", language="en")

    assert ["Addresses seen: 5 of 5"] == [line for line in text.splitlines() if "seen" in line.lower()]


STATES = {
    "all at stage 4": ([4], "", "Nothing: every service", "Nothing is missing"),
    "none judged": ([None], "Nothing can be said: the stage", "", "Nothing can be said: the stage"),
    "some judged": ([1, None], "No service whose stage could be told", "", "Nothing is known to be missing"),
    # What is not missing may be unseen: a service that is not at the last stage lacks something.
    "all judged": (
        [1],
        "No service of this site can be done online yet",
        "",
        "Nothing is known to be missing",
    ),
    "none found": ([], *["No service was found"] * 3),
}


@pytest.mark.parametrize("state", STATES)
def test_an_empty_list_says_why_it_is_empty(state: str):
    """By what is known of the services of a site that was seen."""
    stages, good, behind, missing = STATES[state]
    site = {"status": "seen", "seen_count": 2}
    empty = EmptyLists(speech("en"), site, [{"stage": stage} for stage in stages])

    assert not good or empty.good.startswith(good)
    assert not behind or empty.behind.startswith(behind)
    assert empty.missing.startswith(missing)


def test_the_page_is_whole_by_itself_and_loads_nothing(released: Release):
    """It can be sent by mail and printed."""
    html = site_report(released.folder, "sample-tax", language="ru", kind="html")
    page = Page()
    page.feed(html)

    assert [] == page.faults
    assert [] == page.all("script") + page.all("link") + page.all("img")
    assert "default-src 'none'" in html


def test_a_site_that_is_not_there_is_told_apart_from_a_release_that_is_not(released: Release, tmp_path: Path):
    """Each with what was expected: of sites, the nearest ids, for most are mistyped."""
    with pytest.raises(NoSuchSiteError, match="expected one of sample-school, "):
        site_report(released.folder, "sample-schol")
    with pytest.raises(ReportError, match="baskych publish"):
        site_report(tmp_path, "sample-tax")
