"""E1: a visit that is killed at any moment goes on where it was."""

import asyncio
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from changing_web import KilledError
from hypothesis import given, settings
from hypothesis import strategies as st
from mortal_web import SITE, MortalWeb, cut, killed, told, visit

from crawlers.captures import Capture
from crawlers.network.answers import Answer
from crawlers.storing.bodies import record_at
from crawlers.storing.journal import JOURNAL_FILE, read_journal
from crawlers.storing.memory import Memory, answer_of
from crawlers.storing.repair import repair


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Capture], list[str]]:
    """The captures and the requests of a visit that nobody killed."""
    web, folder = MortalWeb(SITE), tmp_path_factory.mktemp("whole")
    visit(folder, web)
    return list(read_journal(folder)), web.asked


@pytest.mark.parametrize("dies_at", range(1, 13))
def test_e1_a_killed_visit_goes_on_where_it_was(
    tmp_path: Path, whole: tuple[list[Capture], list[str]], dies_at: int
):
    """Whenever it dies, the same captures in the same order, and not one request more."""
    captures, asked = whole
    web = killed(tmp_path, dies_at)
    visit(tmp_path, web)

    assert told(captures) == told(list(read_journal(tmp_path)))
    assert asked == web.asked


@pytest.mark.soak
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 4000), st.integers(0, 900)), max_size=4))
def test_e1_any_kills_and_any_cuts_lose_only_what_was_cut(kills: list[tuple[int, int, int]]):
    """A law: after any kills, and any bytes lost at the ends of the files, the visit ends the same."""
    with tempfile.TemporaryDirectory() as name:
        web = MortalWeb(SITE)
        visit(Path(name), web)
        captures, asked = list(read_journal(Path(name))), Counter(web.asked)
    with tempfile.TemporaryDirectory() as name:
        folder, web, lost = Path(name), MortalWeb(SITE), Counter[str]()
        for more, warc_cut, journal_cut in kills:
            web.dies_at = len(web.asked) + more
            try:
                visit(folder, web)
            except KilledError:
                before = Counter(row.url.removeprefix("http://a.kg") for row in read_journal(folder))
                for path in folder.glob("*.warc.gz"):
                    cut(path, warc_cut)
                cut(folder / JOURNAL_FILE, journal_cut)
                repair(folder)
                lost += before - Counter(row.url.removeprefix("http://a.kg") for row in read_journal(folder))
        web.dies_at = -1
        visit(folder, web)

        assert told(captures) == told(list(read_journal(folder)))
        assert Counter(web.asked) <= asked + lost


def test_e1_a_visit_that_goes_on_knows_all_that_it_counted(tmp_path: Path):
    """The counts of the report are those of the whole visit, not of its last process."""
    killed(tmp_path, 6)
    memory = Memory(tmp_path, repair(tmp_path).sums)

    assert sum(memory.counts.outcomes.values()) == len([c for c in read_journal(tmp_path) if c.depth >= 0])
    assert memory.count == len(list(read_journal(tmp_path)))


def test_e1_every_record_is_found_by_its_offset_after_kills(tmp_path: Path):
    """Each capture's record lies where its row says, with its id."""
    web = MortalWeb(SITE)
    for dies_at in (3, 5, 8):
        killed(tmp_path, dies_at, web)
    visit(tmp_path, web)
    rows = [row for row in read_journal(tmp_path) if row.warc_file]

    assert [row.warc_record_id for row in rows] == [record_at(tmp_path, row).record_id for row in rows]


def test_e1_a_robots_txt_of_yesterday_is_asked_for_again(tmp_path: Path):
    """RFC 9309, section 2.4: it is relied on for a day; pages that were captured are not asked for again."""
    web = MortalWeb(SITE, now=datetime.now(UTC) - timedelta(hours=25))
    killed(tmp_path, 6, web)
    pages = set(web.asked) - {"/robots.txt", "/flaky"}  # the latter is tried twice, killed or not
    visit(tmp_path, web)
    asked = Counter(web.asked)

    assert 2 == asked["/robots.txt"]
    assert dict.fromkeys(pages, 1) == {path: asked[path] for path in pages}


def test_e1_pages_captured_before_robots_txt_forbade_them_stay(tmp_path: Path):
    """They were asked for when that was allowed; nothing else is asked for, and no page has two rows."""
    web = MortalWeb(dict(SITE), now=datetime.now(UTC) - timedelta(hours=25))
    killed(tmp_path, 4, web)
    web.answers = SITE | {"/robots.txt": (200, {}, "User-agent: *\nDisallow: /")}
    visit(tmp_path, web)
    pages = Counter(row.url for row in read_journal(tmp_path) if row.depth >= 0)

    assert 5 == len(web.asked)
    assert {1} == set(pages.values())


def test_e1_an_answer_is_recalled_as_it_came(tmp_path: Path):
    """Status, header fields and body: whatever decided anything the first time decides the same again."""
    web = MortalWeb({"/": (200, {"ETag": '"1"', "X-A": "b: c"}, "a\r\n\r\nb")})
    given_answer = asyncio.run(web.fetch("http://a.kg/"))
    web.asked.clear()
    visit(tmp_path, web)
    (row,) = [row for row in read_journal(tmp_path) if row.depth >= 0]
    recalled = answer_of(tmp_path, row)

    assert isinstance(given_answer, Answer)
    assert isinstance(recalled, Answer)
    assert (given_answer.status, given_answer.headers, given_answer.body) == (
        recalled.status,
        recalled.headers,
        recalled.body,
    )
