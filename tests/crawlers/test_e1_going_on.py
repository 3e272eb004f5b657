"""E1: the crawl after one that was interrupted: which visits it goes on with, which it begins anew."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from interrupted_crawls import (
    PAGES,
    pages,
    registry,
)
from small_sites import ROUND, SmallSite, page
from warcio.archiveiterator import ArchiveIterator

from crawlers.crawling.jobs import Progress
from crawlers.harvest import crawl
from crawlers.reports import Finish
from crawlers.sites import Registry
from crawlers.storing.journal import JOURNAL_FILE
from crawlers.storing.shelf import part_of, site_folder


@pytest.mark.soak
def test_e1_sites_that_a_crawl_had_finished_are_not_visited_again(tmp_path: Path, long_site: SmallSite):
    """One site is done, the other is under way: the crawl that goes on asks the first for nothing."""
    small = SmallSite({"/": page()})
    sites = registry(small, long_site)
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
def test_e1_another_visit_is_not_gone_on_with(tmp_path: Path, long_site: SmallSite):
    """Where the registry says something else of the site now, it is visited anew."""

    def interrupt(event: Progress) -> None:
        if event.count == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crawl(registry(long_site), round_id=ROUND, data=tmp_path, on_progress=interrupt)
    changed = json.loads(registry(long_site).model_dump_json())
    changed["sites"][0]["seeds"] = [f"http://{long_site.host}/7"]
    crawl(Registry.model_validate(changed), round_id=ROUND, data=tmp_path)

    assert ["/7"] == ["/" + row.url.rpartition("/")[2] for row in pages(site_folder(tmp_path, ROUND, "tt-a"))]


@pytest.mark.soak
def test_e1_a_visit_that_is_stopped_never_drives_out_a_finished_one(tmp_path: Path, long_site: SmallSite):
    """The finished one stays in its place, the other waits beside it and goes on."""
    sites, folder = registry(long_site), site_folder(tmp_path, ROUND, "tt-a")
    crawl(sites, round_id=ROUND, data=tmp_path)

    def interrupt(event: Progress) -> None:
        if event.count == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crawl(sites, round_id=ROUND, data=tmp_path, on_progress=interrupt)
    waiting = len((part_of(folder) / JOURNAL_FILE).read_bytes().splitlines())
    hits = len(long_site.hits)

    assert PAGES + 1 == len(pages(folder))
    crawl(sites, round_id=ROUND, data=tmp_path)
    assert PAGES + 2 - waiting == len(long_site.hits) - hits


@pytest.mark.soak
def test_e1_archives_of_a_visit_in_pieces_are_read_by_others(tmp_path: Path, long_site: SmallSite):
    """Two interruptions, and another tool finds each page's response once."""
    sites, folder = registry(long_site), site_folder(tmp_path, ROUND, "tt-a")

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
