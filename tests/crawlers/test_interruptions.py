"""E1: kills and Ctrl-C of real processes; the same command again goes on where the last one was."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from interrupted_crawls import (
    PAGES,
    PATIENCE_SECONDS,
    SilentSite,
    assert_whole,
    child_of,
    pages,
    registry,
    started,
    until_unlocked,
    wait_for,
)
from small_sites import ROUND, SmallSite

from crawlers.crawling.jobs import STOP, Job
from crawlers.harvest import crawl
from crawlers.policy import policy
from crawlers.reports import Finish, read_report
from crawlers.storing.manifest import check_manifest
from crawlers.storing.shelf import part_of, site_folder

SOAKED = [pytest.param(who, marks=pytest.mark.soak) for who in ("parent", "child")]


@pytest.mark.parametrize("who", ["group", *SOAKED])
def test_e1_a_crawl_that_was_killed_goes_on(tmp_path: Path, long_site: SmallSite, who: str):
    """Whoever of the two processes is killed: no page is captured twice, none is missing."""
    data, sites = tmp_path / "data", registry(long_site)
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
    assert_whole(site_folder(data, ROUND, "tt-a"), long_site, in_flight=1)


@pytest.mark.soak
def test_e1_a_child_does_not_outlive_its_parent(tmp_path: Path, long_site: SmallSite):
    """It ends at once, and holds the folder's lock until then: two never write into one folder."""
    crawling = started(registry(long_site, delay=1), tmp_path)
    wait_for(crawling, 2)
    os.kill(crawling.pid, signal.SIGKILL)
    crawling.communicate()
    until_unlocked(tmp_path / "data")
    hits = len(long_site.hits)
    time.sleep(1.2)

    assert hits == len(long_site.hits)


def test_e1_ctrl_c_once_puts_away_what_was_seen(tmp_path: Path, long_site: SmallSite):
    """Tidily: captures, report and manifest are in their place, and the next crawl goes on from there."""
    data, sites = tmp_path / "data", registry(long_site)
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
    assert_whole(folder, long_site, in_flight=0)


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


def test_e1_ctrl_c_twice_ends_at_once(tmp_path: Path, long_site: SmallSite):
    """Without waiting for a site that does not answer; the next crawl repairs what was left, and goes on."""
    data, silent = tmp_path / "data", SilentSite()
    sites = registry(long_site, silent)
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
    assert_whole(site_folder(data, ROUND, "tt-a"), long_site, in_flight=1)
