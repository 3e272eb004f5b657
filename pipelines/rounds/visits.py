"""Say how the visit of each site of a round ended, so that a crawl cut short cannot pass as a whole one."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from crawlers.captures_io import CAPTURES_FILE
from crawlers.reports import REPORT_FILE, Finish, SiteReport, from_json, read_report
from crawlers.storing.manifest import ATTEMPTS_FILE, MANIFEST_FILE
from crawlers.storing.shelf import is_shelved, part_of
from pipelines.records import VisitRow

KILLED = "killed"  # the visit's folder was never put in its place: no report, no captures to read
UNREPORTED = "unreported"  # captures that no visit of ours put there
CUT_SHORT = frozenset({Finish.INTERRUPTED, Finish.CRAWLER_FAILED, Finish.DISK_FULL, KILLED})


def visit_rows(data: Path, round_id: str, country_id: str) -> Iterator[VisitRow]:
    """Yield a row for each site of the country that a visit of the round was begun to, by its id.

    Raises:
        CaptureError: a report is there and cannot be read.
    """
    part = part_of(Path("x")).suffix
    folders = (data / "captures" / round_id).glob(f"{country_id}-*/")
    names = {folder.name for folder in folders if folder.name.endswith(part) or is_shelved(folder)}
    for name in sorted({name.removesuffix(part) for name in names}):  # names: there may be many thousands
        yield _row(data / "captures" / round_id / name, country_id)


def _row(folder: Path, country_id: str) -> VisitRow:
    report = read_report(folder) if (folder / REPORT_FILE).exists() else None
    attempts = _attempts(folder)
    finish = report.finish.value if report else _without_report(folder)
    return VisitRow(
        site_id=folder.name,
        country_id=country_id,
        round_id=folder.parent.name,
        finish=finish,
        detail=report.detail if report else None,
        is_cut_short=finish in CUT_SHORT,
        seen_count=report.seen_count if report else 0,
        attempt_count=len(attempts),
        vain_attempt_count=sum(attempt.kept_earlier for attempt in attempts),
        manifest_sha256=_sha256(folder / MANIFEST_FILE),
    )


def _without_report(folder: Path) -> str:
    return UNREPORTED if (folder / CAPTURES_FILE).exists() else KILLED


def _attempts(folder: Path) -> list[SiteReport]:
    """The attempts that were noted beside the captures, in their order."""
    path = folder / ATTEMPTS_FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [from_json(line) for line in lines]


def _sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None
