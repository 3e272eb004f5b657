"""What becomes of the sites that the crawling process did not finish, or visited under a wrong clock."""

from collections.abc import Sequence
from itertools import chain

import structlog

from crawlers.captures import Capture
from crawlers.crawling.child_process import ChildProcess
from crawlers.crawling.jobs import Job
from crawlers.crawling.unfinished import finished_before, forget_jobs
from crawlers.errors import WrongClockError
from crawlers.outcomes import Outcome
from crawlers.reports import Finish, SiteReport, counted, report_on
from crawlers.storing.apart import set_apart
from crawlers.storing.journal import read_journal
from crawlers.storing.recorder import Whose, capture_of
from crawlers.storing.repair import repair
from crawlers.storing.shelf import part_of, shelve, site_folder
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.frontier import Wanted

_log = structlog.get_logger("crawlers")


def kept_apart(job: Job, site_ids: Sequence[str], fault: str) -> WrongClockError:
    """Keep what was captured under a wrong clock out of the rounds; return the error that says so."""
    forget_jobs(job)
    apart = set_apart(job.data, job.round_id, site_ids, fault)
    return WrongClockError(
        f"{fault}; set it (NTP) before you crawl again. What was captured is no round's, and kept in {apart}"
    )


def ending(child: ChildProcess, full: str | None) -> tuple[Finish, str | None]:
    """Return why sites that the child did not finish came to no end, and in words; `full`: of a full disk."""
    if child.was_interrupted:
        return Finish.INTERRUPTED, None
    return (Finish.DISK_FULL, full) if full else (Finish.CRAWLER_FAILED, child.last_words)


def put_away(job: Job, site_id: str, how: tuple[Finish, str | None]) -> SiteReport:
    """Shelve what the child left of a site that it did not finish; the report says `how` that ended."""
    finish, detail = how
    folder = site_folder(job.data, job.round_id, site_id)
    finished = finished_before(job, site_id)
    if finished:
        return finished
    sums = repair(part_of(folder)).sums
    counts = counted(read_journal(part_of(folder)))
    more: list[Capture] = []
    if finish is Finish.CRAWLER_FAILED:
        more.append(_failed(job, site_id, sum(1 for _ in read_journal(part_of(folder))), detail or ""))
        counts.add(more[0])
        _log.error("site_crawl_failed", site_id=site_id, detail=detail)
    report = report_on(site_id, job.round_id, counts, finish, detail)
    return shelve(folder, chain(read_journal(part_of(folder)), more), report, sums)


def _failed(job: Job, site_id: str, seq: int, detail: str) -> Capture:
    """The capture that says that we, not the site, failed."""
    whose = Whose(country_id=job.registry.country.id, round_id=job.round_id, site_id=site_id)
    wanted = Wanted(url=job.registry.site(site_id).seeds[0], depth=0)
    return capture_of(Attempt(wanted=wanted, outcome=Outcome.CRAWLER_FAILED, detail=detail), None, whose, seq)
