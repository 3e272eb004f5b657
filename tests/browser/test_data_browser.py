"""The data as people use them in a browser: filter a table, ask with SQL, and nothing leaves the machine."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from warehouse.portal.pages.console import questions

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # ms, for a machine that is busy


@pytest.fixture
def page(chromium: Any, host: str) -> Iterator[Any]:
    """Yield a page that may ask nobody but its own host, and says it has heard an error."""
    opened = chromium.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    opened.close()
    assert [] == [url for url in asked if not url.startswith((host, "blob:"))]


def answered(page: Any) -> str:
    """Wait for an answer; return what is said of it."""
    page.locator("#run:enabled").wait_for(timeout=PATIENCE)
    said: str = page.locator("#state").inner_text()
    return said


def test_a_ready_question_is_answered_and_can_be_changed(page: Any, host: str):
    """The engine is loaded with the first question, not before; the address then carries the question."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rsplit("/", 1)[-1]))
    page.goto(f"{host}en/sql/index.html")
    before = [name for name in loaded if name.startswith("duckdb")]
    page.get_by_role("link", name="How many services are at each stage?").click()
    page.locator("#answer table").wait_for(timeout=PATIENCE)
    first = page.locator("#answer tbody tr").count()
    page.get_by_label("SQL", exact=True).fill("select count(*) as n, 'ң' as letter from out_services")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("cell", name="ң").wait_for(timeout=PATIENCE)
    row = page.locator("#answer tbody tr").inner_text().split()

    assert ([], "duckdb.wasm.gz" in loaded) == (before, True)
    assert (True, ["7", "ң"]) == (first > 1, row)
    assert ["select count(*) as n, 'ң' as letter from out_services"] == parse_qs(urlsplit(page.url).query)[
        "sql"
    ]


@pytest.mark.soak
def test_every_ready_question_has_an_answer(page: Any, host: str):
    """In the browser's own DuckDB, which has no extension."""
    page.goto(f"{host}ky/sql/index.html")
    failed = []
    for place, question in enumerate(questions()):
        page.locator("#ready a").nth(place).click()
        if "DuckDB жообу" in answered(page) or "Саптар" not in answered(page):
            failed.append((question["asks"], answered(page)))

    assert [] == failed


def test_a_wrong_question_is_answered_with_what_is_wrong(page: Any, host: str):
    """In DuckDB's words; the page lives on."""
    page.goto(f"{host}ru/sql/index.html?sql=select%20nothing")
    page.locator("#run").click()
    page.locator("#state", has_text="Ответ DuckDB").wait_for(timeout=PATIENCE)

    assert "nothing" in answered(page)
    assert "select nothing" == page.locator("#sql").input_value()


@pytest.mark.soak
def test_an_answer_can_be_saved_whole(page: Any, host: str):
    """As CSV, with what is missing left empty."""
    page.goto(
        f"{host}en/sql/index.html?sql=select%201%20as%20a%2C%20null%20as%20b%2C%20%27x%2C%22y%27%20as%20c"
    )
    page.locator("#run").click()
    with page.expect_download(timeout=PATIENCE) as download:
        page.locator("#save").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")

    assert [["a", "b", "c"], ["1", "", 'x,"y']] == list(csv.reader(io.StringIO(text)))


def test_a_table_is_filtered_and_sorted_over_its_whole_file(page: Any, host: str):
    """By parts of the Parquet file, asked for with ranges; what is missing comes last."""
    statuses: list[int] = []
    page.on(
        "response", lambda answer: statuses.append(answer.status) if answer.url.endswith(".parquet") else None
    )
    page.goto(f"{host}en/datasets/out_services/index.html")
    page.get_by_label("Column", exact=True).select_option("name")
    page.get_by_label("contains").fill("TAX-")
    page.get_by_role("button", name="Filter").click()
    page.locator("#filtered", has_text="rows found").wait_for(timeout=PATIENCE)
    names = page.locator(".preview tbody tr").all_inner_texts()
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("button", name="stage", exact=True).click()
    page.locator("[aria-sort=ascending]").wait_for(timeout=PATIENCE)
    page.locator("#filtered", has_text="7 of 7").wait_for(timeout=PATIENCE)
    place = page.locator(".preview thead th").all_inner_texts().index("stage")
    stages = page.locator(f".preview tbody td:nth-child({place + 1})").all_inner_texts()

    assert names
    assert all("tax-" in row for row in names)
    assert 206 in statuses
    assert (stages, "—") == (sorted(stages, key=lambda text: (text == "—", text)), stages[-1])


def test_a_table_s_zip_can_be_taken(page: Any, host: str):
    """By a link on its page."""
    page.goto(f"{host}ru/datasets/out_services/index.html")
    with page.expect_download() as download:
        page.get_by_role("link", name="out_services.zip").click()

    assert "out_services.zip" == download.value.suggested_filename
