"""From captures to verdicts: the same captures give the same files, and what was not seen proves nothing."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_archive import PAGES, ROUND, archived, registry_in

from crawlers.captures_io import read_captures
from crawlers.outcomes import Outcome
from crawlers.sites import Registry
from pipelines.engine import InProcess, Processes
from pipelines.knowledge import load_knowledge
from pipelines.records import Finding, PageRow, PageSummary, Service, ServicePage, Verdict
from pipelines.records_io import read_rows
from pipelines.rounds.core_files import captured_sites, captures_folder, core_file
from pipelines.rounds.site_reading import pages_to_read, understand_site
from pipelines.understand import understand_round, understand_sites


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The office's registry."""
    return registry_in(tmp_path_factory.mktemp("registry"))


@pytest.fixture(scope="module")
def understood(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Path:
    """A data folder with a round that was understood; to read, never to change."""
    data = archived(tmp_path_factory.mktemp("round") / "data", registry)
    understand_round(data, ROUND, registry)
    return data


@pytest.fixture
def data(understood: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of that folder, to change."""
    return shutil.copytree(understood, tmp_path / "data")


def rows(data: Path, table: str, row_type: type, name: str = "xy-registry") -> tuple:
    """Return the rows of a table."""
    return read_rows(core_file(data, table, ROUND, name), row_type)


def contents(data: Path) -> dict[str, bytes]:
    """Return the bytes of every file that understanding wrote."""
    return {
        str(path.relative_to(data)): path.read_bytes() for path in sorted((data / "core").rglob("*.parquet"))
    }


def test_every_captured_page_has_a_row_with_its_outcome(understood: Path):
    """Walls keep their row too; robots.txt is no page."""
    outcomes = {page.url: page.outcome for page in rows(understood, "pages", PageRow)}

    assert outcomes == {
        url: "blocked" if "wall" in url else "ok"
        for url in PAGES
        if "registry." in url and not url.endswith("robots.txt")
    }


def test_d8_a_wall_yields_no_finding_and_no_service(understood: Path):
    """Could not look is never absent, and never present."""
    walls = {page.page_id for page in rows(understood, "pages", PageRow) if page.outcome == "blocked"}
    found = {one.page_id for one in rows(understood, "findings", Finding)}
    told = {one.page_id for one in rows(understood, "service_pages", ServicePage, "xy")}

    assert (1, set()) == (len(walls), walls & (found | told))


def test_every_quote_is_found_again_in_its_page(understood: Path):
    """A finding's words stand in the text at their offset, letter by letter."""
    texts = {page.page_id: page.text for page in rows(understood, "pages", PageRow)}
    in_text = [one for one in rows(understood, "findings", Finding) if one.place == "text"]

    assert in_text
    assert all(texts[one.page_id][one.offset :].startswith(one.quote) for one in in_text)


def test_a_service_in_two_languages_is_one_and_has_a_verdict(understood: Path):
    """Three services stand on four pages."""
    services = {one.service_id for one in rows(understood, "services", Service, "xy")}
    verdicts = {one.service_id for one in rows(understood, "verdicts", Verdict, "xy")}

    assert (3, services) == (len(services), verdicts)


def test_the_kinds_that_a_page_may_be_are_carried_into_the_round(understood: Path):
    """A service's confidence rests on them: the likeliest first, and no share worth telling left out."""
    seen = [one for one in rows(understood, "summaries", PageSummary) if one.outcome == "ok"]

    assert seen
    for one in seen:
        shares = [each.share for each in one.kind_shares]

        assert sorted(shares, reverse=True) == shares
        assert 0.99 < sum(shares) <= 1.000001
        assert one.kind in {each.kind for each in one.kind_shares}


def test_no_confidence_is_certain_by_how_often_a_thing_is_said(understood: Path):
    """It lies on the calibration that was fitted on pages, also for a service of several pages."""
    told = [one for one in rows(understood, "verdicts", Verdict, "xy") if one.stage]
    best = max(share for _, share in load_knowledge().rubric.calibration)

    assert told
    assert all(one.confidence <= best for one in told)


def test_a_log_in_link_of_the_header_is_the_sites(understood: Path):
    """It stands on every page, so it is weak evidence for one service."""
    logins = [one for one in rows(understood, "findings", Finding) if one.indicator_id == "login"]

    assert {"site_wide"} == {one.strength for one in logins}


def test_understanding_twice_changes_no_byte(data: Path, registry: Registry):
    """Recomputing replaces each file by the same file."""
    before = contents(data)
    understand_round(data, ROUND, registry)

    assert before == contents(data)


def test_the_number_of_jobs_changes_no_byte(data: Path, registry: Registry):
    """Sites that are read at once are read the same."""
    before = contents(data)
    shutil.rmtree(data / "core")
    understand_round(data, ROUND, registry, jobs=2)

    assert before == contents(data)


def test_a_site_without_captures_is_forgotten(data: Path, registry: Registry):
    """Files of a site that has left the captures would keep its pages in the warehouse."""
    shutil.rmtree(captures_folder(data, ROUND, "xy-other.example.org"))
    understand_sites(data, ROUND, registry)

    assert ["xy-registry"] == captured_sites(data, ROUND, "xy")
    assert not core_file(data, "pages", ROUND, "xy-other.example.org").exists()


def test_one_site_can_be_read_again_alone(data: Path, registry: Registry):
    """A retry touches no other site's files."""
    other = core_file(data, "pages", ROUND, "xy-other.example.org")
    written = other.stat().st_mtime_ns
    counts = understand_sites(data, ROUND, registry, site_ids=["xy-registry"])

    assert (["xy-registry"], written) == ([one.site_id for one in counts], other.stat().st_mtime_ns)


def test_a_body_that_our_archive_lost_is_our_failure(data: Path, registry: Registry):
    """A cut archive file makes pages that could not be looked at, and the other pages are read."""
    folder = captures_folder(data, ROUND, "xy-registry")
    archive = next(folder.glob("*.warc.gz"))
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    counts = understand_site(folder, data, registry, load_knowledge())

    assert counts.outcomes["crawler_failed"] >= 1
    assert counts.outcomes["ok"] >= 1


def test_an_attempt_that_was_made_good_is_no_page(understood: Path):
    """A time-out before a success at the same address is history, not a second page."""
    captures = read_captures(captures_folder(understood, ROUND, "xy-registry"))
    failed = [
        replace(one, capture_id=f"{one.capture_id}-0", outcome=Outcome.UNREACHABLE_TIMEOUT)
        for one in captures
    ]
    gone = replace(failed[0], url="https://registry.example.org/ru/gone")
    pages = {one.capture_id for one in captures if not one.url.endswith("robots.txt")}

    assert pages | {gone.capture_id} == {
        one.capture_id for one in pages_to_read([*failed[1:], gone, *captures])
    }


def double(number: int) -> int:
    """Return twice the number; here because other processes find functions by their module."""
    return 2 * number


@pytest.mark.parametrize("executor", [InProcess(), Processes(2)])
def test_engines_do_the_same_work(executor: InProcess | Processes):
    """One process or several: every task is done once."""
    assert [0, 2, 4] == sorted(executor.run(double, [0, 1, 2]))
