"""The portal shows openness, promises and the UN's figures beside the services, and its accuracy."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from portal_reading import Page

from warehouse.engine import connect
from warehouse.portal import addresses
from warehouse.portal.pages import openness
from warehouse.portal.render import render


def words(portal: Path, place: str, language: str = "en") -> str:
    """Return the words in a page's main part."""
    [main] = Page.read(portal / addresses.file_of(language, place)).all("main")
    return main.words


def rows(portal: Path, place: str, language: str = "en") -> Sequence[str]:
    """Return the words of each row of a page's tables."""
    return [row.words for row in Page.read(portal / addresses.file_of(language, place)).all("tr")]


def test_an_institution_shows_what_was_found_with_its_words_and_what_is_missing_with_advice(portal: Path):
    """Not observed is neither: it says that not all sites could be seen."""
    tax = rows(portal, "sample/institutions/tax")
    down = rows(portal, "sample/institutions/down")

    assert any("citizen-feedback name (en)" in row and "words that show feedback-form" in row for row in tax)
    assert any(
        "budget-information name (en)" in row and "missing" in row and "advice (en)" in row for row in tax
    )
    assert any(
        "budget-information name (en)" in row and "not all of its sites could be seen" in row for row in down
    )


def test_the_country_counts_institutions_by_subject(portal: Path):
    """Found, missing, not observed: together all seven."""
    counts = [row.split()[-3:] for row in rows(portal, "sample") if row.startswith("citizen-feedback")]

    assert [["4", "0", "3"]] == counts


def test_the_openness_page_has_every_institution_and_what_a_page_cannot_show(portal: Path):
    """Each with its states as words too, for those who do not see the dots."""
    shown = words(portal, "sample/openness", "ru")

    assert "budget-information limit (ru)" in shown
    assert "не наблюдалось" in shown


def test_membership_stands_beside_a_country_that_joined_and_nowhere_else(portal: Path):
    """Its date, plan and commitments; whether it is active today is said to be unconfirmed."""
    shown = words(portal, "kg")

    assert all(part in shown for part in ("November 2017", "2018–2020", "KG0001", "Open budget"))
    assert "not confirmed" in shown
    assert "Open Government Partnership Joined" not in words(portal, "sample")


@pytest.mark.parametrize(
    ("language", "claim"),
    [("ky", "өзүн OSI деп атабайт"), ("ru", "не выдаёт себя за OSI"), ("en", "never claims to be the OSI")],
)
def test_the_difference_from_the_un_s_index_is_told_in_each_language(portal: Path, language: str, claim: str):
    """Ours is absolute and by what pages prove; theirs is relative and judged by hand."""
    assert claim in words(portal, "kg", language)


def test_the_line_of_the_un_s_figures_has_its_numbers_in_a_table(portal: Path):
    """Whoever cannot see a line reads the numbers."""
    assert "2024 78 0.732 0.607 — — — — —" in rows(portal, "kg")


def test_the_method_page_says_how_well_it_judges(portal: Path):
    """Ours with its interval and its bar, beside a second reader and a simple way."""
    table = rows(portal, "method")

    assert any(row.startswith("kind of page: share right 0.89[0.84; 0.94] (40) 0.93") for row in table)
    assert any(row.startswith("stage: kappa") and row.endswith("0.8not reached") for row in table)
    assert any(row.startswith("0.8-0.9 85% 82% 40") for row in table)


def test_languages_and_countries_of_labelled_pages_are_named_and_never_coded(portal: Path):
    """Also those that our own list does not know; Kyrgyz has names for them too."""
    table = rows(portal, "method", "ky")

    assert any(row.startswith("болгарча 40") for row in table)
    assert any(row.startswith("Сербия 40") for row in table)


def test_the_method_page_shows_what_is_taken_for_what(portal: Path):
    """A row for each label, a column for each answer, every class, in the order of the definitions."""
    table = rows(portal, "method")

    assert "Service 30 0 0 0 0 0 7 0 0 0 0 0 0" in table
    assert "no stage 0 4 0 0 0" in table


def test_the_method_page_names_the_kinds_of_errors_and_nobody_s_page(portal: Path):
    """How often each was made: of kinds, of stages and of indicators, the most frequent first."""
    table = list(rows(portal, "method"))
    start = table.index("What was judged Label Answer Pages") + 1

    assert [
        "Kind of page Service News 7",
        "Stage no stage stage 2 4",
        "fee (en) present absent 5",
    ] == table[start : start + 3]


def test_the_error_of_confidence_stands_beside_its_diagram(portal: Path):
    """One number for what the dots show."""
    assert "expected calibration error (less is better): 0.03" in words(portal, "method")


def test_figures_of_other_rules_than_those_in_use_are_called_so(built: Path, portal: Path, tmp_path: Path):
    """Nothing is said where they are the same."""
    copy = Path(shutil.copy(built / "warehouse.duckdb", tmp_path / "warehouse.duckdb"))
    with connect(copy) as connection:
        connection.execute("update out_accuracy set rubric_version = 'older'")
        render(connection, tmp_path / "portal")

    remark = "judged by rules of another version (1) than the one measured here (older)"
    assert remark in words(tmp_path / "portal", "method")
    assert "rules of another version" not in words(portal, "method")


def test_an_indicator_says_how_well_it_is_seen(portal: Path):
    """From labelled pages; one that was never measured claims nothing."""
    measured, unmeasured = (words(portal, f"sample/indicators/{name}") for name in ("fee", "one-stop"))

    assert "precision 0.9, recall 0.86, F1 0.88" in measured
    assert "precision" not in unmeasured


@pytest.mark.soak
def test_many_institutions_are_cut_into_pages(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """And the subjects are explained once, on the first."""
    monkeypatch.setattr(openness, "BODIES", 5)
    copy = shutil.copy(built / "warehouse.duckdb", tmp_path / "warehouse.duckdb")
    with connect(Path(copy), read_only=True) as connection:
        render(connection, tmp_path / "portal")

    assert "limit (en)" not in words(tmp_path / "portal", "sample/openness/page-2")


def test_an_institution_shows_the_indicators_of_its_sites_by_stage(portal: Path):
    """Found with its words and their address, missing with advice."""
    tax = rows(portal, "sample/institutions/tax")

    assert any(row.startswith("news") and "words that show news" in row for row in tax)
    assert any(row.startswith("site-map") and "missing" in row and "Offer it" in row for row in tax)


def test_sites_that_could_not_be_seen_say_nothing(portal: Path):
    """No list of what is missing, where nobody could look."""
    down = words(portal, "sample/institutions/down")

    assert "Its sites could not be seen, so nothing is said of them." in down
    assert "site-map" not in down


def test_an_indicator_of_a_site_says_who_shows_it_and_which_surveys_ask_it(portal: Path):
    """Counted by institution; nothing labelled measures it, and that is said."""
    shown = words(portal, "sample/indicators/news")

    assert "institutions show it" in shown
    assert "words that show news" in shown
    assert "What row 1 asks" in shown
    assert "No labelled page measures it" in shown


@pytest.mark.parametrize(
    ("language", "reason"), [(one, f"Inside an account ({one})") for one in ("ky", "ru", "en")]
)
def test_every_row_of_the_literature_is_listed_with_what_shows_it(portal: Path, language: str, reason: str):
    """An indicator, a subject of openness, or the reason why nothing does."""
    table = rows(portal, "method/sources", language)

    assert any("What row 1 asks" in row and "news" in row for row in table)
    assert any("What row 2 asks" in row and f"budget-information name ({language})" in row for row in table)
    assert any("What row 4 asks" in row and reason in row for row in table)
