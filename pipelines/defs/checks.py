"""The warehouse's promises and the registry's expectations as Dagster's asset checks."""

from collections.abc import Iterator, Sequence

import dagster as dg

from pipelines.defs.answers import Answer, asked, name_of
from pipelines.defs.freshness import freshness_checks
from pipelines.defs.on_store import seen_anew
from pipelines.defs.partitions import round_of
from pipelines.scope import Scope
from warehouse import checks as promises

_SEVERITY = {"error": dg.AssetCheckSeverity.ERROR, "warn": dg.AssetCheckSeverity.WARN}


def asset_checks(scope: Scope) -> Sequence[dg.AssetChecksDefinition]:
    """Return a check for each file of `warehouse/checks`, and two for each site: as expected, and fresh."""

    @dg.multi_asset_check(name="promises", specs=_promise_specs(), can_subset=True)
    def kept_promises(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        yield from asked(context, check_promises(scope))

    @dg.multi_asset_check(name="expectations", specs=_expectation_specs(scope), can_subset=True)
    def met_expectations(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        yield from asked(context, check_expectations(scope.at(round_of(context.run) or scope.round_id)))

    return [kept_promises, met_expectations, freshness_checks(scope)]


def check_promises(scope: Scope) -> Iterator[Answer]:
    """Ask the warehouse for the breaches of each promise."""
    from pipelines.desk import questions  # noqa: PLC0415 - the definitions must not wait for it

    with seen_anew(scope):
        results = questions.check(scope.data)
    for found in results:
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
    from pipelines.rounds.tally import counted_files, tally  # noqa: PLC0415 - the definitions must not wait for it

    asked = scope.country_id, scope.round_id
    with seen_anew(scope, *counted_files(*asked)):
        found = {site.site_id: site for site in tally(scope.data, *asked).sites}
    for site in scope.registry.live_sites:
        if site.id not in found:
            continue
        gave = found[site.id]
        pages, services = site.expect.pages, site.expect.services
        yield Answer(
            asset="services",
            name=name_of("expected_of", site.id),
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
            name_of("expected_of", site.id),
            asset="services",
            description=f"{site.id} gives what the registry expects of it.",
        )
        for site in scope.registry.live_sites
    ]
