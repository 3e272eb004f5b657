"""A report for a site's keepers: services, what is missing, whose fault a failure was, in their language."""

from pathlib import Path

import pytest
from portal_reading import Page

from warehouse.portal.errors import NoSuchSiteError, ReportError
from warehouse.portal.site_report import site_report
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
    """Nothing is said of services that could not be looked at."""
    text = site_report(released.folder, "sample-down", language="en")

    assert "No service was found on this site." in text
    assert "Whose fault: the site’s" in text
    assert "Repair it" in text


def test_the_page_is_whole_by_itself_and_loads_nothing(released: Release):
    """It can be sent by mail and printed."""
    html = site_report(released.folder, "sample-tax", language="ru", kind="html")
    page = Page()
    page.feed(html)

    assert [] == page.faults
    assert [] == page.all("script") + page.all("link") + page.all("img")
    assert "default-src 'none'" in html


def test_a_site_that_is_not_there_is_told_apart_from_a_release_that_is_not(released: Release, tmp_path: Path):
    """Each with what was expected."""
    with pytest.raises(NoSuchSiteError, match="expected one of"):
        site_report(released.folder, "nowhere")
    with pytest.raises(ReportError, match="baskych publish"):
        site_report(tmp_path, "sample-tax")
