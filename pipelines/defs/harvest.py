"""The whole harvest of a round as one run: what `baskych run` and the monthly schedule start.

For one site there is the job `one_site`.
"""

import dagster as dg

from pipelines.defs import work
from pipelines.defs.assets import POOL
from pipelines.defs.job_steps import JobSteps
from pipelines.defs.partitions import rounds
from pipelines.defs.runtimes import at_most
from pipelines.defs.told import Told
from pipelines.months import this_round
from pipelines.operating.progress import Reporter
from pipelines.scope import Scope

_THREE_IN_THE_MORNING_OF_THE_FIRST = "0 3 1 * *"


def harvest_job(scope: Scope, person: Reporter | None = None, pool: str | None = POOL) -> dg.JobDefinition:
    """Return the job that harvests all sites of a round, or those that `scope` asks for, and publishes.

    `person` is told of its steps too, and has chosen the round. Without a `pool` a run does not queue for
    the data folder.
    """
    steps = JobSteps(scope=scope, job="harvest", told=lambda log: Told(log, person), pool=pool)
    captures = steps.step("captures", work.captures, is_first=True)
    after_captures = steps.after_captures()

    @dg.job(
        partitions_def=rounds(scope),
        tags=at_most("round"),
        description="One round of all sites in one run: crawl, understand, build, check, publish.",
    )
    def harvest() -> None:
        done = captures()
        for step in after_captures:
            done = step(done)

    return harvest


def monthly(scope: Scope, job: dg.JobDefinition) -> dg.ScheduleDefinition:
    """Return the schedule that harvests a country on the first of each month, early, in its own time zone."""
    zone = scope.registry.country.time_zone

    @dg.schedule(
        job=job,
        cron_schedule=_THREE_IN_THE_MORNING_OF_THE_FIRST,
        execution_timezone=zone,
        description="Harvest the month that has just begun. Off until somebody switches it on: it asks real"
        " sites, whose owners must be able to reach the registry's contact.",
    )
    def monthly_harvest(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        """Harvest the month that has just begun."""
        return dg.RunRequest(partition_key=this_round(zone, context.scheduled_execution_time))

    return monthly_harvest
