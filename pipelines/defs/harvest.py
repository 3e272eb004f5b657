"""The whole harvest of a round as one run: what `baskych run` and the monthly schedule start.

Dagster cannot put assets with different partitions into one run, so this job takes the same steps in the
same order and reports to the same assets. For one site, materialise its partition of the assets instead.
"""

import logging
from collections.abc import Callable

import dagster as dg

from pipelines.defs import work
from pipelines.defs.assets import POOL
from pipelines.defs.checks import check_expectations, check_promises
from pipelines.defs.partitions import rounds
from pipelines.defs.told import Told
from pipelines.months import this_round
from pipelines.operating.progress import Reporter
from pipelines.scope import Scope

AFTER = {"after": dg.In(dg.Nothing)}
_THREE_IN_THE_MORNING_OF_THE_FIRST = "0 3 1 * *"


def harvest_job(scope: Scope, person: Reporter | None = None, pool: str | None = POOL) -> dg.JobDefinition:
    """Return the job that harvests all sites of a round, or those that `scope` asks for, and publishes.

    `person` is told of its steps too. Without a `pool` a run does not queue for the data folder.
    """

    def told(log: logging.Logger) -> Told:
        return Told(log, person)

    captures, pages, services, warehouse = (
        _step(scope, name, do, told=told, pool=pool)
        for name, do in (
            ("captures", work.captures),
            ("pages", work.pages),
            ("services", work.services),
            ("warehouse", work.warehouse),
        )
    )
    checks, release = _checks(scope), _release(scope, told=told, pool=pool)

    @dg.job(
        partitions_def=rounds(scope),
        description="One round of all sites in one run: crawl, understand, build, check, publish.",
    )
    def harvest() -> None:
        release(checks(warehouse(services(pages(captures())))))

    return harvest


def monthly(scope: Scope, job: dg.JobDefinition) -> dg.ScheduleDefinition:
    """Return the schedule that harvests a country on the first of each month, early, in its own time zone."""
    zone = scope.registry.country.time_zone

    @dg.schedule(job=job, cron_schedule=_THREE_IN_THE_MORNING_OF_THE_FIRST, execution_timezone=zone)
    def monthly_harvest(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        """Harvest the month that has just begun."""
        return dg.RunRequest(partition_key=this_round(zone, context.scheduled_execution_time))

    return monthly_harvest


def _step(
    scope: Scope, asset: str, do: work.Work, *, told: Callable[[logging.Logger], Told], pool: str | None
) -> dg.OpDefinition:
    """Return the step that does the work of `asset` for a whole round and reports to it."""
    ins = {} if asset == "captures" else AFTER

    @dg.op(name=f"harvest_{asset}", description=do.__doc__, ins=ins, out=dg.Out(dg.Nothing), pool=pool)
    def step(context: dg.OpExecutionContext) -> None:
        for key, metadata in do(scope.at(context.partition_key), told(context.log)).items():
            context.log_event(dg.AssetMaterialization(asset, partition=key, metadata=metadata))

    return step


def _checks(scope: Scope) -> dg.OpDefinition:
    """Return the step that asks every check; publishing refuses by itself what is broken."""

    @dg.op(
        ins=AFTER, out=dg.Out(dg.Nothing), description="Ask every check of the warehouse and the registry."
    )
    def harvest_checks(context: dg.OpExecutionContext) -> None:
        of_round = scope.at(context.partition_key)
        for answer in [*check_promises(of_round), *check_expectations(of_round)]:
            context.log_event(answer.event())  # type: ignore[arg-type]  # the annotation forgets checks

    return harvest_checks


def _release(scope: Scope, *, told: Callable[[logging.Logger], Told], pool: str | None) -> dg.OpDefinition:
    """Return the last step; its form lets a person publish though a check fails."""

    @dg.op(ins=AFTER, out=dg.Out(dg.Nothing), pool=pool, description=work.release.__doc__)
    def harvest_release(context: dg.OpExecutionContext, config: work.Approval) -> None:
        of_round = scope.at(context.partition_key)
        for key, metadata in work.release(of_round, told(context.log), config.approved_checks).items():
            context.log_event(dg.AssetMaterialization("release", partition=key, metadata=metadata))

    return harvest_release
