"""Crawl the sites of a registry for one round: sites in, captures out, one report a site.

The crawling itself happens in a child process. Whatever becomes of that process (it may even end with
success and have done nothing), every site asked for has captures and a report when this ends.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from crawlers.crawling.child_process import ChildProcess
from crawlers.crawling.jobs import Job, Progress
from crawlers.crawling.left_behind import ending, kept_apart, put_away
from crawlers.crawling.unfinished import finished_before, forget_jobs, job_id
from crawlers.politeness.state import hosts_folder
from crawlers.reports import Finish, SiteReport, as_json, from_json
from crawlers.sites import Registry, Site
from crawlers.storing.lock import only_one
from crawlers.storing.shelf import site_folder

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
    sites = asked_for(registry, site_ids)
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


def asked_for(registry: Registry, site_ids: Sequence[str]) -> tuple[Site, ...]:
    """Return the live sites meant: all, or those of `site_ids`; one that is not live is not visited.

    Raises:
        UnknownSiteError: a site id is not in the registry.
    """
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
                how = (Finish.INTERRUPTED, None) if wrong_clock else ending(child, full)
                reports[site_id] = put_away(job, site_id, how)
    if wrong_clock:
        raise kept_apart(job, is_new, wrong_clock[0])
    if not any(report.finish.can_go_on for report in reports.values()):
        forget_jobs(job)
    return tuple(reports[site_id] for site_id in sorted(reports))
