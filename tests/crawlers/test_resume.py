"""E1: a visit that is killed at any moment goes on where it was; what the kill cut is repaired by rule."""

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_sites import ROUND
from test_visit import Web, html, is_own

from crawlers.captures import Capture
from crawlers.errors import CaptureError
from crawlers.network.answers import Answer, Failure
from crawlers.outcomes import Outcome
from crawlers.politeness.host_book import HostBook
from crawlers.reports import Finish
from crawlers.storing.bodies import record_at
from crawlers.storing.journal import JOURNAL_FILE, journal_line, lines, read_journal
from crawlers.storing.memory import Memory, answer_of
from crawlers.storing.recorder import Recorder, Whose
from crawlers.storing.repair import repair
from crawlers.storing.sums import sums_of
from crawlers.visiting.task import Task, Tools
from crawlers.visiting.visit import Visit

WHOSE = Whose(country_id="tt", round_id=ROUND, site_id="tt-a")
SITE = {
    "/robots.txt": (200, {}, "User-agent: *\nDisallow: /secret"),
    "/": html("/a", "/b", "/old", "/secret", "/flaky", "/none"),
    "/a": html("/c", "/d", "/"),
    "/b": html("/a", "/secret/2"),
    "/c": html("/e"),
    "/d": (503, {}, ""),
    "/e": html(),
    "/old": (302, {"Location": "/new"}, ""),
    "/new": html("/f"),
    "/f": html(),
    "/flaky": Outcome.UNREACHABLE_TIMEOUT,
}


class KilledError(BaseException):
    """What no code of ours may catch: the process is gone."""


@dataclass
class MortalWeb(Web):
    """A web during whose `dies_at`-th request we are killed."""

    dies_at: int = -1
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def fetch(self, url: str) -> Answer | Failure:
        """Answer, unless this is the one."""
        if len(self.asked) == self.dies_at:
            raise KilledError
        answer = await super().fetch(url)
        return replace(answer, asked=replace(answer.asked, asked_at=self.now))


def visit(folder: Path, web: Web) -> Finish:
    """Visit http://a.kg/ into `folder`, or go on there."""

    async def run() -> Finish:
        stop = asyncio.Event()
        memory = Memory(folder, repair(folder).sums)
        with Recorder(folder, WHOSE, "", memory) as recorder:
            tools = Tools(fetch=web.fetch, hosts=HostBook(web.fetch, 0, stop), recorder=recorder, stop=stop)
            return await Visit(Task(seeds=("http://a.kg/",), owns=is_own, max_pages=100), tools).run()

    return asyncio.run(run())


def killed(folder: Path, dies_at: int, web: MortalWeb | None = None) -> MortalWeb:
    """Visit until the `dies_at`-th request, then die."""
    web = web or MortalWeb(SITE)
    web.dies_at = dies_at
    with pytest.raises(KilledError):
        visit(folder, web)
    web.dies_at = -1
    return web


def told(captures: list[Capture]) -> list[tuple[str, Outcome, int]]:
    """What matters of captures, in their order."""
    return [(capture.url, capture.outcome, capture.seq) for capture in captures]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Capture], list[str]]:
    """The captures and the requests of a visit that nobody killed."""
    web, folder = MortalWeb(SITE), tmp_path_factory.mktemp("whole")
    visit(folder, web)
    return list(read_journal(folder)), web.asked


def cut(path: Path, count: int) -> None:
    """Cut `count` bytes off the end of a file."""
    content = path.read_bytes()
    path.write_bytes(content[: max(0, len(content) - count)])


def warc(folder: Path) -> Path:
    """The one WARC file."""
    (path,) = folder.glob("*.warc.gz")
    return path


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


@pytest.mark.parametrize("count", [1, 50, 900])
def test_e1_l15_a_cut_archive_loses_its_last_captures_and_their_lines(tmp_path: Path, count: int):
    """The rule: back to the last record that is whole and has its line; no reader would have noticed."""
    killed(tmp_path, 8)
    before = list(lines(tmp_path))
    cut(warc(tmp_path), count)
    size = warc(tmp_path).stat().st_size
    repair(tmp_path)
    kept = [line for line in before if (line.entry.warc_end or 0) <= size]

    assert kept == list(lines(tmp_path))
    assert warc(tmp_path).stat().st_size == max(line.entry.warc_end or 0 for line in kept)
    assert len(kept) < len(before)


