"""Everything that Dagster knows of one country: assets, checks, the harvest job and its schedule."""

import warnings
from collections.abc import Mapping

import dagster as dg

from pipelines.defs.assets import assets
from pipelines.defs.backfill import backfill_job
from pipelines.defs.checks import asset_checks
from pipelines.defs.digests import digest_sensors
from pipelines.defs.freshness import watch_job, weekly
from pipelines.defs.harvest import harvest_job, monthly
from pipelines.defs.on_store import standing, standing_file
from pipelines.defs.one_site import one_site_job
from pipelines.defs.tidy import monthly_tidy, tidy_job
from pipelines.scope import Scope, scope_of


def definitions(scope: Scope) -> dg.Definitions:
    """Return Dagster's definitions for the country and data folder of `scope`."""
    harvest, watch, tidy = harvest_job(scope), watch_job(scope), tidy_job()
    with warnings.catch_warnings():
        # Single-run backfills and partition mappings are called beta; the version is pinned, tests hold both.
        warnings.simplefilter("ignore", category=dg.BetaWarning)
        return dg.Definitions(
            assets=assets(scope),
            asset_checks=asset_checks(scope),
            jobs=[harvest, backfill_job(scope), one_site_job(), watch, tidy],
            schedules=[monthly(scope, harvest), weekly(scope, watch), monthly_tidy(scope, tidy)],
            sensors=digest_sensors(scope),
            executor=dg.in_process_executor,  # several times as fast as a process a step
        )


def scope_from(environment: Mapping[str, str]) -> Scope:
    """Return the scope that BASKYCH_COUNTRY, BASKYCH_REGISTRY and BASKYCH_DATA name.

    Raises:
        StoreError: BASKYCH_DATA is a store that cannot be asked. Else as `scope_of`.
    """
    registry, data = environment.get("BASKYCH_REGISTRY"), environment.get("BASKYCH_DATA") or "data"
    return scope_of(
        None if registry else environment.get("BASKYCH_COUNTRY"),
        standing_file(registry) if registry else None,
        standing(data),
    )
