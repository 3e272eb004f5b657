"""Tables whose rows are records on a phone: each cell says the name of its column."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from portal_reading import Page, html_files

from warehouse.portal.speech import LANGUAGES


def mislabelled(page: Page) -> Iterator[tuple[str | None, str | None]]:
    """Yield what a cell of a record says of its column, and what the column is called, where they differ."""
    columns: list[str] = []
    place, is_record = 0, False
    for element in (each for each in page.elements if each.tables <= 1):  # a cell may hold a table
        is_column = element.attributes.get("scope") == "col"
        if "table" in (names := str(element.attributes.get("class")).split()):
            columns, is_record = [], "records" in names
        elif element.tag == "tr":
            place = 0
        elif is_column:
            columns.append(element.words)
        elif element.tag in {"td", "th"} and is_record:
            said = element.attributes.get("data-label")
            if element.tag == "td" and said != columns[place]:
                yield said, columns[place]
            place += 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_cell_of_a_record_says_its_column(portal: Path, language: str):
    """For there the heads of the columns are out of sight."""
    pages = {path: list(mislabelled(Page.read(path))) for path in html_files(portal / language)}

    assert {} == {path: wrong for path, wrong in pages.items() if wrong}


def test_there_are_such_tables(portal: Path):
    """Of sites, indicators and columns, whose texts are long."""
    places = ("sample/coverage", "method", "datasets/out_services")

    assert [True] * 3 == [
        "table records" in (portal / "ru" / place / "index.html").read_text("utf-8") for place in places
    ]
