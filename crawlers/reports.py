"""What came of one site in one round: how the visit ended, what was seen, and whose fault the rest was."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum, unique
from pathlib import Path

from crawlers.captures import Capture
from crawlers.errors import CaptureError
from crawlers.outcomes import about

REPORT_FILE = "site.json"


@unique
class Finish(StrEnum):
    """Why a visit ended."""

    FINISHED = "finished"  # nothing was left to ask for
    PAGE_LIMIT = "page_limit"
    GAVE_UP = "gave_up"  # the site no longer answered, or asked to be left alone
    HOURS_OVER = "hours_over"  # the site's visiting hours ended before everything was asked for
    OPTED_OUT = "opted_out"  # the site asked by letter to be left alone
    INTERRUPTED = "interrupted"
    CRAWLER_FAILED = "crawler_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What came of one site in one round."""

    site_id: str
    round_id: str
    finish: Finish
    counts: Mapping[str, int]  # outcome -> how many addresses of the site; robots.txt is not among them
    faults: Mapping[str, int]  # fault -> how many of those that could not be looked at
    seen_count: int  # pages that could be looked at
    detail: str | None  # for a person: what went wrong
    kept_earlier: bool  # the visit gave nothing better than what the round had of the site already

    @property
    def is_failure(self) -> bool:
        """Whether nothing at all could be looked at, or our own crawler failed."""
        return self.seen_count == 0 or self.finish is Finish.CRAWLER_FAILED


def report_on(
    site_id: str, round_id: str, captures: Iterable[Capture], finish: Finish, detail: str | None = None
) -> SiteReport:
    """Return the report on a visit that gave `captures`."""
    pages = [capture for capture in captures if capture.depth >= 0]
    unseen = [capture for capture in pages if not capture.outcome.is_observation]
    return SiteReport(
        site_id=site_id,
        round_id=round_id,
        finish=finish,
        counts=_counted(capture.outcome.value for capture in pages),
        faults=_counted(about(capture.outcome).fault.value for capture in unseen),
        seen_count=len(pages) - len(unseen),
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


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
