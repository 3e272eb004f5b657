"""A crawl that was cut short is told from a whole one, from its files alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.captures_io import CAPTURES_FILE
from crawlers.errors import CaptureError
from crawlers.reports import Counts, Finish, as_json, report_on, write_report
from crawlers.storing.manifest import ATTEMPTS_FILE
from pipelines.records import VisitRow
from pipelines.rounds.visits import visit_rows

ROUND = "2026-11"


def visited(data: Path, site_id: str, finish: Finish = Finish.FINISHED) -> Path:
    """Leave what a visit leaves; return its folder."""
    folder = data / "captures" / ROUND / site_id
    folder.mkdir(parents=True)
    report = report_on(site_id, ROUND, Counts(), finish, "why")
    write_report(folder, report)
    (folder / ATTEMPTS_FILE).write_text(as_json(report) + "\n", encoding="utf-8")
    return folder


def rows(data: Path) -> dict[str, VisitRow]:
    """Return the rows of the sample republic by site."""
    return {row.site_id: row for row in visit_rows(data, ROUND, "sample")}


@pytest.mark.parametrize("finish", list(Finish))
def test_e1_only_what_we_stopped_ourselves_is_cut_short(tmp_path: Path, finish: Finish):
    """A site that gives up, or a limit that was reached, is the visit's own end."""
    visited(tmp_path, "sample-tax", finish)
    row = rows(tmp_path)["sample-tax"]

    assert finish.value == row.finish
    assert (finish in {Finish.INTERRUPTED, Finish.CRAWLER_FAILED, Finish.DISK_FULL}) is row.is_cut_short


def test_e1_a_visit_that_was_killed_is_known_by_what_it_left(tmp_path: Path):
    """Its folder never took its place, so nothing else would tell that the site was asked at all."""
    visited(tmp_path, "sample-tax")
    (tmp_path / "captures" / ROUND / "sample-health.part").mkdir()
    found = rows(tmp_path)

    assert ("killed", True) == (found["sample-health"].finish, found["sample-health"].is_cut_short)
    assert ["sample-health", "sample-tax"] == list(found)


def test_e1_what_waits_beside_a_finished_visit_does_not_cut_it_short(tmp_path: Path):
    """The finished one stays in its place until the other is worth more."""
    visited(tmp_path, "sample-tax")
    (tmp_path / "captures" / ROUND / "sample-tax.part").mkdir()

    assert "finished" == rows(tmp_path)["sample-tax"].finish


def test_attempts_in_vain_are_counted(tmp_path: Path):
    """How often a site was tried says how well the last good look is founded."""
    folder = visited(tmp_path, "sample-tax")
    vain = replace(report_on("sample-tax", ROUND, Counts(), Finish.GAVE_UP), kept_earlier=True)
    with (folder / ATTEMPTS_FILE).open("a", encoding="utf-8") as attempts:
        attempts.write(as_json(vain) + "\n")
    row = rows(tmp_path)["sample-tax"]

    assert (2, 1) == (row.attempt_count, row.vain_attempt_count)


def test_captures_that_no_visit_of_ours_put_there_are_called_so(tmp_path: Path):
    """They may be whole; nobody can tell."""
    folder = tmp_path / "captures" / ROUND / "sample-tax"
    folder.mkdir(parents=True)
    (folder / CAPTURES_FILE).touch()

    assert "unreported" == rows(tmp_path)["sample-tax"].finish


def test_a_report_that_cannot_be_read_is_named(tmp_path: Path):
    """A guess would be worse."""
    (visited(tmp_path, "sample-tax") / "site.json").write_text("{")

    with pytest.raises(CaptureError, match=r"site\.json: cannot be read"):
        rows(tmp_path)
