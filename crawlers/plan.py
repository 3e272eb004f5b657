"""Say what a crawl would do, and do nothing: no site is asked, no file is made or changed.

All of it is told by the rules that the crawl itself goes by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from pathlib import Path

from crawlers.crawling.allowance import page_limit, pause_seconds
from crawlers.crawling.jobs import Job
from crawlers.crawling.ownership import lanes
from crawlers.crawling.unfinished import known_job_id, ticket_of, told_finished
from crawlers.harvest import asked_for
from crawlers.network.addresses import parse_address
from crawlers.policy import user_agent
from crawlers.politeness.manners import hours_of
from crawlers.politeness.opt_outs import OptOut, opt_out_of
from crawlers.politeness.state import refuse_no_hosts_folder
from crawlers.politeness.visiting_hours import VisitingHours
from crawlers.sites import Registry, Site
from crawlers.storing.journal import lines
from crawlers.storing.lock import refuse_another
from crawlers.storing.resting import is_rested_on
from crawlers.storing.resume import Beginning, beginning
from crawlers.storing.shelf import lying_at, part_of, site_folder
from crawlers.visiting.coming_back import coming_back_rules
from crawlers.visiting.earlier import earlier_folders
from crawlers.visiting.patience import costs_a_page


@unique
class Way(StrEnum):
    """In what way a site would be visited."""

    FIRST = "first"  # nothing is known of it
    RETURNS = "returns"  # an earlier round saw it: only what changed is sent
    GOES_ON = "goes_on"  # the visit of this round was cut short
    AGAIN = "again"  # this round has seen it; what is there stays unless the new visit sees a page
    IN_VAIN = "in_vain"  # the same, but a later round rests on what is there, so that stays
    DONE = "done"  # this very crawl, which was cut short, has finished it
    OPTED_OUT = "opted_out"  # its owner asked by letter to be left alone


_ASKS_NOTHING = {Way.DONE, Way.OPTED_OUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """What would be done at one site."""

    site: Site
    way: Way
    max_pages: int  # in this round
    pages_left: int  # of those; what a visit asked before it was cut short is not asked for again
    pause_seconds: float  # between two requests to a host
    hours: VisitingHours | None  # None: at any time
    last_round: str | None  # the newest before this one that has captures of the site
    opt_out: OptOut | None  # that keeps us from where it begins


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPlan:
    """What a crawl would do."""

    registry: Registry
    user_agent: str
    visits: tuple[PlannedVisit, ...]  # in the registry's order

    @property
    def least_seconds(self) -> float:
        """How long it takes at least where each site has all the pages that it may be asked for.

        A host is asked one request after the other, and only so many sites are visited at once.
        """
        seconds = {visit.site.id: visit.pages_left * visit.pause_seconds for visit in self.visits}
        in_line = lanes(tuple(visit.site for visit in self.visits))
        longest = max((sum(seconds[site.id] for site in lane) for lane in in_line), default=0.0)
        return max(longest, sum(seconds.values()) / self.registry.crawler.concurrent_sites)


def plan(
    registry: Registry,
    *,
    round_id: str,
    data: Path,
    site_ids: Sequence[str] = (),
    max_pages: int | None = None,
) -> CrawlPlan:
    """Return what `harvest.crawl` would do if it were called with the same.

    Raises:
        UnknownSiteError, LockHeldError, StateFolderError: as `harvest.crawl`.
        CaptureError: what the round has of a site cannot be read.
    """
    refuse_no_hosts_folder()
    sites = asked_for(registry, site_ids)
    refuse_another(data)
    wanted = tuple(site.id for site in sites)
    job = Job(
        registry=registry,
        round_id=round_id,
        data=data.resolve(),
        site_ids=wanted,
        max_pages=max_pages,
        job_id=known_job_id(data, round_id, registry.country.id, wanted, max_pages) or "",
    )
    visits = tuple(_planned(job, site) for site in sites)
    return CrawlPlan(registry=registry, user_agent=user_agent(registry), visits=visits)


def _planned(job: Job, site: Site) -> PlannedVisit:
    """Return what would be done at one site of a job."""
    folder = site_folder(job.data, job.round_id, site.id)
    kept = _gone_on_with(job, site, folder)
    earlier = earlier_folders(folder, coming_back_rules().remembered_rounds)
    seeds = [address for address in map(parse_address, site.seeds) if address]
    opt_outs = [opt_out_of(seed, job.registry.opt_outs) for seed in seeds]
    if job.job_id and told_finished(job, site.id):
        way = Way.DONE
    elif all(opt_outs):
        way = Way.OPTED_OUT
    else:
        way = Way.GOES_ON if kept else _way_anew(folder, is_known=bool(earlier))
    limit = page_limit(site, job.registry, job.max_pages)
    return PlannedVisit(
        site=site,
        way=way,
        max_pages=limit,
        pages_left=0 if way in _ASKS_NOTHING else max(0, limit - _asked_in(kept)),
        pause_seconds=pause_seconds(site, job.registry),
        hours=hours_of(site, job.registry),
        last_round=earlier[-1].parent.name if earlier else None,
        opt_out=next(filter(None, opt_outs), None),
    )


def _gone_on_with(job: Job, site: Site, folder: Path) -> Path | None:
    """Return where that lies with which a visit would go on; None where it begins anew."""
    begins_with = beginning(folder, ticket_of(job, site))
    if begins_with is Beginning.NOTHING:
        return None
    return part_of(folder) if begins_with is Beginning.PART else lying_at(folder)


def _asked_in(place: Path | None) -> int:
    """Return how many of its pages a visit that was cut short has asked for."""
    asked = (line.entry.capture for line in lines(place) if line.entry.was_asked) if place else ()
    return sum(costs_a_page(capture.outcome, capture.depth) for capture in asked)


def _way_anew(folder: Path, *, is_known: bool) -> Way:
    """Return in what way a visit begins that goes on with none."""
    if lying_at(folder).exists():
        return Way.IN_VAIN if is_rested_on(folder) else Way.AGAIN
    return Way.RETURNS if is_known else Way.FIRST
