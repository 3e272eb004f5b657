"""What came of one site in one round: how the visit ended, what was seen, and whose fault the rest was."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum, unique
from pathlib import Path

from crawlers.captures import Capture
from crawlers.errors import CaptureError
from crawlers.outcomes import Outcome, about

REPORT_FILE = "site.json"


@unique
class Finish(StrEnum):
    """Why a visit ended."""

    FINISHED = "finished"  # nothing was left to ask for
    PAGE_LIMIT = "page_limit"
    TIME_LIMIT = "time_limit"  # its answers together took longer than we wait for one site
    GAVE_UP = "gave_up"  # the site no longer answered, or asked to be left alone
    HOURS_OVER = "hours_over"  # the site's visiting hours ended before everything was asked for
    OPTED_OUT = "opted_out"  # the site asked by letter to be left alone
    INTERRUPTED = "interrupted"
    CRAWLER_FAILED = "crawler_failed"
    DISK_FULL = "disk_full"

    @property
    def can_go_on(self) -> bool:
        """Whether the next crawl of the round goes on where this visit was ended."""
        return self in _TO_BE_CONTINUED


_TO_BE_CONTINUED = {Finish.INTERRUPTED, Finish.CRAWLER_FAILED, Finish.DISK_FULL, Finish.HOURS_OVER}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What came of one site in one round."""

    site_id: str
    round_id: str
    finish: Finish
    counts: Mapping[str, int]  # outcome -> how many addresses of the site; robots.txt is not among them
    faults: Mapping[str, int]  # fault -> how many of those that could not be looked at
    seen_count: int  # pages that could be looked at; what was not due was not looked at
    detail: str | None  # for a person: what went wrong
    kept_earlier: bool  # the visit gave nothing better than what the round had of the site already

    @property
    def is_failure(self) -> bool:
        """Whether nothing at all could be looked at, or our own crawler failed."""
        return self.seen_count == 0 or self.finish is Finish.CRAWLER_FAILED


@dataclass(slots=True)
class Counts:
    """What a visit gave, counted as it comes, so that nobody has to hold all captures at once."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    seen: int = 0

    def add(self, capture: Capture) -> None:
        """Count one capture; robots.txt, which is no page, is left out."""
        if capture.depth < 0:
            return
        self.outcomes[capture.outcome.value] += 1
        if not capture.outcome.is_observation:
            self.faults[about(capture.outcome).fault.value] += 1
        elif capture.outcome is not Outcome.NOT_DUE:
            self.seen += 1


def counted(captures: Iterable[Capture]) -> Counts:
    """Return the counts of `captures`."""
    counts = Counts()
    for capture in captures:
        counts.add(capture)
    return counts


def report_on(
    site_id: str, round_id: str, counts: Counts, finish: Finish, detail: str | None = None
) -> SiteReport:
    """Return the report on a visit that gave what `counts` says."""
    return SiteReport(
        site_id=site_id,
        round_id=round_id,
        finish=finish,
        counts=dict(sorted(counts.outcomes.items())),
        faults=dict(sorted(counts.faults.items())),
        seen_count=counts.seen,
        detail=detail,
        kept_earlier=False,
    )


def write_report(folder: Path, report: SiteReport) -> None:
    """Write `report` as `site.json` into `folder`."""
    (folder / REPORT_FILE).write_text(as_json(report) + "\n", encoding="utf-8")


def read_report(folder: Path) -> SiteReport:
    """Return the report in `folder`.

    Raises:
        CaptureError: there is none, or it is not one.
    """
    path = folder / REPORT_FILE
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, KeyError) as failure:
        raise CaptureError(f"{path}: cannot be read ({failure}); expected the report on a site") from failure


def as_json(report: SiteReport) -> str:
    """Return `report` as one line of JSON, always in the same order."""
    return json.dumps(asdict(report), ensure_ascii=False, sort_keys=True)


def from_json(line: str) -> SiteReport:
    """Return the report that `as_json` wrote."""
    fields = json.loads(line)
    return SiteReport(**(fields | {"finish": Finish(fields["finish"])}))
