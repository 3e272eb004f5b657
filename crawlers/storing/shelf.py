"""Where captures lie, and how new ones take the place of earlier ones: whole, or not at all.

A visit writes into `<site>.part` beside `<site>`. When it ends, the folders change places, but only if
the new captures are worth more: a visit that saw nothing never drives out one that saw something, and
no visit drives out captures that a later round rests on. The attempt is then noted in `attempts.jsonl`
beside what was kept. A visit that was stopped before its end keeps its journal, so that the next crawl of
the round goes on with it.
"""

import contextlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from crawlers.captures import Capture
from crawlers.captures_io import CAPTURES_FILE, write_captures
from crawlers.outcomes import Outcome
from crawlers.politeness.refusals_io import shelve_refusals
from crawlers.reports import REPORT_FILE, SiteReport, as_json, read_report, write_report
from crawlers.storing.appended import on_disk_for_good
from crawlers.storing.journal import JOURNAL_FILE
from crawlers.storing.manifest import ATTEMPTS_FILE, MANIFEST_FILE, read_manifest, write_manifest
from crawlers.storing.resting import is_rested_on
from crawlers.storing.sums import Sums

_PART, _OLD = ".part", ".old"
_RESTS = "a later round repeats pages of this one, so its captures stay as they are"


def site_folder(data: Path, round_id: str, site_id: str) -> Path:
    """Return the folder of a site's captures in a round."""
    return data / "captures" / round_id / site_id


def part_of(folder: Path) -> Path:
    """Return the folder in which captures are gathered before they take the place of `folder`."""
    return _beside(folder, _PART)


def is_shelved(folder: Path) -> bool:
    """Whether `folder` is a site's own, and not one in which captures are gathered or wait to go."""
    return folder.suffix not in {_PART, _OLD}


def lying_at(folder: Path) -> Path:
    """Return where the captures of `folder` lie, there or not; write nothing.

    That is elsewhere only where a process was killed while folders changed places, before `mend`.
    """
    old, part = _beside(folder, _OLD), part_of(folder)
    if (part / MANIFEST_FILE).exists():
        return part
    return old if old.exists() and not folder.exists() else folder


def new_part(folder: Path) -> Path:
    """Return an empty folder to gather the captures of `folder` in; what an earlier visit left there goes."""
    part = part_of(folder)
    mend(folder)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    return part


def discard(folder: Path) -> None:
    """Throw away what was gathered beside `folder`, and the folders above where they are empty now."""
    shutil.rmtree(part_of(folder), ignore_errors=True)
    with contextlib.suppress(OSError):  # not empty: others' captures lie there
        folder.parent.rmdir()
        folder.parent.parent.rmdir()


def shelve(
    folder: Path, captures: Iterable[Capture], report: SiteReport, sums: Mapping[str, Sums] | None = None
) -> SiteReport:
    """Put what was gathered beside `folder` into its place, or keep what is there; return the report.

    The captures are those of the journal, with whatever was added to them; `sums` are of what was written to
    the WARC files, by name. What is in its place when this returns outlasts a loss of power.

    Raises:
        OSError: the disk is full or broken; what was gathered is still there.
        CaptureError: a WARC file has not the bytes that were written to it.
    """
    part = part_of(folder)
    rests = is_rested_on(folder)
    if rests or _keeps_earlier(folder, report):
        if rests or not report.finish.can_go_on:
            shutil.rmtree(part, ignore_errors=True)
        report = replace(report, kept_earlier=True, detail=_RESTS if rests else report.detail)
        _note_attempt(folder, report)
        return report
    part.mkdir(parents=True, exist_ok=True)
    write_captures(part, captures)
    shelve_refusals(part)
    write_report(part, report)
    _note_attempt(part, report)
    write_manifest(part, sums, without=() if report.finish.can_go_on else (JOURNAL_FILE,))
    _swap(part, folder)
    return report


def _keeps_earlier(folder: Path, report: SiteReport) -> bool:
    """Whether what is there is worth more than what came now."""
    if not _is_worth_keeping(folder):
        return False
    return report.seen_count == 0 or (report.finish.can_go_on and not _goes_beyond(folder, report))


def _goes_beyond(folder: Path, report: SiteReport) -> bool:
    """Whether what is there was stopped before its end as well, and saw no more."""
    if not (folder / REPORT_FILE).exists():
        return False
    earlier = read_report(folder)
    return earlier.finish.can_go_on and earlier.seen_count <= report.seen_count


def _note_attempt(folder: Path, report: SiteReport) -> None:
    with (folder / ATTEMPTS_FILE).open("a", encoding="utf-8") as attempts:
        attempts.write(as_json(report) + "\n")


def _is_worth_keeping(folder: Path) -> bool:
    """Whether `folder` holds captures that saw something."""
    path = folder / CAPTURES_FILE
    if not path.exists():
        return False
    columns = pq.read_table(path, columns=["outcome", "depth"])
    of_pages = columns.filter(pc.greater_equal(columns["depth"], 0))
    return any(Outcome(outcome).is_observation for outcome in of_pages["outcome"].unique().to_pylist())


def _swap(part: Path, folder: Path) -> None:
    """Let `part` take the place of `folder`, with the attempts that were noted there."""
    old = _beside(folder, _OLD)
    if JOURNAL_FILE not in read_manifest(part).files:
        (part / JOURNAL_FILE).unlink(missing_ok=True)
    if folder.exists():
        _carry_attempts(folder, part)
    on_disk_for_good(part)
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    on_disk_for_good(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def _carry_attempts(folder: Path, part: Path) -> None:
    """Put the attempts noted in `folder` before those in `part`; doing it again changes nothing."""
    earlier, newer = (_text(place / ATTEMPTS_FILE) for place in (folder, part))
    if not newer.startswith(earlier):
        beside = part / f"{ATTEMPTS_FILE}.new"
        beside.write_text(earlier + newer, encoding="utf-8")
        beside.replace(part / ATTEMPTS_FILE)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def mend(folder: Path) -> None:
    """Finish a change of places in which an earlier process was killed."""
    old, part = _beside(folder, _OLD), part_of(folder)
    if old.exists() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    if (part / MANIFEST_FILE).exists():  # written last: nothing but its place was missing
        _swap(part, folder)


def _beside(folder: Path, ending: str) -> Path:
    return folder.with_name(folder.name + ending)
