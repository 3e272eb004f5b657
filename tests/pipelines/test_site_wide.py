"""What every page of a site says is the site's; what one page says may be a service's."""

import pytest

from pipelines.judging.site_wide import DIRECT, SITE_WIDE, with_strength
from pipelines.records import Finding


def found(page: int, region: str = "aside", quote: str = "Онлайн арыз берүү") -> Finding:
    """Return a finding of the page of that number."""
    return Finding(
        finding_id=f"{page}-{region}-{quote}", page_id=str(page), capture_id=str(page), country_id="zz",
        round_id="2026-11", site_id="zz-a", page_url=f"https://a.example.kg/{page}",
        indicator_id="apply-online", quote=quote, place="text", offset=0, region=region, strength="direct",
    )  # fmt: skip


def strengths(findings: list[Finding], pages: int, language: str = "ky") -> set[str]:
    """Return the strengths on a site of that many pages."""
    return {one.strength for one in with_strength(findings, {str(page): language for page in range(pages)})}


def test_words_beside_most_pages_are_the_sites():
    """Six of ten pages offer the same in their aside."""
    assert {SITE_WIDE} == strengths([found(page) for page in range(6)], pages=10)


def test_words_beside_some_pages_are_the_services():
    """Five of ten is not most."""
    assert {DIRECT} == strengths([found(page) for page in range(5)], pages=10)


def test_two_pages_prove_no_habit():
    """On a site of two pages nothing repeats often enough to be told from chance."""
    assert {DIRECT} == strengths([found(0), found(1)], pages=2)


@pytest.mark.parametrize("region", ["header", "navigation", "footer"])
def test_a_menu_speaks_for_the_site_even_once(region: str):
    """A log-in link in a header says little about the page's one service."""
    assert {SITE_WIDE} == strengths([found(0, region)], pages=10)


def test_the_content_repeats_only_where_nearly_all_pages_have_it():
    """Old pages have their menu in the content; a label such as a fee's stands on every service's page."""
    menu = [found(page, "main", "Кирүү") for page in range(10)]
    label = [found(page, "main", "Акысы") for page in range(7)]

    assert {"Кирүү": SITE_WIDE, "Акысы": DIRECT} == {
        one.quote: one.strength
        for one in with_strength([*menu, *label], dict.fromkeys(map(str, range(10)), "ky"))
    }


def test_several_findings_on_one_page_are_one_page():
    """The same words three times on one page are no habit of the site."""
    assert {DIRECT} == strengths([found(0), found(0), found(0), found(0)], pages=5)


def test_words_repeat_among_pages_of_their_language():
    """A third of all pages may be all of the Kyrgyz ones."""
    languages = {str(page): "ky" if page < 4 else "ru" for page in range(12)}

    assert {SITE_WIDE} == {
        one.strength for one in with_strength([found(page) for page in range(4)], languages)
    }
