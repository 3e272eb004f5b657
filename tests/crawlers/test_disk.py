"""E1: a disk that fills up stops the crawl before it is full; what could not be written leaves no trace."""

import asyncio
import errno
import os
import random
import resource
import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from interrupted_crawls import CRAWL
from mortal_web import SITE, MortalWeb, told, visit
from small_sites import ROUND, Reply, SmallSite, page, registry_of

from crawlers.captures_io import read_captures
from crawlers.crawling.jobs import Progress
from crawlers.harvest import crawl
from crawlers.policy import policy
from crawlers.reports import Finish, read_report
from crawlers.storing.appended import Appended
from crawlers.storing.disk import Disk
from crawlers.storing.journal import JOURNAL_FILE, lines, read_journal
from crawlers.storing.manifest import check_manifest
from crawlers.storing.shelf import site_folder

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's own
PAGES = 30
LARGE = 4000  # bytes of a page that hardly compress
# Read by every Python that is started with this file's folder on its path: a disk that fills when it is told.
FULL_ON_DEMAND = """
import collections, pathlib, shutil
real = shutil.disk_usage
def disk_usage(path):
    usage = real(path)
    return usage._replace(free=1000) if pathlib.Path({mark!r}).exists() else usage
shutil.disk_usage = disk_usage
"""


@pytest.fixture(scope="module")
def large(small_site: Callable[..., SmallSite]) -> SmallSite:
    """A site whose pages take room."""
    chance = random.Random(1)
    links = [f"/{number}" for number in range(PAGES)]
    pages = {link: Reply(b"<!doctype html>" + chance.randbytes(LARGE)) for link in links}
    return small_site({"/": page(*links)} | pages)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes, as if the disk were full there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_e1_a_piece_that_does_not_fit_leaves_no_trace(tmp_path: Path):
    """Half of it was written; the file is as it was before, and can be gone on with."""
    path = tmp_path / "file"
    with Appended(path) as file:
        file.append(b"whole")
        with files_of_at_most(8), pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
            file.append(b"too long")

        assert b"whole" == path.read_bytes()
        assert len(b"whole") == file.append(b", again")
    assert b"whole, again" == path.read_bytes()


@pytest.mark.parametrize("room", [0, 10, 300, 700, 1200, 2000])
def test_e1_a_capture_that_does_not_fit_is_not_counted(tmp_path: Path, room: int):
    """Neither its records nor its line: whatever there was room for, a visit that goes on ends the same."""
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    whole.mkdir()
    cut.mkdir()
    visit(whole, MortalWeb(SITE))
    with files_of_at_most(room), pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
        visit(cut, MortalWeb(SITE))
    ends = [line.entry.warc_end for line in lines(cut) if line.entry.warc_end]
    sizes = [path.stat().st_size for path in cut.glob("*.warc.gz")]

    assert sum(sizes) in {0, *ends}
    visit(cut, MortalWeb(SITE))
    assert told(list(read_journal(whole))) == told(list(read_journal(cut)))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_e1_a_record_whose_line_cannot_be_written_goes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    """The disk fails between the two; counts of both agree all the same."""
    append = Appended.append

    def failing(self: Appended, piece: bytes) -> int:
        if piece.startswith(b"{") and b"/b" in piece:
            raise OSError(number, os.strerror(number))
        return append(self, piece)

    monkeypatch.setattr(Appended, "append", failing)
    with pytest.raises(OSError, match=os.strerror(number)):
        visit(tmp_path, MortalWeb(SITE))
    (path,) = tmp_path.glob("*.warc.gz")
    *_, last = lines(tmp_path)

    assert last.entry.warc_end == path.stat().st_size
    assert last.end == (tmp_path / JOURNAL_FILE).stat().st_size


def test_e1_a_disk_is_looked_at_once_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """However often it is asked: a look costs more on a disk that is far away."""
    looks: list[Path] = []

    def usage(path: Path) -> Usage:
        looks.append(path)
        return Usage(10, 0, policy().free_disk_bytes)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    stop = asyncio.Event()
    disk = Disk(tmp_path, stop)
    for _ in range(100):
        disk.look()

    assert [tmp_path] == looks
    assert not stop.is_set()


def test_e1_with_too_little_left_all_visits_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The words say how much is there and how much was expected."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10, 0, policy().free_disk_bytes - 1))
    stop = asyncio.Event()
    disk = Disk(tmp_path, stop)
    disk.look()

    assert stop.is_set()
    assert f"{tmp_path}: 511 MiB are free; expected 512 MiB" == disk.fault


@pytest.mark.soak
def test_e1_a_crawl_stops_before_the_disk_is_full(
    tmp_path: Path, large: SmallSite, small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch
):
    """What was captured is put away whole, under a reason of its own; with room again, the crawl goes on."""
    mark, data, other = tmp_path / "full", tmp_path / "data", small_site({"/": page()})
    (tmp_path / "sitecustomize.py").write_text(FULL_ON_DEMAND.format(mark=str(mark)), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    sites = registry_of(
        {"tt-a": large.host, "tt-b": other.host},
        allow=(large.host, other.host),
        delay_seconds=0.2,
        concurrent_sites=1,
    )

    def fill(event: Progress) -> None:
        if event.count == 5:
            mark.touch()

    first = crawl(sites, round_id=ROUND, data=data, on_progress=fill)
    folder = site_folder(data, ROUND, "tt-a")
    saw = len(read_captures(folder))
    mark.unlink()
    again = crawl(sites, round_id=ROUND, data=data)

    assert [Finish.DISK_FULL] * 2 == [report.finish for report in first]
    assert "MiB are free; expected 512 MiB" in str(first[0].detail)
    assert 5 <= saw < PAGES
    assert [Finish.FINISHED] * 2 == [report.finish for report in again]
    assert [] == list(check_manifest(folder))
    assert large.paths.count("/0") == 1


@pytest.mark.soak
def test_e1_a_disk_that_is_full_all_the_same_ends_the_crawl_cleanly(tmp_path: Path, large: SmallSite):
    """Writing fails in real processes: what fits is whole and has its manifest; the next crawl goes on."""
    large.hits.clear()
    sites, data = registry_of({"tt-a": large.host}, allow=(large.host,)), tmp_path / "data"
    file, folder = tmp_path / "registry.json", site_folder(data, ROUND, "tt-a")
    file.write_text(sites.model_dump_json(), encoding="utf-8")
    with files_of_at_most(LARGE * 10):
        subprocess.run(
            [sys.executable, "-c", CRAWL, str(file), ROUND, str(data)], check=True, capture_output=True
        )
    report = read_report(folder)

    assert Finish.DISK_FULL == report.finish, report.detail
    assert 5 < report.seen_count < PAGES
    assert [] == list(check_manifest(folder))
    assert PAGES + 1 == crawl(sites, round_id=ROUND, data=data)[0].seen_count
    assert PAGES + 3 == len(large.hits)  # robots.txt, the home page, and the one that was under way twice
