"""One host, one queue, also for crawls that know nothing of each other."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from imagined import Imagined, SwiftClock, linking, pages, visited
from small_sites import ROUND, SmallSite, page, registry_of

from crawlers.errors import StateFolderError
from crawlers.harvest import crawl
from crawlers.policy import policy
from crawlers.politeness.host_queue import HostQueue
from crawlers.politeness.state import hosts_folder, state_folder
from crawlers.reports import Finish

DELAY = 0.4


def _crawl(registry_json: str, data: str) -> None:
    """Crawl in a process of its own; its name stands here so that a new process finds it."""
    from crawlers.sites import Registry  # noqa: PLC0415 - in the new process

    crawl(Registry.model_validate_json(registry_json), round_id=ROUND, data=Path(data))


@pytest.mark.soak
def test_b8_two_crawls_at_once_keep_one_hosts_pause_together(
    tmp_path: Path, small_site: Callable[..., SmallSite]
):
    """Two processes, two data folders, two registries, one host: no gap is shorter than its pause.

    Gaps are measured where requests arrive, so a busy machine may shorten one a little.
    """
    links = [f"/{number}" for number in range(5)]
    site = small_site({"/": page(*links)} | {link: page() for link in links})
    context = multiprocessing.get_context("spawn")
    crawls = [
        context.Process(
            target=_crawl,
            args=(
                registry_of(
                    {f"tt-{name}": site.host}, allow=(site.host,), delay_seconds=DELAY
                ).model_dump_json(),
                str(tmp_path / name),
            ),
        )
        for name in ("one", "other")
    ]
    for each in crawls:
        each.start()
    for each in crawls:
        each.join(120)
    times = [at for at, _, _ in site.hits]

    assert [0, 0] == [each.exitcode for each in crawls]
    assert 2 * 7 == len(times)
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.75 * DELAY


def test_b8_a_host_is_asked_by_one_at_a_time(tmp_path: Path):
    """However short its pause: who comes meanwhile looks again a little later."""
    first, second = HostQueue(tmp_path, "a.kg"), HostQueue(tmp_path, "a.kg")

    assert 0.0 == first.take(0, now=1000.0)
    assert second.take(0, now=1000.0) > 0
    first.give_back(1000.0, 0)
    assert 0.0 == second.take(0, now=1000.0)


def test_b8_the_longer_of_two_pauses_counts(tmp_path: Path):
    """A crawl that waits ten seconds is not overtaken by one that waits for one."""
    slow, quick = HostQueue(tmp_path, "a.kg"), HostQueue(tmp_path, "a.kg")
    slow.take(10, now=1000.0)
    slow.give_back(1002.0, 0)

    assert 8.0 == quick.take(1, now=1002.0)
    assert 0.0 == quick.take(1, now=1010.0)


def test_b8_both_schemes_of_a_host_stand_in_one_queue(tmp_path: Path):
    """`http` and `https` reach the same machine: their requests keep the pause between them."""
    web = Imagined({"/": linking("https://a.kg/1", "/2"), "https://a.kg/1": linking(), "/2": linking()})
    visited(tmp_path, web, delay=5)

    assert {"/2", "https://a.kg/1", "https://a.kg/robots.txt"} < set(web.paths)
    assert [5] * 4 == web.gaps


def test_b8_two_ports_of_a_machine_are_two_hosts(tmp_path: Path):
    """Loopback's too."""
    HostQueue(tmp_path, "127.0.0.1:8001").take(10, now=1000.0)

    assert 0.0 == HostQueue(tmp_path, "127.0.0.1:8002").take(10, now=1000.0)


@pytest.mark.parametrize("host", ["../../etc", "a/b", "[2001:db8::1]:80", "a:80", "-x", ".", "a." * 120])
def test_b8_no_name_of_a_host_leads_out_of_the_folder(tmp_path: Path, host: str):
    """Names of hosts come from other people."""
    folder = tmp_path / "hosts"
    folder.mkdir()
    HostQueue(folder, host).close()

    assert 1 == len(list(folder.iterdir()))
    assert [folder] == list(tmp_path.iterdir())


