"""An earlier round, filled from web archives: the job `backfill`.

Its form names where the archive's copies are; nothing is asked of the sites themselves, whose pages of
today say nothing of that month.
"""

from collections.abc import Mapping

import dagster as dg
from pydantic import Field

from crawlers.stores.session import at_store
from pipelines.defs import work
from pipelines.defs.assets import POOL
from pipelines.defs.job_steps import JobSteps
from pipelines.defs.runtimes import at_most
from pipelines.defs.told import Metadata, Told
from pipelines.operating.failures import UsageError
from pipelines.scope import Scope

FIRST_MONTH = "2010-01"  # the UN's survey has had its four stages since that year


class Archive(dg.Config):
    """Where the pages of an earlier round are, in the form of the run."""

    sources: list[str] = Field(
        description="WARC files on this machine, or addresses of CDX servers, such as"
        " https://web.archive.org/cdx/search/cdx"
    )
    sites: list[str] = Field(default_factory=list, description="Only these sites; none: all of the registry.")
    tolerance_days: int | None = Field(
        default=None, ge=0, description="How far off its month a copy may be; none: a quarter of a year."
    )


def earlier_rounds(scope: Scope) -> dg.MonthlyPartitionsDefinition:
    """Return the months that are over, from 2010."""
    zone = scope.registry.country.time_zone
    return dg.MonthlyPartitionsDefinition(start_date=FIRST_MONTH, fmt="%Y-%m", timezone=zone)


def backfill_job(scope: Scope) -> dg.JobDefinition:
    """Return the job that imports one earlier round from archives, and publishes all rounds anew."""
    made = JobSteps(scope=scope, job="backfill", told=Told, pool=POOL)
    after_captures = made.after_captures()

    @dg.op(
        out=dg.Out(dg.Nothing), pool=POOL, description="Take an earlier round's captures from web archives."
    )
    def backfill_captures(context: dg.OpExecutionContext, config: Archive) -> None:
        made.refuse_approvals(context)
        of_round = scope.at(context.partition_key, config.sites)
        for key, metadata in captures_of_then(of_round, config, Told(context.log)).items():
            context.log_event(dg.AssetMaterialization("captures", partition=key, metadata=metadata))

    @dg.job(
        partitions_def=earlier_rounds(scope),
        tags=at_most("round"),
        description="One earlier round from web archives: import, understand, build, check, publish."
        " Today's web is not asked.",
    )
    def backfill() -> None:
        done = backfill_captures()
        for step in after_captures:
            done = step(done)

    return backfill


def captures_of_then(scope: Scope, archive: Archive, log: Told) -> Mapping[str, Metadata]:
    """Import the round of `scope` from `archive`.

    Raises:
        UsageError: no source was named. Else as `importing.import_archive`.
    """
    if not archive.sources:
        raise UsageError("sources: expected a WARC file or a CDX address at least; none was named")
    from pipelines.steps import importing  # noqa: PLC0415 - the definitions must not wait for it

    with at_store(scope.data):
        importing.import_archive(scope, archive.sources, log, archive.tolerance_days)
        return work.told_of_captures(scope)
