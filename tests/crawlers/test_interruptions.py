"""E1: kills and Ctrl-C of real processes; the same command again goes on where the last one was."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_sites import ROUND, SmallSite, own_words, page, registry_of
from warcio.archiveiterator import ArchiveIterator

from crawlers.captures import Capture
from crawlers.captures_io import read_captures
from crawlers.crawling.jobs import STOP, Job, Progress
from crawlers.errors import LockHeldError
from crawlers.harvest import crawl
from crawlers.policy import policy
from crawlers.reports import Finish, read_report
from crawlers.sites import Registry
from crawlers.storing.journal import JOURNAL_FILE
from crawlers.storing.lock import only_one
from crawlers.storing.manifest import check_manifest
from crawlers.storing.shelf import part_of, site_folder

PAGES = 25
PATIENCE_SECONDS = 60
# Another process that crawls: what it prints are the captures' counts.
CRAWL = """
import sys
from pathlib import Path
from crawlers.harvest import crawl
from crawlers.sites import Registry
from pipelines.operating.stopping import stopping
registry = Registry.model_validate_json(Path(sys.argv[1]).read_bytes())
with stopping():
    crawl(registry, round_id=sys.argv[2], data=Path(sys.argv[3]),
          on_progress=lambda event: print(event.kind, event.count, flush=True))
"""


@pytest.fixture
def site() -> Iterator[SmallSite]:
    """A site of a home page and many pages."""
    links = [f"/{number}" for number in range(PAGES)]
    made = SmallSite({"/": page(*links)} | {link: page(words=own_words(link)) for link in links})
    yield made
    made.close()


class SilentSite:
    """Takes connections, and never answers."""

    def __init__(self) -> None:
        """Listen on loopback."""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"

    def close(self) -> None:
        """Take no more."""
        self._socket.close()


def registry(*sites: SmallSite | SilentSite, delay: float = 0.03) -> Registry:
    """A registry of these sites, with a pause long enough to be interrupted in."""
    hosts = {f"tt-{chr(97 + number)}": one.host for number, one in enumerate(sites)}
    return registry_of(hosts, allow=tuple(hosts.values()), delay_seconds=delay)


def started(registry: Registry, folder: Path) -> subprocess.Popen[str]:
    """Start a crawl in a process group of its own."""
    file = folder / "registry.json"
    file.write_text(registry.model_dump_json(), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-c", CRAWL, str(file), ROUND, str(folder / "data")],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(crawling: subprocess.Popen[str], count: int) -> None:
    """Wait until a site has `count` captures."""
    assert crawling.stdout
    for line in crawling.stdout:
        if line.startswith(("captured", "finished")) and int(line.split()[1]) >= count:
            return
    pytest.fail("the crawl ended before it was to be interrupted")


def child_of(process: subprocess.Popen[str]) -> int:
    """The process id of the crawling child."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    return int(children[0])


def until_unlocked(data: Path) -> None:
    """Wait until nobody works in `data` any more."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with only_one(data):
                return
        except LockHeldError:
            assert time.monotonic() < end, "a child outlived its parent"
            time.sleep(0.02)


def pages(folder: Path) -> list[Capture]:
    """The captures of pages in a folder."""
    return [row for row in read_captures(folder) if row.depth >= 0]


def assert_whole(folder: Path, site: SmallSite, *, in_flight: int) -> None:
    """Every page is there once, and at most `in_flight` were asked for once more than they are there."""
    asked = Counter(site.paths)
    captured = Counter("/" + row.url.partition("//")[2].partition("/")[2] for row in pages(folder))

    assert dict.fromkeys(["/", *(f"/{n}" for n in range(PAGES))], 1) == dict(captured)
    assert sum(asked.values()) - asked["/robots.txt"] <= PAGES + 1 + in_flight
    assert [] == list(check_manifest(folder))


SOAKED = [pytest.param(who, marks=pytest.mark.soak) for who in ("parent", "child")]


@pytest.mark.parametrize("who", ["group", *SOAKED])
def test_e1_a_crawl_that_was_killed_goes_on(tmp_path: Path, site: SmallSite, who: str):
    """Whoever of the two processes is killed: no page is captured twice, none is missing."""
    data, sites = tmp_path / "data", registry(site)
    crawling = started(sites, tmp_path)
    wait_for(crawling, 12)
    child = child_of(crawling)
    if who == "child":
        os.kill(child, signal.SIGKILL)
    elif who == "parent":
        os.kill(crawling.pid, signal.SIGKILL)
    else:
        os.kill(crawling.pid, signal.SIGKILL)
        os.kill(child, signal.SIGKILL)
    crawling.communicate()
    until_unlocked(data)
    (report,) = crawl(sites, round_id=ROUND, data=data)

    assert (Finish.FINISHED, PAGES + 1) == (report.finish, report.seen_count)
    assert_whole(site_folder(data, ROUND, "tt-a"), site, in_flight=1)


@pytest.mark.soak
def test_e1_a_child_does_not_outlive_its_parent(tmp_path: Path, site: SmallSite):
    """It ends at once, and holds the folder's lock until then: two never write into one folder."""
    crawling = started(registry(site, delay=1), tmp_path)
    wait_for(crawling, 2)
    os.kill(crawling.pid, signal.SIGKILL)
    crawling.communicate()
    until_unlocked(tmp_path / "data")
    hits = len(site.hits)
    time.sleep(1.2)

    assert hits == len(site.hits)


