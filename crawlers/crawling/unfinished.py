"""Let a crawl that was cut short go on: sites that it had finished are not visited again.

A crawl under way has an id in a file of its own beside the sites' folders, and every site's folder says which
crawl it came from. The file goes when the crawl has come to its end.
"""

import uuid
from pathlib import Path

from crawlers.crawling.jobs import Job
from crawlers.crawling.ownership import rival_scopes
from crawlers.reports import REPORT_FILE, SiteReport, read_report
from crawlers.sites import Registry, Site
from crawlers.storing.shelf import lying_at, mend, site_folder
from crawlers.storing.ticket import Ticket, digest, read_ticket

_ENDING = ".job"


def job_id(data: Path, round_id: str, country_id: str, wanted: tuple[str, ...], max_pages: int | None) -> str:
    """Return the id of the crawl of the sites `wanted`: that of the one cut short, or a new one."""
    known = known_job_id(data, round_id, country_id, wanted, max_pages)
    if known:
        return known
    path = _job_file(data, round_id, country_id, wanted, max_pages)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = uuid.uuid4().hex
    beside = path.with_suffix(".new")
    beside.write_text(new + "\n", encoding="utf-8")
    beside.replace(path)
    return new


def known_job_id(
    data: Path, round_id: str, country_id: str, wanted: tuple[str, ...], max_pages: int | None
) -> str | None:
    """Return the id of the crawl of the sites `wanted` that was cut short; None where none was."""
    path = _job_file(data, round_id, country_id, wanted, max_pages)
    return path.read_text(encoding="utf-8").strip() or None if path.exists() else None


def _job_file(
    data: Path, round_id: str, country_id: str, wanted: tuple[str, ...], max_pages: int | None
) -> Path:
    return data / "captures" / round_id / f"{country_id}-{digest(*wanted, str(max_pages))}{_ENDING}"


def forget_jobs(job: Job) -> None:
    """Note that the crawl came to its end, and with it those of the same country and round before it."""
    folder = job.data / "captures" / job.round_id
    for path in folder.glob(f"{job.registry.country.id}-*{_ENDING}"):
        path.unlink()


def ticket_of(job: Job, site: Site) -> Ticket:
    """Return what tells the visit of `site` in `job` from others."""
    return Ticket(
        round_id=job.round_id, site_id=site.id, bounds=_bounds(site, job.registry), job_id=job.job_id
    )


def finished_before(job: Job, site_id: str) -> SiteReport | None:
    """Return the report of a site that this same crawl finished before it was cut short, if it did."""
    mend(site_folder(job.data, job.round_id, site_id))
    return told_finished(job, site_id)


def told_finished(job: Job, site_id: str) -> SiteReport | None:
    """Return the same, and write nothing."""
    folder = lying_at(site_folder(job.data, job.round_id, site_id))
    if read_ticket(folder) != ticket_of(job, job.registry.site(site_id)):
        return None
    report = read_report(folder) if (folder / REPORT_FILE).exists() else None
    return None if report is None or report.finish.can_go_on else report


def _bounds(site: Site, registry: Registry) -> str:
    """A digest of where a site begins and ends; how long its visit may last does not matter."""
    return digest(*map(str, (site.seeds, site.stay_under, site.languages, rival_scopes(site, registry))))
