"""A round is told on disk, from files that are gone through twice: the same as from pages at hand."""

from dataclasses import replace
from pathlib import Path

import pytest
from small_pages import WORDS, passport, summary
from small_rounds import SITE, conclude, lay, services

from pipelines.errors import RecordsError
from pipelines.identify import identify
from pipelines.records import PageSummary, ServicePage
from pipelines.records_io import read_rows
from pipelines.rounds.core_files import core_file
from pipelines.rounds.kept_readings import READINGS
from pipelines.rounds.summary_files import SummaryFiles
from pipelines.services.tables import tables

ROUND = "2026-11"
BIRTH = summary("https://justice.kg/ru/services/1", title="Регистрация рождения", main=passport())
NEWS = summary(
    "https://justice.kg/ky/services/1", "news", "Туулганды каттоо", "<p>Кабар</p>", language="ky"
)  # a translation, though it looks like news
PAPER = summary("https://transport.kg/ru/services/7", title="Водительское удостоверение", main=passport())


def at(page: PageSummary) -> PageSummary:
    """Return a page as a laid round has it."""
    return replace(page, round_id=ROUND, site_id=SITE, country_id="xx")


def test_a_round_of_files_is_told_as_pages_at_hand_are(tmp_path: Path):
    """Also the pages that are read a second time, since only another page says what they are."""
    lay(tmp_path, ROUND, "web", BIRTH, NEWS)
    conclude(tmp_path, ROUND)
    expected = identify(map(at, (BIRTH, NEWS)), (), WORDS)
    pages = read_rows(core_file(tmp_path, "service_pages", ROUND, "xx"), ServicePage)

    assert expected.services == services(tmp_path, ROUND)
    assert expected.pages == pages
    assert {BIRTH.page_id, NEWS.page_id} == {page.page_id for page in pages}


def test_what_has_nothing_in_common_is_told_alike_together_and_apart():
    """So it is right to put nodes into groups component by component."""
    together = identify((BIRTH, NEWS, PAPER), (), WORDS)
    apart = [identify(pages, (), WORDS) for pages in ((BIRTH, NEWS), (PAPER,))]

    assert set(together.services) == {row for one in apart for row in one.services}
    assert set(together.facts) == {row for one in apart for row in one.facts}
    assert set(together.pages) == {row for one in apart for row in one.pages}


def test_of_several_captures_of_one_address_the_plainest_alone_speaks():
    """In whatever site's file the other stands: what that one says is not counted."""
    other = replace(BIRTH, url=f"{BIRTH.url}?print=1", page_id="printed", title="Другое", h1="Другое")

    assert identify((BIRTH,), (), WORDS) == identify((other, BIRTH), (), WORDS)


def test_nothing_is_left_of_the_tables(tmp_path: Path):
    """Neither when a round was told, nor when it could not be."""
    lay(tmp_path, ROUND, "web", BIRTH)
    conclude(tmp_path, ROUND)
    core_file(tmp_path, "summaries", ROUND, SITE).write_bytes(b"PAR1")
    before = services(tmp_path, ROUND)
    with pytest.raises(RecordsError, match=SITE):
        conclude(tmp_path, ROUND)

    assert [] == list((tmp_path / READINGS).glob("round-*"))
    assert before == services(tmp_path, ROUND)


def test_tables_that_a_kill_left_are_not_taken_up(tmp_path: Path):
    """They are begun anew."""
    lay(tmp_path, ROUND, "web", BIRTH)
    (tmp_path / READINGS).mkdir()
    (tmp_path / READINGS / "round-xx.sqlite").write_bytes(b"half a file")
    conclude(tmp_path, ROUND)

    assert 1 == len(services(tmp_path, ROUND))


def test_only_pages_that_are_asked_for_are_read(tmp_path: Path):
    """By their ids."""
    lay(tmp_path, ROUND, "web", BIRTH, NEWS)
    files = SummaryFiles(tmp_path, ROUND, [SITE, "xx-never-read.kg"])

    assert [at(NEWS)] == list(files.some(SITE, {NEWS.page_id}))
    assert {BIRTH.url, NEWS.url} == {page.url for page in files.addresses()}


def test_tables_keep_to_the_memory_that_they_are_given():
    """Eight megabytes of cache, however large the country; what is more lies on disk."""
    with tables() as ours:
        (cache,) = ours.execute("pragma cache_size").fetchone()

    assert -8000 == cache
