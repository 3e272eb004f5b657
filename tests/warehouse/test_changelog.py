"""Each release says what changed: to people in their language, to programs in JSON."""

import json
from pathlib import Path

import pytest

from warehouse.portal import atoms


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "- higher stage: 1"),
        ("ru", "- Taxpayer identification number (tax): название, Taxpayer number"),
        ("ky", "- Taxpayer identification number (tax): аталышы, Taxpayer number"),
    ],
)
def test_a_release_has_a_changelog_in_each_language(portal: Path, language: str, line: str):
    """How many of what, then each change with what was before and is now."""
    text = (portal / f"CHANGELOG.{language}.md").read_text(encoding="utf-8").replace("\\", "")

    assert line in text


def test_programs_read_the_same_changes_with_their_evidence(portal: Path):
    """Each with field, before, after, and where the bytes of both lie."""
    [country] = json.loads((portal / "changelog.json").read_text(encoding="utf-8"))["countries"]
    [climbed] = [change for change in country["changes"] if change["change"] == "stage_up"]

    assert ("2026-11", "2026-10") == (country["round_id"], country["previous_round_id"])
    assert len(country["changes"]) == sum(country["change_counts"].values())
    assert ("stage", "2", "3") == (climbed["field"], climbed["before"], climbed["after"])
    assert {
        "captures/2026-10/sample-tax/part-00000.warc.gz",
        "captures/2026-11/sample-tax/part-00000.warc.gz",
    } == {
        climbed["before_warc_file"],
        climbed["after_warc_file"],
    }


def test_the_changelog_says_how_much_was_seen(portal: Path):
    """A change that nobody could see is not told: so a reader is told how much was seen."""
    text = (portal / "CHANGELOG.en.md").read_text(encoding="utf-8")

    assert "3 of 7 institutions seen; between 22% and 78% at stage 3 or above." in text


def test_the_page_of_a_release_leads_to_both(portal: Path):
    """In the language of the page."""
    page = (portal / "ru" / "release" / "index.html").read_text(encoding="utf-8")

    assert 'href="../../CHANGELOG.ru.md"' in page
    assert 'href="../../changelog.json"' in page


def test_f1_words_of_a_page_are_no_markup_in_the_changelog():
    """Neither HTML nor a link, nor a second line."""
    assert r"\<b\>x\</b\> \[a\]\(b\) \*c\* \# d" == atoms.markdown("<b>x</b> [a](b)\n*c* # d")


def test_a_page_tells_what_was_seen_in_the_words_of_its_reader(portal: Path):
    """In all three languages, with both bounds."""
    said = {
        language: (portal / language / "sample" / "index.html").read_text(encoding="utf-8")
        for language in ("ky", "ru", "en")
    }

    assert "3 of 7 institutions seen; between 22% and 78% at stage 3 or above" in said["en"]
    assert "Видно ведомств: 3 из 7" in said["ru"]
    assert "7 мекеменин 3 көрүлдү" in said["ky"]


def test_a_service_tells_its_changes_with_the_pages_of_both_sides(portal: Path):
    """Before and after, and a link to the page of each."""
    page = (portal / "en" / "sample" / "services" / "tax-registration" / "index.html").read_text(
        encoding="utf-8"
    )
    told = page[page.index('id="changes"') :]

    assert "November 2026: higher stage" in told
    assert "<bdi>2</bdi> → <bdi>3</bdi>" in told
    assert "page before" in told
