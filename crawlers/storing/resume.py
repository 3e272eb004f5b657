"""Go on where a visit was killed or interrupted, or begin anew where there is nothing to go on with.

A visit that was killed has left `<site>.part`, which is repaired. One that was stopped tidily was put into
its place with its journal: that is copied, and its WARC files are linked, as nobody writes to them again.
"""

import os
import shutil
from enum import StrEnum, unique
from pathlib import Path

import structlog

from crawlers.reports import REPORT_FILE, read_report
from crawlers.storing.journal import JOURNAL_FILE
from crawlers.storing.memory import Memory
from crawlers.storing.repair import WARCS, repair
from crawlers.storing.shelf import lying_at, mend, new_part, part_of
from crawlers.storing.ticket import TICKET_FILE, Ticket, read_ticket, write_ticket

_log = structlog.get_logger("crawlers")


@unique
class Beginning(StrEnum):
    """With what a visit begins."""

    NOTHING = "nothing"
    PART = "part"  # that a process left which was killed
    SHELF = "shelf"  # on which it was put when it was stopped tidily


def beginning(folder: Path, ticket: Ticket) -> Beginning:
    """Return with what a visit that `ticket` names would begin in `folder`; write nothing.

    Raises:
        CaptureError: what is there cannot be read.
    """
    part, place = part_of(folder), lying_at(folder)
    if part != place and _is_of(part, ticket):
        return Beginning.PART
    if _is_of(place, ticket) and (place / REPORT_FILE).exists() and read_report(place).finish.can_go_on:
        return Beginning.SHELF
    return Beginning.NOTHING


def begin_or_go_on(folder: Path, ticket: Ticket) -> Memory:
    """Return what the part of `folder` holds of the visit that `ticket` names; nothing where it begins anew.

    Raises:
        CaptureError, OSError: what is there cannot be read or repaired.
    """
    mend(folder)
    begins_with = beginning(folder, ticket)
    part = part_of(folder) if begins_with is Beginning.PART else new_part(folder)
    if begins_with is Beginning.SHELF:
        _take_off_the_shelf(folder, part)
    write_ticket(part, ticket)  # last: who is killed before takes it off the shelf again
    if begins_with is Beginning.NOTHING:
        return Memory(part)
    repaired = repair(part)
    _forget_what_follows(part)
    memory = Memory(part, repaired.sums)
    _log.info(
        "site_crawl_goes_on", site_id=ticket.site_id, captures=memory.count, cut_bytes=repaired.cut_bytes
    )
    return memory


def _is_of(part: Path, ticket: Ticket) -> bool:
    """Whether `part`, a part or a folder on the shelf, was left by the same visit."""
    if not (part / JOURNAL_FILE).exists():
        return False
    is_same = ticket.is_same_visit(read_ticket(part))
    if not is_same:
        _log.warning("site_crawl_begins_anew", site_id=ticket.site_id, reason="its bounds have changed")
    return is_same


def _take_off_the_shelf(folder: Path, part: Path) -> None:
    """Let `part` hold what `folder` has of a visit that was stopped before its end."""
    for path in folder.glob(WARCS):
        link_or_copy(path, part / path.name)
    shutil.copyfile(folder / JOURNAL_FILE, part / JOURNAL_FILE)


def link_or_copy(path: Path, other: Path) -> None:
    """Let `other` hold what the file at `path` holds, which is never written to again."""
    try:
        os.link(path, other)
    except OSError:  # a file system without hard links
        shutil.copyfile(path, other)


def _forget_what_follows(part: Path) -> None:
    """Remove all but captures and ticket: refusals and the like are made again as the visit is replayed."""
    for path in part.iterdir():
        if path.name not in {JOURNAL_FILE, TICKET_FILE} and not path.match(WARCS):
            path.unlink()
