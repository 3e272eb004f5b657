"""With what a visit begins: the part of one that was killed, what was put away of one that was stopped."""

import shutil
from pathlib import Path

import pytest
from changing_web import NOV, SITE, ChangingWeb, KilledError, folder_of, site, visit_round

from crawlers.reports import Finish, counted, report_on
from crawlers.storing.journal import read_journal
from crawlers.storing.resume import Beginning, begin_or_go_on, beginning
from crawlers.storing.shelf import part_of, shelve
from crawlers.storing.ticket import Ticket, write_ticket

TICKET = Ticket(round_id=NOV, site_id=SITE, bounds="these", job_id="one")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a visit that was killed at its third request."""
    with pytest.raises(KilledError):
        visit_round(tmp_path, NOV, ChangingWeb(site().sheets, dies_at=2))
    found = folder_of(tmp_path, NOV)
    write_ticket(part_of(found), TICKET)
    return found


def stopped(folder: Path, finish: Finish = Finish.INTERRUPTED) -> None:
    """Put away what the visit of `folder` gathered, as one that came to such an end."""
    part = part_of(folder)
    report = report_on(SITE, NOV, counted(read_journal(part)), finish)
    shelve(folder, read_journal(part), report)


def test_what_was_killed_is_gone_on_with_from_its_part(folder: Path):
    """With all that it recorded."""
    assert Beginning.PART == beginning(folder, TICKET)
    assert 2 == begin_or_go_on(folder, TICKET).count


def test_what_was_stopped_tidily_is_gone_on_with_from_the_shelf(folder: Path):
    """The captures on the shelf stay there meanwhile."""
    stopped(folder)
    begins_with = beginning(folder, TICKET)

    assert Beginning.SHELF == begins_with
    assert 2 == begin_or_go_on(folder, TICKET).count
    assert (folder / "captures.parquet").exists()


def test_who_is_killed_while_taking_it_off_the_shelf_takes_it_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """A journal that was copied in part is not taken for the whole of it."""
    stopped(folder)

    def killed(_: Path, copy: Path) -> None:
        copy.write_bytes(b"")
        raise KilledError

    monkeypatch.setattr(shutil, "copyfile", killed)
    with pytest.raises(KilledError):
        begin_or_go_on(folder, TICKET)
    monkeypatch.undo()

    assert 2 == begin_or_go_on(folder, TICKET).count


@pytest.mark.parametrize("bounds", ["these", "others"])
def test_what_came_to_its_end_or_had_other_bounds_is_begun_anew(folder: Path, bounds: str):
    """Nothing of it is remembered."""
    if bounds == "these":
        stopped(folder, Finish.FINISHED)
    ticket = TICKET.model_copy(update={"bounds": bounds})

    assert Beginning.NOTHING == beginning(folder, ticket)
    assert 0 == begin_or_go_on(folder, ticket).count