def test_b8_a_rest_that_a_host_asked_for_is_handed_on(tmp_path: Path):
    """What one crawl was told, the next one heeds; before its first request, robots.txt included."""
    told = Imagined(pages(2) | {"/0": (429, {"Retry-After": "200"}, "")})
    visited(tmp_path / "one", told, queues=tmp_path)
    rested = told.asked[-1]
    other = Imagined({"/": linking()}, SwiftClock())
    other.clock.time = told.clock.time
    visited(tmp_path / "other", other, queues=tmp_path)

    assert "/0" == rested[1]
    assert other.asked[0][0] > 100


def test_b8_a_host_that_asked_for_a_longer_rest_than_we_wait_is_asked_by_nobody(tmp_path: Path):
    """The second crawl gives up before it has asked for anything, and says so."""
    visited(tmp_path / "1", Imagined({"/": (429, {"Retry-After": "90000"}, "")}), queues=tmp_path)
    other = Imagined(pages(2))
    visit = visited(tmp_path / "2", other, queues=tmp_path)

    assert (Finish.GAVE_UP, []) == (visit.finish, other.paths)


def test_b8_no_rest_is_handed_on_for_longer_than_an_hour(tmp_path: Path):
    """A host's clock may be years ahead; a round of the next month starts anew."""
    queue = HostQueue(tmp_path, "a.kg")
    queue.take(0, now=1000.0)
    queue.give_back(1000.0, 1e12)

    assert policy().rest_handed_over_cap_seconds == queue.take(0, now=1000.0)


def test_b8_a_clock_that_was_put_back_makes_nobody_wait_longer_than_the_pause(tmp_path: Path):
    """Time then seems to lie ahead."""
    queue = HostQueue(tmp_path, "a.kg")
    queue.take(10, now=1_000_000.0)
    queue.give_back(1_000_001.0, 0)

    assert 10.0 == queue.take(10, now=5000.0)


@pytest.mark.parametrize("rubbish", [b"", b"half a lin", b"\xff" * 16, b"\x00" * 40])
def test_b8_rubbish_in_a_queues_file_stops_nobody_for_ever(tmp_path: Path, rubbish: bytes):
    """Whatever a full disk left there."""
    HostQueue(tmp_path, "a.kg").close()
    (tmp_path / "a.kg.queue").write_bytes(rubbish)
    queue = HostQueue(tmp_path, "a.kg")

    assert queue.take(0, now=1000.0) <= policy().rest_handed_over_cap_seconds


def test_b8_the_lock_ends_with_its_holder_however_that_ends(tmp_path: Path):
    """A crawl that was killed in the middle of a request keeps nobody from the host."""
    code = (
        "import sys, time; from pathlib import Path; from crawlers.politeness.host_queue import HostQueue;"
        f"HostQueue(Path({str(tmp_path)!r}), 'a.kg').take(0, time.time());"
        "print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        queue = HostQueue(tmp_path, "a.kg")
        is_held = queue.take(0, time.time()) > 0
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()

    assert is_held
    assert 0.0 == queue.take(0, time.time())


def test_the_state_folder_is_where_the_reader_of_the_manual_looks():
    """Our own variable first, then the desktop's convention."""
    assert Path("/a") == state_folder({"BASKYCH_STATE": "/a", "XDG_STATE_HOME": "/b"})
    assert Path("/b/baskych") == state_folder({"XDG_STATE_HOME": "/b"})
    assert Path.home() / ".local/state/baskych" == state_folder({})


def test_without_a_place_for_queues_nothing_is_crawled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nobody could promise any host its pause then; the message says what to set."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "file"))

    with pytest.raises(StateFolderError, match="set BASKYCH_STATE"):
        crawl(registry_of({"tt-a": "a.invalid"}, allow=()), round_id=ROUND, data=tmp_path / "data")
    assert not (tmp_path / "data").exists()
    monkeypatch.setenv("BASKYCH_STATE", str(tmp_path / "own"))
    assert tmp_path / "own" / "hosts" == hosts_folder()
