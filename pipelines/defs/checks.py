"""The warehouse's promises and the registry's expectations as Dagster's asset checks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import dagster as dg

from pipelines import steps
from pipelines.defs.partitions import round_of
from pipelines.defs.told import Metadata
from pipelines.rounds.tally import tally
from pipelines.scope import Scope
from warehouse import checks as promises

_SEVERITY = {"error": dg.AssetCheckSeverity.ERROR, "warn": dg.AssetCheckSeverity.WARN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one check found; `result` is for an asset check, `event` for a step of a job."""

    asset: str
    name: str
    passed: bool
    severity: dg.AssetCheckSeverity
    metadata: Metadata

    def result(self) -> dg.AssetCheckResult:
        """Return the answer of an asset check."""
        return dg.AssetCheckResult(
            asset_key=self.asset,
            check_name=self.name,
            passed=self.passed,
            severity=self.severity,
            metadata=self.metadata,
        )

    def event(self) -> dg.AssetCheckEvaluation:
        """Return the same answer for the log of a run."""
        return dg.AssetCheckEvaluation(
            asset_key=dg.AssetKey(self.asset),
            check_name=self.name,
            passed=self.passed,
            severity=self.severity,
            metadata=self.metadata,
        )


def asset_checks(scope: Scope) -> Sequence[dg.AssetChecksDefinition]:
    """Return a check for each file of `warehouse/checks`, and one for each site's expectations."""

    @dg.multi_asset_check(name="promises", specs=_promise_specs(), can_subset=True)
    def kept_promises(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        yield from _asked(context, check_promises(scope))

    @dg.multi_asset_check(name="expectations", specs=_expectation_specs(scope), can_subset=True)
    def met_expectations(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        yield from _asked(context, check_expectations(scope.at(round_of(context.run) or scope.round_id)))

    return [kept_promises, met_expectations]


def _asked(
    context: dg.AssetCheckExecutionContext, answers: Iterator[Answer]
) -> Iterator[dg.AssetCheckResult]:
    """Give the answers of those checks that this run asks for."""
    names = {key.name for key in context.selected_asset_check_keys}
    return (answer.result() for answer in answers if answer.name in names)


def check_promises(scope: Scope) -> Iterator[Answer]:
    """Ask the warehouse for the breaches of each promise."""
    for found in steps.check(scope.data):
        shown = "\n".join(" · ".join(row) for row in found.rows) or "none"
        yield Answer(
            asset="warehouse",
            name=found.name,
            passed=found.is_kept,
            severity=_SEVERITY[found.severity],
            metadata={"breaches": found.row_count, "first of them": dg.MetadataValue.text(shown)},
        )


def check_expectations(scope: Scope) -> Iterator[Answer]:
    """Compare what each site gave in the round of `scope`, if it was asked, with what is expected of it."""
    found = {site.site_id: site for site in tally(scope.data, scope.country_id, scope.round_id).sites}
    for site in scope.registry.live_sites:
        if site.id not in found:
            continue
        gave = found[site.id]
        pages, services = site.expect.pages, site.expect.services
        yield Answer(
            asset="services",
            name=_name(site.id),
            passed=pages.min <= gave.seen <= pages.max and services.min <= gave.service_count <= services.max,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "pages seen": f"{gave.seen}, expected {pages.min} to {pages.max}",
                "services": f"{gave.service_count}, expected {services.min} to {services.max}",
            },
        )


def _promise_specs() -> Sequence[dg.AssetCheckSpec]:
    """One check a promise; a broken one keeps the release from being made, unless it only warns."""
    return [
        dg.AssetCheckSpec(
            check.name, asset="warehouse", description=check.promise, blocking=check.severity == "error"
        )
        for check in promises.checks()
    ]


def _expectation_specs(scope: Scope) -> Sequence[dg.AssetCheckSpec]:
    """One check a site: does it give as many pages and services as its registry expects?"""
    return [
        dg.AssetCheckSpec(
            _name(site.id), asset="services", description=f"{site.id} gives what the registry expects of it."
        )
        for site in scope.registry.live_sites
    ]


def _name(site_id: str) -> str:
    """Dagster allows letters, digits and underscores in a check's name; site ids differ in nothing else."""
    return "expected_of_" + "".join(letter if letter.isalnum() else "_" for letter in site_id)
