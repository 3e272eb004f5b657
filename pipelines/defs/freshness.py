"""What turns red when data grow old: a check for each site, and a deadline for each month's harvest.

The checks go by the site's own rhythm (`pipelines.desk.rhythm`), and by the calendar: they turn red too
when nobody harvests any more, because the job `watch` asks them every week.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import dagster as dg

from pipelines.defs.answers import Answer, asked, name_of
from pipelines.defs.on_store import seen_anew
from pipelines.defs.runtimes import at_most
from pipelines.desk.words import FRESHNESS
from pipelines.scope import Scope

WATCH = "watch"
_SIX_ON_MONDAYS = "0 6 * * 1"
# The monthly harvest begins on the first at three; a country's round takes less than two days.
_DEADLINE, _TIME_TO_HARVEST = "0 3 3 * *", timedelta(days=2)


def deadline(scope: Scope) -> dg.FreshnessPolicy:
    """Return the promise that a month's harvest is there on the third, in the country's time zone."""
    return dg.FreshnessPolicy.cron(
        deadline_cron=_DEADLINE,
        lower_bound_delta=_TIME_TO_HARVEST,
        timezone=scope.registry.country.time_zone,
    )


def freshness_checks(scope: Scope) -> dg.AssetChecksDefinition:
    """Return one check a live site: is what readers see of it fresh?"""

    @dg.multi_asset_check(name="freshness", specs=_specs(scope), can_subset=True)
    def freshness(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        yield from asked(context, check_freshness(scope))

    return freshness


def check_freshness(scope: Scope) -> Iterator[Answer]:
    """Say of each live site whether it is stale, why, and what to do."""
    from pipelines.desk.silence import look  # noqa: PLC0415 - the definitions must not wait for it

    with seen_anew(scope):
        sites = look(scope)
    for site in sites:
        yield Answer(
            asset="release",
            name=name_of(FRESHNESS, site.site_id),
            passed=site.state == "fresh",
            severity=dg.AssetCheckSeverity.ERROR if site.is_stale else dg.AssetCheckSeverity.WARN,
            metadata={
                "why": site.reason("en"),
                "what to do": site.to_do("en"),
                "last seen in round": site.last_seen_round or "never",
                "state": site.state,
            },
        )


def watch_job(scope: Scope) -> dg.JobDefinition:
    """Return the job that asks all freshness checks and crawls nothing."""

    @dg.op(out=dg.Out(dg.Nothing), description="Ask of each live site whether what is published is fresh.")
    def watch_freshness(context: dg.OpExecutionContext) -> None:
        for answer in check_freshness(scope):
            context.log_event(answer.event())  # type: ignore[arg-type]  # the annotation forgets checks

    @dg.job(
        name=WATCH,
        tags=at_most("desk"),
        description="Turn red what grew stale, also when no harvest runs. Crawls nothing.",
    )
    def watch() -> None:
        watch_freshness()

    return watch


def weekly(scope: Scope, job: dg.JobDefinition) -> dg.ScheduleDefinition:
    """Return the schedule that watches, on Monday mornings in the country's time zone."""
    return dg.ScheduleDefinition(
        name="weekly_watch",
        job=job,
        cron_schedule=_SIX_ON_MONDAYS,
        execution_timezone=scope.registry.country.time_zone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Look for stale sites; it asks no site for anything, so it runs from the start.",
    )


def _specs(scope: Scope) -> Sequence[dg.AssetCheckSpec]:
    return [
        dg.AssetCheckSpec(
            name_of(FRESHNESS, site.id),
            asset="release",
            description=f"What readers see of {site.id} is not older than its own rhythm allows.",
        )
        for site in scope.registry.live_sites
    ]
