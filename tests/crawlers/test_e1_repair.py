"""E1: what a kill cut off a visit's files is repaired by rule: back to the last moment that is whole."""

from pathlib import Path

import pytest
from mortal_web import SITE, WHOSE, MortalWeb, cut, killed, visit, warc

from crawlers.errors import CaptureError
from crawlers.storing.journal import JOURNAL_FILE, journal_line, lines, read_journal
from crawlers.storing.memory import Memory
from crawlers.storing.recorder import Recorder
from crawlers.storing.repair import repair
from crawlers.storing.sums import sums_of


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


def test_e1_a_line_is_read_as_it_was_written(tmp_path: Path):
    """Every field, of its type."""
    visit(tmp_path, MortalWeb(SITE))
    content = (tmp_path / JOURNAL_FILE).read_bytes()

    assert content == b"".join(journal_line(line.entry) for line in lines(tmp_path))
