"""A service's page: what it says of its evidence, and how anyone can check it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from portal_reading import Page

from warehouse.engine import connect
from warehouse.portal import addresses
from warehouse.portal.pages import services
from warehouse.portal.render import render

PLACE = addresses.service("sample", "tax-registration")


def words(portal: Path, place: str = PLACE) -> str:
    """Return the words in the main part of a service's English page."""
    [main] = Page.read(portal / addresses.file_of("en", place)).all("main")
    return main.words


@pytest.fixture(scope="module")
def cut(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a portal of PDF files, with one proof for each service, that shows three findings at most."""
    folder = tmp_path_factory.mktemp("cut")
    shutil.copy(built / "warehouse.duckdb", folder / "copy.duckdb")
    with pytest.MonkeyPatch.context() as patch, connect(folder / "copy.duckdb") as connection:
        patch.setattr(services, "_MOST", 3)
        connection.execute("update out_service_pages set media_type = 'application/pdf'")
        connection.execute("update out_service_findings set proof_rank = null where proof_rank > 1")
        render(connection, folder / "portal")
        yield folder / "portal"


def test_one_service_can_be_checked_before_the_whole_release(portal: Path):
    """The first command names it, the second checks everything."""
    said = words(portal)

    assert 0 < said.index("baskych verify tax-registration") < said.rindex("baskych verify")


@pytest.mark.parametrize(("service_id", "count"), [("tax-registration", "2 of 5"), ("tax-refund", "1")])
def test_other_evidence_says_how_much_of_it_is_shown(cut: Path, service_id: str, count: str):
    """The number said is the number shown; of what is cut, both are said."""
    page = Page.read(cut / addresses.file_of("en", addresses.service("sample", service_id)))
    [summary] = [each.words for each in page.all("summary") if "Other evidence" in each.words]
    quotes = [each for each in page.all("blockquote") if "Shows:" in each.words]

    shown = int(count.split(maxsplit=1)[0])

    assert (f"Other evidence on its pages ({count})", 1 + shown) == (summary, len(quotes))


def test_words_of_a_document_are_not_said_to_stand_on_a_page(cut: Path, portal: Path):
    """A PDF file is a document about the service, not the service's own page."""
    assert ("in a document about the service" in words(cut), "on the service’s own page" in words(cut)) == (
        True,
        False,
    )
    assert "in a document about the service" not in words(portal)
