"""The steps of a job that takes a round from captures to a release, each reported to its asset.

Dagster cannot put assets with different partitions into one run, so a job takes the same steps in the same
order as the assets do (`pipelines.defs.work`) and tells them what came of it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import dagster as dg

from pipelines.defs import work
from pipelines.defs.checks import check_expectations, check_promises
from pipelines.defs.freshness import check_freshness
from pipelines.defs.told import Told
from pipelines.scope import Scope

AFTER = {"after": dg.In(dg.Nothing)}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSteps:
    """Makes the steps of one job; `told` says to whom a step tells how far it is, `pool` where it queues."""

    scope: Scope
    job: str
    told: Callable[[logging.Logger], Told]
    pool: str | None

    def step(self, asset: str, do: work.Work, *, is_first: bool = False) -> dg.OpDefinition:
        """Return the step that does the work of `asset` for a whole round and reports to it."""

        @dg.op(
            name=f"{self.job}_{asset}",
            description=do.__doc__,
            ins={} if is_first else AFTER,
            out=dg.Out(dg.Nothing),
            pool=self.pool,
        )
        def step(context: dg.OpExecutionContext) -> None:
            if is_first:
                self.refuse_approvals(context)
            for key, metadata in do(self.scope.at(context.partition_key), self.told(context.log)).items():
                context.log_event(dg.AssetMaterialization(asset, partition=key, metadata=metadata))

        return step

    def refuse_approvals(self, context: dg.OpExecutionContext) -> None:
        """Refuse the form of a run that approves what is no check: before the first step, not hours later.

        Raises:
            ApprovalError: as publishing would.
        """
        steps: Any = context.run_config.get("ops", {})
        form = steps.get(f"{self.job}_release", {}).get("config", {})
        work.refuse_approvals(form.get("approved_checks", ()))

    def checks(self) -> dg.OpDefinition:
        """Return the step that asks every check; publishing refuses by itself what is broken."""

        @dg.op(
            name=f"{self.job}_checks",
            ins=AFTER,
            out=dg.Out(dg.Nothing),
            description="Ask every check of the warehouse and the registry.",
        )
        def checks(context: dg.OpExecutionContext) -> None:
            of_round = self.scope.at(context.partition_key)
            for found in (check_promises, check_expectations, check_freshness):
                for answer in found(of_round):
                    context.log_event(answer.event())  # type: ignore[arg-type]  # the annotation forgets checks

        return checks

    def release(self) -> dg.OpDefinition:
        """Return the last step; its form lets a person publish though a check fails."""

        @dg.op(
            name=f"{self.job}_release",
            ins=AFTER,
            out=dg.Out(dg.Nothing),
            pool=self.pool,
            description=work.release.__doc__,
        )
        def release(context: dg.OpExecutionContext, config: work.Approval) -> None:
            of_round = self.scope.at(context.partition_key)
            published = work.release(of_round, self.told(context.log), config.approved_checks)
            for key, metadata in published.items():
                context.log_event(dg.AssetMaterialization("release", partition=key, metadata=metadata))

        return release

    def after_captures(self) -> tuple[dg.OpDefinition, ...]:
        """Return the steps that follow from captures, in their order."""
        return (
            self.step("pages", work.pages),
            self.step("services", work.services),
            self.step("warehouse", work.warehouse),
            self.checks(),
            self.release(),
        )
