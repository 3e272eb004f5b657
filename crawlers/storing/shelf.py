"""Where captures lie, and how new ones take the place of earlier ones: whole, or not at all.

A visit writes into `<site>.part` beside `<site>`. When it ends, the folders change places, but only if
the new captures are worth more: a visit that saw nothing never drives out one that saw something. The
attempt is then noted in `attempts.jsonl` beside what was kept.
"""

import contextlib
import shutil
from dataclasses import replace
from pathlib import Path

from crawlers.captures import Capture
from crawlers.captures_io import CAPTURES_FILE, read_captures, write_captures
from crawlers.politeness.refusals_io import shelve_refusals
from crawlers.reports import Finish, SiteReport, as_json, write_report
from crawlers.storing.journal import JOURNAL_FILE

ATTEMPTS_FILE = "attempts.jsonl"
_PART, _OLD = ".part", ".old"
_UNSURE = {Finish.INTERRUPTED, Finish.CRAWLER_FAILED}


def site_folder(data: Path, round_id: str, site_id: str) -> Path:
    """Return the folder of a site's captures in a round."""
    return data / "captures" / round_id / site_id


def part_of(folder: Path) -> Path:
    """Return the folder in which captures are gathered before they take the place of `folder`."""
    return _beside(folder, _PART)


def new_part(folder: Path) -> Path:
    """Return an empty folder to gather the captures of `folder` in; what an earlier visit left there goes."""
    part = part_of(folder)
    _mend(folder)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    return part


def discard(folder: Path) -> None:
    """Throw away what was gathered beside `folder`, and the folders above where they are empty now."""
    shutil.rmtree(part_of(folder), ignore_errors=True)
    with contextlib.suppress(OSError):  # not empty: others' captures lie there
        folder.parent.rmdir()
        folder.parent.parent.rmdir()


def shelve(folder: Path, captures: list[Capture], report: SiteReport) -> SiteReport:
    """Put what was gathered beside `folder` into its place, or keep what is there; return the report.

    The captures are those of the journal, with whatever was added to them.
    """
    part = part_of(folder)
    _mend(folder)
    if _is_worth_keeping(folder) and (report.seen_count == 0 or report.finish in _UNSURE):
        shutil.rmtree(part, ignore_errors=True)
        report = replace(report, kept_earlier=True)
        _note_attempt(folder, report)
        return report
    part.mkdir(parents=True, exist_ok=True)
    write_captures(part, captures)
    shelve_refusals(part)
    write_report(part, report)
    _note_attempt(part, report)
    (part / JOURNAL_FILE).unlink(missing_ok=True)
    _swap(part, folder)
    return report


def _note_attempt(folder: Path, report: SiteReport) -> None:
    with (folder / ATTEMPTS_FILE).open("a", encoding="utf-8") as attempts:
        attempts.write(as_json(report) + "\n")


def _is_worth_keeping(folder: Path) -> bool:
    """Whether `folder` holds captures that saw something."""
    if not (folder / CAPTURES_FILE).exists():
        return False
    return any(row.outcome.is_observation and row.depth >= 0 for row in read_captures(folder))


def _swap(part: Path, folder: Path) -> None:
    """Let `part` take the place of `folder`, with the attempts that were noted there."""
    old = _beside(folder, _OLD)
    if folder.exists():
        _carry_attempts(folder, part)
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _carry_attempts(folder: Path, part: Path) -> None:
    earlier = folder / ATTEMPTS_FILE
    if earlier.exists():
        newer = (part / ATTEMPTS_FILE).read_text(encoding="utf-8")
        text = earlier.read_text(encoding="utf-8") + newer
        (part / ATTEMPTS_FILE).write_text(text, encoding="utf-8")


def _mend(folder: Path) -> None:
    """Finish a change of places in which an earlier process was killed."""
    old = _beside(folder, _OLD)
    if old.exists() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _beside(folder: Path, ending: str) -> Path:
    return folder.with_name(folder.name + ending)
