"""What a later visit may rest on, and what not: lost originals, rounds that are repeated, erring servers."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from changing_web import (
    BOTH,
    DEC,
    JAN,
    NOV,
    ChangingWeb,
    Sheet,
    folder_of,
    outcomes,
    site,
    tagged,
    visit_round,
)

from crawlers.captures_io import read_body, read_captures, write_captures
from crawlers.errors import CaptureError
from crawlers.outcomes import Outcome
from crawlers.storing.shelf import ATTEMPTS_FILE


def test_not_modified_that_nobody_asked_about_proves_nothing(tmp_path: Path):
    """There is no page then, neither old nor new."""
    web = ChangingWeb({"/": tagged()}, broken=("/",))
    pages = visit_round(tmp_path, NOV, web)

    assert {"/": Outcome.BAD_CONTENT} == outcomes(pages)
    assert "not asked" in str(pages["/"].outcome_detail)


def test_robots_txt_that_nobody_could_read_forbids_all(tmp_path: Path):
    """Also where the server says that it did not change since a visit that never was."""
    pages = visit_round(tmp_path, NOV, ChangingWeb(site().sheets, broken=("/robots.txt",)))

    assert Outcome.BAD_CONTENT == pages["/robots.txt"].outcome
    assert {"/": Outcome.ROBOTS_DISALLOWED} == outcomes(pages)


@pytest.mark.parametrize("loss", ["removed", "cut", "other words"])
def test_a_page_whose_original_is_lost_is_asked_for_in_full(tmp_path: Path, loss: str):
    """An archive that cannot give a body back any more must not be what a later round rests on."""
    web = site()
    visit_round(tmp_path, NOV, web)
    (archive,) = folder_of(tmp_path, NOV).glob("*.warc.gz")
    if loss == "removed":
        archive.unlink()
    elif loss == "cut":
        archive.write_bytes(archive.read_bytes()[:300])
    else:
        rows = read_captures(folder_of(tmp_path, NOV))
        write_captures(folder_of(tmp_path, NOV), [replace(row, body_sha256="0" * 64) for row in rows])
    pages = visit_round(tmp_path, DEC, web)

    assert {"/": Outcome.OK, "/a": Outcome.OK} == outcomes(pages)
    assert {} == web.fields("/a")


def test_a_page_whose_original_is_in_no_round_any_more_cannot_be_read(tmp_path: Path):
    """The failure names the capture that is missing; a later visit asks for the page in full."""
    web = site()
    first = visit_round(tmp_path, NOV, web)["/a"]
    second = visit_round(tmp_path, DEC, web)["/a"]
    shutil.rmtree(tmp_path / "captures" / NOV)

    with pytest.raises(CaptureError, match=f"{second.capture_id} repeats {first.capture_id}, which neither"):
        read_body(folder_of(tmp_path, DEC), second)
    assert {"/": Outcome.OK, "/a": Outcome.OK} == outcomes(visit_round(tmp_path, JAN, web))


def test_a_round_whose_list_is_broken_is_not_rested_on(tmp_path: Path):
    """Everything is asked for in full; the visit itself goes on."""
    web = site()
    visit_round(tmp_path, NOV, web)
    (folder_of(tmp_path, NOV) / "captures.parquet").write_bytes(b"no Parquet")

    assert {"/": Outcome.OK, "/a": Outcome.OK} == outcomes(visit_round(tmp_path, DEC, web))


def test_a_server_is_not_believed_for_ever(tmp_path: Path):
    """One that keeps the tag of a page that changed hides the change until the sixth round, and no longer."""
    web = site()
    visit_round(tmp_path, "2026-01", web)
    web.sheets["/a"] = Sheet("changed behind its tag", etag=web.sheets["/a"].etag)
    seen = [visit_round(tmp_path, f"2026-{month:02}", web)["/a"].outcome for month in range(2, 9)]

    assert [Outcome.UNCHANGED] * 5 + [Outcome.OK, Outcome.UNCHANGED] == seen


def test_a_page_that_failed_is_asked_for_in_full_the_next_time(tmp_path: Path):
    """Its tag may be of a page that came before the failure."""
    web = site()
    visit_round(tmp_path, NOV, web)
    well = web.sheets.pop("/a")
    visit_round(tmp_path, DEC, web)
    web.sheets["/a"] = well
    pages = visit_round(tmp_path, JAN, web)

    assert ({}, Outcome.OK) == (web.fields("/a"), pages["/a"].outcome)


def test_captures_that_a_later_round_rests_on_are_not_driven_out(tmp_path: Path):
    """A visit to the earlier round again is noted; its captures stay, and the later round can be read."""
    web = site()
    first = visit_round(tmp_path, NOV, web)
    later = visit_round(tmp_path, DEC, web)
    again = visit_round(tmp_path, NOV, web)
    notes = (folder_of(tmp_path, NOV) / ATTEMPTS_FILE).read_text().splitlines()

    assert first == again
    assert "a later round repeats pages of this one" in notes[-1]
    assert b"Passport" in read_body(folder_of(tmp_path, DEC), later["/a"])


def test_a_round_that_is_repeated_rests_on_no_capture_of_its_own(tmp_path: Path):
    """They make room for the new ones; so they are asked for anew, or repeat a round before."""
    web = site()
    visit_round(tmp_path, NOV, web)
    again = visit_round(tmp_path, NOV, web)
    second = visit_round(tmp_path, DEC, web)
    repeated = visit_round(tmp_path, DEC, web)

    assert {"/": Outcome.OK, "/a": Outcome.OK} == outcomes(again)
    assert BOTH == outcomes(second) == outcomes(repeated)
    assert {row.revisit_of for row in repeated.values() if row.revisit_of} <= {
        row.capture_id for row in again.values()
    }
    assert b"<!doctype html><p>Passport</p>" == read_body(folder_of(tmp_path, DEC), repeated["/a"])
