"""Crawl the sites of a registry for one round: sites in, captures out, one report a site.

The crawling itself happens in a child process. Whatever becomes of that process (it may even end with
success and have done nothing), every site asked for has captures and a report when this ends.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import structlog

from crawlers.captures import Capture
from crawlers.crawling.child_process import ChildProcess
from crawlers.crawling.jobs import Job, Progress
from crawlers.crawling.unfinished import finished_before, forget_jobs, job_id
from crawlers.errors import WrongClockError
from crawlers.outcomes import Outcome
from crawlers.politeness.state import hosts_folder
from crawlers.reports import Finish, SiteReport, as_json, counted, from_json, report_on
from crawlers.sites import Registry, Site
from crawlers.storing.apart import set_apart
from crawlers.storing.journal import read_journal
from crawlers.storing.lock import only_one
from crawlers.storing.recorder import Whose, capture_of
from crawlers.storing.repair import repair
from crawlers.storing.shelf import part_of, shelve, site_folder
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.frontier import Wanted

_log = structlog.get_logger("crawlers")

OnProgress = Callable[[Progress], None]


def crawl(  # noqa: PLR0913 - the contract of ARCHITECTURE.md; all but the first by name
    registry: Registry,
    *,
    round_id: str,
    data: Path,
    site_ids: Sequence[str] = (),
    max_pages: int | None = None,
    on_progress: OnProgress | None = None,
) -> tuple[SiteReport, ...]:
    """Crawl the registry's live sites, or those of `site_ids`; return a report for each, by site id.

    `round_id` is a month as YYYY-MM; `max_pages` bounds each site in place of the registry's own bounds.
    A registry of the sample republic is served on loopback meanwhile.

    Raises:
        UnknownSiteError: a site id is not in the registry.
        LockHeldError: another process works in `data`.
        StateFolderError: there is nowhere to keep hosts' queues.
        WrongClockError: the servers agree on another day than ours; the visits were stopped, and what they
            captured lies apart.
        KeyboardInterrupt: Ctrl-C was pressed; what was under way has been put away tidily before.
    """
    hosts_folder()
    sites = _asked_for(registry, site_ids)
    wanted = tuple(site.id for site in sites)
    with only_one(data), _sample_served(registry):
        job = Job(
            registry=registry,
            round_id=round_id,
            data=data.resolve(),
            site_ids=wanted,
            max_pages=max_pages,
            job_id=job_id(data, round_id, registry.country.id, wanted, max_pages),
        )
        return _crawl(job, on_progress or (lambda _: None))


def _asked_for(registry: Registry, site_ids: Sequence[str]) -> tuple[Site, ...]:
    """The live sites meant; one that is known but not live is not visited."""
    wanted = {registry.site(site_id).id for site_id in site_ids}
    return tuple(site for site in registry.live_sites if not wanted or site.id in wanted)


@contextlib.contextmanager
def _sample_served(registry: Registry) -> Iterator[None]:
    """Serve the sample republic while its registry is crawled."""
    if registry.sample is None:
        yield
        return
    from crawlers.sample import served  # noqa: PLC0415 - only the sample needs its servers

    with served(registry):
        yield


def _crawl(job: Job, on_progress: OnProgress) -> tuple[SiteReport, ...]:
    """Visit the sites of the job but those that it finished before it was cut short."""
    before = {site_id: finished_before(job, site_id) for site_id in job.site_ids}
    reports = {site_id: report for site_id, report in before.items() if report is not None}
    is_new = [one for one in job.site_ids if not site_folder(job.data, job.round_id, one).exists()]
    wrong_clock: list[str] = []

    def take_in(event: Progress) -> None:
        if event.kind == "wrong_clock":
            wrong_clock.append(event.detail)
            return
        if event.kind == "finished":
            reports[event.site_id] = from_json(event.report)
        on_progress(event)

    for report in tuple(reports.values()):
        take_in(Progress(kind="finished", site_id=report.site_id, report=as_json(report)))
    child = ChildProcess(
        job.model_copy(update={"site_ids": tuple(one for one in job.site_ids if one not in reports)})
    )
    try:
        child.run(take_in)
    finally:
        full = next((one.detail for one in reports.values() if one.finish is Finish.DISK_FULL), None)
        for site_id in job.site_ids:
            if site_id not in reports:
                ending = (Finish.INTERRUPTED, None) if wrong_clock else _ending(child, full)
                reports[site_id] = _put_away(job, site_id, ending)
    if wrong_clock:
        raise _set_apart(job, is_new, wrong_clock[0])
    if not any(report.finish.can_go_on for report in reports.values()):
        forget_jobs(job)
    return tuple(reports[site_id] for site_id in sorted(reports))


def _set_apart(job: Job, site_ids: Sequence[str], fault: str) -> WrongClockError:
    """Keep what was captured under a wrong clock out of the rounds; return the error that says so."""
    forget_jobs(job)
    apart = set_apart(job.data, job.round_id, site_ids, fault)
    return WrongClockError(
        f"{fault}; set it (NTP) before you crawl again. Nothing was filed under {job.round_id}:"
        f" what had been captured is kept in {apart}"
    )


def _ending(child: ChildProcess, full: str | None) -> tuple[Finish, str | None]:
    """Why sites that the child did not finish came to no end, and in words."""
    if child.was_interrupted:
        return Finish.INTERRUPTED, None
    return (Finish.DISK_FULL, full) if full else (Finish.CRAWLER_FAILED, child.last_words)


def _put_away(job: Job, site_id: str, ending: tuple[Finish, str | None]) -> SiteReport:
    """Shelve what the child left of a site that it did not finish, and say that it did not."""
    finish, detail = ending
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
