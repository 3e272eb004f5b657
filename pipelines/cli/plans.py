"""What a dry run says: what would be asked, made and replaced, of which nothing was done."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from crawlers.plan import CrawlPlan, PlannedVisit, Way
from crawlers.sites import SiteState
from pipelines.cli.options import NOTHING_DONE
from pipelines.operating.spans import span
from pipelines.operating.tables import aligned
from pipelines.scope import Scope

_WAYS: Mapping[Way, str] = {
    Way.FIRST: "the first",
    Way.RETURNS: "asks for what changed since {last_round}",
    Way.GOES_ON: "goes on where it was cut short",
    Way.AGAIN: "again: in place of what is there, if a page opens",
    Way.IN_VAIN: "again: what is there stays, for a later round rests on it",
    Way.DONE: "none: was done before this crawl was cut short",
    Way.OPTED_OUT: "none: {opt_out}",
}
_NOT_NAMED = "not named by --site"


def of_crawl(scope: Scope, plan: CrawlPlan) -> str:
    """Return whom a crawl would ask, how, and for how long at least."""
    asked = sum(visit.pages_left > 0 for visit in plan.visits)
    heading = (
        f"{scope.country_id}, round {scope.round_id}: {asked} of {len(plan.visits)} sites would be asked"
    )
    header = ("site", "stays under", "pages at most", "pause (s)", "this visit", "begins at")
    table = aligned(header, [_row(visit) for visit in plan.visits])
    about = "\n".join([*_left_out(scope, plan), *_manners(plan), *_time(plan)])
    return f"{NOTHING_DONE}\n\n{heading}\n\n{table}\n\n{about}"


def of_run(scope: Scope, plan: CrawlPlan, home: Path, digests: Iterable[str]) -> str:
    """Return the same of a run, and what it would do after the crawl."""
    has_memory = (home / "dagster.yaml").is_file()
    lines = (
        "Then pages would be read, services judged, and all rounds published",
        f"  warehouse   {scope.data / 'warehouse.duckdb'}, in place of what is there",
        f"  release     in {scope.data / 'publish'}, beside those that are there, if the gate lets it pass",
        f"  digest      in {scope.data / 'digests'}; sent to: {', '.join(digests) or 'nobody'}",
        f"  Dagster     remembers it in {home}"
        if has_memory
        else f"  Dagster     forgets it: no dagster.yaml in {home}",
    )
    return "\n".join((of_crawl(scope, plan), "", *lines))


def of_run_as_json(scope: Scope, plan: CrawlPlan, home: Path, digests: Iterable[str]) -> str:
    """Return what a run would do for a program."""
    return json.dumps(
        {
            "dry_run": True,
            "country_id": scope.country_id,
            "round_id": scope.round_id,
            "data": str(scope.data),
            "user_agent": plan.user_agent,
            "sites_at_once": plan.registry.crawler.concurrent_sites,
            "least_seconds": plan.least_seconds,
            "sites": [_site(visit) for visit in plan.visits],
            "left_out": dict(_not_asked(scope, plan)),
            "opt_outs": [one.told() for one in plan.registry.opt_outs],
            "remembered_in": str(home) if (home / "dagster.yaml").is_file() else None,
            "digest_to": list(digests),
        },
        ensure_ascii=False,
        indent=2,
    )


def _row(visit: PlannedVisit) -> tuple[str | int, ...]:
    return (
        visit.site.id,
        " ".join(visit.site.stay_under),
        visit.pages_left,
        f"{visit.pause_seconds:g}",
        f"{_way(visit)}{f', {_hours(visit)}' if visit.hours else ''}",
        " ".join(visit.site.seeds),
    )


def _way(visit: PlannedVisit) -> str:
    opt_out = visit.opt_out.told() if visit.opt_out else ""
    return _WAYS[visit.way].format(last_round=visit.last_round, opt_out=opt_out)


def _hours(visit: PlannedVisit) -> str | None:
    hours = visit.hours
    return f"{hours.opens:%H:%M}-{hours.closes:%H:%M} {hours.time_zone}" if hours else None


def _left_out(scope: Scope, plan: CrawlPlan) -> list[str]:
    counts = Counter(_not_asked(scope, plan).values())
    told = ", ".join(f"{count} {why}" for why, count in counts.items())
    return [f"  left out    {told}"] if told else []


def _not_asked(scope: Scope, plan: CrawlPlan) -> dict[str, str]:
    """Return the sites of the registry that are not visited, each with why."""
    visited = {visit.site.id for visit in plan.visits}
    return {
        site.id: _NOT_NAMED if site.state is SiteState.LIVE else site.state.value
        for site in scope.registry.sites
        if site.id not in visited
    }


def _manners(plan: CrawlPlan) -> list[str]:
    stays = [f"  stays out   {one.told()}" for one in plan.registry.opt_outs]
    is_played = plan.registry.sample is not None
    here = ["  where       on this machine, which plays the republic meanwhile"] if is_played else []
    return [f"  goes as     {plan.user_agent}", *here, *stays]


def _time(plan: CrawlPlan) -> list[str]:
    at_once = f"{plan.registry.crawler.concurrent_sites} sites at once, one request at a time to each host"
    if not plan.least_seconds:
        return [f"  at once     {at_once}", "  takes       what the answers take: there are no pauses"]
    least = f"{span(plan.least_seconds)} at least, where each site has so many pages on one host"
    more = "answers take time too, and robots.txt may ask for longer pauses"
    return [f"  at once     {at_once}", f"  takes       {least}; {more}"]


def _site(visit: PlannedVisit) -> dict[str, object]:
    return {
        "site_id": visit.site.id,
        "stays_under": list(visit.site.stay_under),
        "seeds": list(visit.site.seeds),
        "max_pages": visit.max_pages,
        "pages_left": visit.pages_left,
        "pause_seconds": visit.pause_seconds,
        "visiting_hours": _hours(visit),
        "way": visit.way.value,
        "last_round": visit.last_round,
        "opt_out": visit.opt_out.told() if visit.opt_out else None,
    }
