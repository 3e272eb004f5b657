"""How a crawl ends that does not simply end: a limit, an interrupt, a dead child, a site that is down."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_sites import ROUND, SmallSite, page, registry_of

from crawlers.captures_io import read_captures
from crawlers.crawling.jobs import Progress
from crawlers.harvest import crawl
from crawlers.outcomes import Outcome
from crawlers.reports import Finish, read_report
from crawlers.storing.shelf import site_folder


def test_d8_a_failed_recrawl_keeps_good_captures(tmp_path: Path, small_site: Callable[..., SmallSite]):
    """What was seen stays; the attempt is noted beside it."""
    site = SmallSite({"/": page()})
    registry = registry_of({"tt-a": site.host}, allow=(site.host,))
    crawl(registry, round_id=ROUND, data=tmp_path)
    site.close()
    (report,) = crawl(registry, round_id=ROUND, data=tmp_path)
    folder = site_folder(tmp_path, ROUND, "tt-a")

    assert (True, 0) == (report.kept_earlier, report.seen_count)
    assert 1 == read_report(folder).seen_count
    assert 2 == len((folder / "attempts.jsonl").read_text().splitlines())


def test_a_page_limit_bounds_a_site(tmp_path: Path, small_site: Callable[..., SmallSite]):
    """`max_pages` holds for each site."""
    site = small_site(
        {"/": page(*(f"/{number}" for number in range(9)))} | {f"/{n}": page() for n in range(9)}
    )
    registry = registry_of({"tt-a": site.host}, allow=(site.host,))
    (report,) = crawl(registry, round_id=ROUND, data=tmp_path, max_pages=4)

    assert (Finish.PAGE_LIMIT, 4) == (report.finish, report.seen_count)


def test_ctrl_c_puts_away_what_was_seen(tmp_path: Path, small_site: Callable[..., SmallSite]):
    """The interrupt is passed on, after the captures so far are in their place."""
    site = small_site(
        {"/": page(*(f"/{number}" for number in range(50)))} | {f"/{n}": page() for n in range(50)}
    )
    registry = registry_of({"tt-a": site.host}, allow=(site.host,), delay_seconds=0.1)

    def interrupt(event: Progress) -> None:
        if event.kind == "captured" and event.count == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crawl(registry, round_id=ROUND, data=tmp_path, on_progress=interrupt)
    report = read_report(site_folder(tmp_path, ROUND, "tt-a"))

    assert Finish.INTERRUPTED == report.finish
    assert 2 <= report.seen_count < 50


def test_a_child_that_is_killed_is_a_failure_of_ours(
    tmp_path: Path, small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch
):
    """What it had captured is kept, and a row says that we failed."""
    site = small_site(
        {"/": page(*(f"/{number}" for number in range(50)))} | {f"/{n}": page() for n in range(50)}
    )
    registry = registry_of({"tt-a": site.host}, allow=(site.host,), delay_seconds=0.1)
    children: list[subprocess.Popen[str]] = []

    class Noted(subprocess.Popen):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            children.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)

    def kill(event: Progress) -> None:
        if event.count == 3:
            children[0].kill()

    (report,) = crawl(registry, round_id=ROUND, data=tmp_path, on_progress=kill)
    captures = read_captures(site_folder(tmp_path, ROUND, "tt-a"))

    assert Finish.CRAWLER_FAILED == report.finish
    assert "signal 9" in str(report.detail)
    assert Outcome.CRAWLER_FAILED == captures[-1].outcome
    assert report.seen_count >= 2


def test_a_child_that_dies_at_its_start_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Scrapy ends with code 0 when it never began: success is believed of reports only."""
    monkeypatch.setattr("crawlers.crawling.child_process._COMMAND", ("true",))
    registry = registry_of({"tt-a": "a.invalid", "tt-b": "b.invalid"}, allow=())
    reports = crawl(registry, round_id=ROUND, data=tmp_path)

    assert [Finish.CRAWLER_FAILED] * 2 == [report.finish for report in reports]
    assert [{"us": 1}] * 2 == [report.faults for report in reports]