def test_e1_a_record_without_its_line_is_removed(tmp_path: Path):
    """Killed between record and line: the record goes, so that it is not there twice afterwards."""
    killed(tmp_path, 8)
    *_, last_but_one, last = lines(tmp_path)
    cut(tmp_path / JOURNAL_FILE, last.end - last.begin)
    repair(tmp_path)

    assert last_but_one.entry.warc_end == warc(tmp_path).stat().st_size


@pytest.mark.parametrize("count", [1, 2, 30])
def test_e1_a_line_that_was_cut_is_removed_with_its_records(tmp_path: Path, count: int):
    """Half a line vouches for nothing."""
    killed(tmp_path, 8)
    *_, last_but_one, _ = lines(tmp_path)
    cut(tmp_path / JOURNAL_FILE, count)
    repair(tmp_path)

    assert last_but_one.end == (tmp_path / JOURNAL_FILE).stat().st_size
    assert last_but_one.entry.warc_end == warc(tmp_path).stat().st_size


def test_e1_a_flipped_bit_takes_the_visit_back_to_before_it(tmp_path: Path):
    """As after a loss of power: lengths are right, bytes are not."""
    killed(tmp_path, 8)
    third = list(lines(tmp_path))[2]
    content = bytearray(warc(tmp_path).read_bytes())
    content[(third.entry.warc_end or 0) - 40] ^= 1
    warc(tmp_path).write_bytes(content)
    repair(tmp_path)

    assert third.begin == (tmp_path / JOURNAL_FILE).stat().st_size


def test_e1_a_file_that_no_line_vouches_for_goes(tmp_path: Path):
    """Killed before the first line was written."""
    killed(tmp_path, 3)
    (tmp_path / JOURNAL_FILE).write_bytes(b"")
    repair(tmp_path)

    assert [] == list(tmp_path.iterdir())


def test_e1_a_line_of_zeros_takes_the_visit_back_to_before_it(tmp_path: Path):
    """As some file systems leave it after a loss of power."""
    killed(tmp_path, 8)
    third = list(lines(tmp_path))[2]
    content = (tmp_path / JOURNAL_FILE).read_bytes()
    (tmp_path / JOURNAL_FILE).write_bytes(
        content[: third.begin] + bytes(third.end - third.begin) + content[third.end :]
    )
    with pytest.raises(CaptureError, match=rf"{JOURNAL_FILE}, byte {third.begin}"):
        list(read_journal(tmp_path))
    repair(tmp_path)

    assert third.begin == (tmp_path / JOURNAL_FILE).stat().st_size


def test_e1_repairing_again_changes_nothing(tmp_path: Path):
    """And says that nothing had to go."""
    killed(tmp_path, 8)
    cut(warc(tmp_path), 7)
    first, again = repair(tmp_path), repair(tmp_path)

    assert first.cut_bytes > 0
    assert 0 == again.cut_bytes


def test_e1_the_sums_of_what_was_written_are_those_of_the_files(tmp_path: Path):
    """Kept while writing, and taken up again by the process that goes on."""
    web = killed(tmp_path, 5)
    memory = Memory(tmp_path, repair(tmp_path).sums)
    with Recorder(tmp_path, WHOSE, "", memory):
        pass
    visit(tmp_path, web)
    sums = repair(tmp_path).sums[warc(tmp_path).name]

    assert sums_of(warc(tmp_path)).sha256 == sums.sha256
    assert {"warcinfo": 1, "response": 11, "request": 11} == dict(sums.kinds)


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


def test_e1_a_line_is_read_as_it_was_written(tmp_path: Path):
    """Every field, of its type."""
    visit(tmp_path, MortalWeb(SITE))
    content = (tmp_path / JOURNAL_FILE).read_bytes()

    assert content == b"".join(journal_line(line.entry) for line in lines(tmp_path))