def test_e1_ctrl_c_once_puts_away_what_was_seen(tmp_path: Path, site: SmallSite):
    """Tidily: captures, report and manifest are in their place, and the next crawl goes on from there."""
    data, sites = tmp_path / "data", registry(site)
    folder = site_folder(data, ROUND, "tt-a")
    crawling = started(sites, tmp_path)
    wait_for(crawling, 12)
    os.kill(crawling.pid, signal.SIGINT)
    crawling.communicate(timeout=PATIENCE_SECONDS)
    first = pages(folder)

    assert Finish.INTERRUPTED == read_report(folder).finish
    assert [] == list(check_manifest(folder))
    assert not part_of(folder).exists()
    crawl(sites, round_id=ROUND, data=data)
    assert first == pages(folder)[: len(first)]
    assert_whole(folder, site, in_flight=0)


def test_e1_a_child_heeds_a_stop_that_comes_with_its_job(tmp_path: Path):
    """Told to stop while it was still starting, it waits for no silent server."""
    silent = SilentSite()
    job = Job(registry=registry(silent), round_id=ROUND, data=tmp_path, site_ids=("tt-a",), max_pages=None)
    child = subprocess.Popen(
        [sys.executable, "-m", "crawlers.crawling.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin
    child.stdin.write(f"{job.model_dump_json()}\n{STOP}".encode())
    child.stdin.flush()
    code = child.wait(timeout=policy().timeout_seconds / 2)
    child.communicate()
    silent.close()

    assert 0 == code


def test_e1_ctrl_c_twice_ends_at_once(tmp_path: Path, site: SmallSite):
    """Without waiting for a site that does not answer; the next crawl repairs what was left, and goes on."""
    data, silent = tmp_path / "data", SilentSite()
    sites = registry(site, silent)
    crawling = started(sites, tmp_path)
    wait_for(crawling, 12)
    begun = time.monotonic()
    os.kill(crawling.pid, signal.SIGINT)
    time.sleep(0.5)
    was_waiting = crawling.poll() is None
    os.kill(crawling.pid, signal.SIGINT)
    crawling.communicate(timeout=PATIENCE_SECONDS)
    until_unlocked(data)
    took = time.monotonic() - begun
    silent.close()
    crawl(sites, round_id=ROUND, data=data)

    assert was_waiting
    assert took < policy().timeout_seconds / 2
    assert_whole(site_folder(data, ROUND, "tt-a"), site, in_flight=1)


@pytest.mark.soak
def test_e1_sites_that_a_crawl_had_finished_are_not_visited_again(tmp_path: Path, site: SmallSite):
    """One site is done, the other is under way: the crawl that goes on asks the first for nothing."""
    small = SmallSite({"/": page()})
    sites = registry(small, site)
    events: list[Progress] = []

    def interrupt(event: Progress) -> None:
        events.append(event)
        if {"tt-a"} == {one.site_id for one in events if one.kind == "finished"} and event.count > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crawl(sites, round_id=ROUND, data=tmp_path, on_progress=interrupt)
    hits = len(small.hits)
    reports = crawl(sites, round_id=ROUND, data=tmp_path)
    again = crawl(sites, round_id=ROUND, data=tmp_path)
    small.close()

    assert [Finish.FINISHED] * 2 == [report.finish for report in reports]
    assert 2 * hits == len(small.hits)  # by the crawl after the end of the one that was cut short
    assert [1, PAGES + 1] == [report.seen_count for report in again]


@pytest.mark.soak
def test_e1_another_visit_is_not_gone_on_with(tmp_path: Path, site: SmallSite):
    """Where the registry says something else of the site now, it is visited anew."""

    def interrupt(event: Progress) -> None:
        if event.count == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crawl(registry(site), round_id=ROUND, data=tmp_path, on_progress=interrupt)
    changed = json.loads(registry(site).model_dump_json())
    changed["sites"][0]["seeds"] = [f"http://{site.host}/7"]
    crawl(Registry.model_validate(changed), round_id=ROUND, data=tmp_path)

    assert ["/7"] == ["/" + row.url.rpartition("/")[2] for row in pages(site_folder(tmp_path, ROUND, "tt-a"))]


@pytest.mark.soak
def test_e1_a_visit_that_is_stopped_never_drives_out_a_finished_one(tmp_path: Path, site: SmallSite):
    """The finished one stays in its place, the other waits beside it and goes on."""
    sites, folder = registry(site), site_folder(tmp_path, ROUND, "tt-a")
    crawl(sites, round_id=ROUND, data=tmp_path)

    def interrupt(event: Progress) -> None:
        if event.count == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crawl(sites, round_id=ROUND, data=tmp_path, on_progress=interrupt)
    waiting = len((part_of(folder) / JOURNAL_FILE).read_bytes().splitlines())
    hits = len(site.hits)

    assert PAGES + 1 == len(pages(folder))
    crawl(sites, round_id=ROUND, data=tmp_path)
    assert PAGES + 2 - waiting == len(site.hits) - hits


@pytest.mark.soak
def test_e1_archives_of_a_visit_in_pieces_are_read_by_others(tmp_path: Path, site: SmallSite):
    """Two interruptions, and another tool finds each page's response once."""
    sites, folder = registry(site), site_folder(tmp_path, ROUND, "tt-a")

    def interrupt_at(count: int) -> Callable[[Progress], None]:
        def interrupt(event: Progress) -> None:
            if event.kind == "captured" and event.count == count:
                raise KeyboardInterrupt

        return interrupt

    for count in (8, 16):
        with pytest.raises(KeyboardInterrupt):
            crawl(sites, round_id=ROUND, data=tmp_path, on_progress=interrupt_at(count))
    crawl(sites, round_id=ROUND, data=tmp_path)
    found: list[str] = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            found += [
                record.rec_headers.get_header("WARC-Target-URI")
                for record in ArchiveIterator(file)
                if record.rec_type == "response"
            ]

    assert PAGES + 2 == len(found) == len(set(found))
