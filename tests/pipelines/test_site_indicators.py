"""Indicators of a site stand apart from those of a service, and every row of the literature is answered."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from pipelines.clean import page_from_html
from pipelines.codes.indicator_sources import load_indicator_sources, source_rows
from pipelines.find import understand
from pipelines.inspect import inspect_page
from pipelines.inspecting.record import as_json
from pipelines.knowledge import load_knowledge
from pipelines.rounds.page_reading import page_row
from pipelines.rounds.seen import seen_in
from pipelines.rounds.site_sights import SiteSights

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "indicators.csv"
PAGE = """<html lang="ru"><body><nav><a href="/v">Вакансии</a></nav><main><h1>Справка</h1></main>
</body></html>""".encode()
KNOWLEDGE = load_knowledge()
SOURCES = load_indicator_sources()


def test_what_a_site_shows_is_no_finding_of_a_service():
    """It stands in a tuple of its own, so that no verdict and no evaluation can meet it."""
    reading = understand(page_from_html(PAGE, "https://ministry.example/"), KNOWLEDGE)
    ids = {one.id for one in KNOWLEDGE.site_indicators}

    assert {"vacancies"} <= {one.indicator_id for one in reading.site} <= ids
    assert not ids & {one.indicator_id for one in reading.findings + reading.openness}


def test_an_inspection_tells_them_under_a_key_of_their_own(tmp_path: Path):
    """Programs compare the list of findings with labelled features."""
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    told = as_json(inspect_page(str(file)))

    assert "vacancies" in {one["indicator"] for one in told["site_findings"]}
    assert "vacancies" not in {one["indicator"] for one in told["findings"]}


def test_the_same_words_on_many_pages_of_a_site_are_kept_once():
    """Of all pages that say them, the address nearest to the front page is named."""
    sights = SiteSights()
    for address in ("https://ministry.example/far/away", "https://ministry.example/"):
        page = page_from_html(PAGE, address)
        reading = understand(page, KNOWLEDGE)
        sights.add(page_row(page, reading), seen_in(reading.site))
    kept = [one for one in sights.findings() if one.indicator_id == "vacancies"]

    assert ["https://ministry.example/"] == [one.page_url for one in kept]


def test_everything_that_people_read_of_them_is_said_in_three_languages():
    """Names that are one word everywhere, such as forum, may agree; sentences may not."""
    for one in KNOWLEDGE.site_indicators:
        assert all((one.name.ky, one.name.ru, one.name.en)), one.id
        for words in (one.definition, one.advice):
            assert 3 == len({words.ky, words.ru, words.en}), one.id


def test_every_row_of_the_literature_is_answered_once():
    """As many ids as the reference has, the same, and none twice."""
    if not REFERENCE.is_file():
        pytest.skip("the reference table of indicators is not beside this checkout")
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        expected = [row["id"] for row in csv.DictReader(file)]

    assert expected == [row.id for row in SOURCES.rows]


def test_every_row_is_shown_by_something_that_there_is_or_has_a_reason():
    """An answer that names nothing would be no answer."""
    known = {one.id for one in (*KNOWLEDGE.indicators, *KNOWLEDGE.subjects, *KNOWLEDGE.site_indicators)}
    named = {row.seen_by for row in SOURCES.rows if row.seen_by}

    assert set() == named - known
    assert len(SOURCES.rows) == len(list(source_rows(SOURCES)))


def test_an_indicator_of_a_site_names_the_rows_that_it_answers():
    """Its `source` and the rows agree, in both directions."""
    answered: dict[str, list[str]] = defaultdict(list)
    for row in SOURCES.rows:
        answered[row.seen_by or ""].append(row.id)

    assert {one.id: sorted(answered[one.id]) for one in KNOWLEDGE.site_indicators} == {
        one.id: sorted(one.source.split(", ")) for one in KNOWLEDGE.site_indicators
    }
