"""The five assets, from captures to a release.

Each body asks one function of `work` to do the step, which reads and writes files under `data/`, and tells
Dagster what came of it. Nothing is handed from asset to asset: the files are.
"""

from collections.abc import Sequence

import dagster as dg

from pipelines.defs import work
from pipelines.defs.freshness import deadline
from pipelines.defs.partitions import ROUND, parts, rounds, rounds_and_sites
from pipelines.defs.told import Told
from pipelines.scope import Scope

# One at a time in a data folder: dagster.yaml gives every pool one place.
POOL = "data_folder"
GROUP = "harvest"
ONE_RUN = dg.BackfillPolicy.single_run()  # one run covers all sites of a round


def assets(scope: Scope) -> Sequence[dg.AssetsDefinition]:
    """Return the assets of a country."""
    return [*_per_site(scope), *_per_round(scope)]


def _per_site(scope: Scope) -> Sequence[dg.AssetsDefinition]:
    partitions = rounds_and_sites(scope)

    @dg.asset(
        partitions_def=partitions,
        backfill_policy=ONE_RUN,
        pool=POOL,
        group_name=GROUP,
        kinds={"scrapy"},
        freshness_policy=deadline(scope),
    )
    def captures(context: dg.AssetExecutionContext) -> None:
        """Every request to a site and its answer, or why there was none (WARC and captures.parquet)."""
        for part in parts(scope, context):
            for key, metadata in work.captures(part, Told(context.log)).items():
                context.add_asset_metadata(metadata, partition_key=key)

    @dg.asset(
        partitions_def=partitions,
        backfill_policy=ONE_RUN,
        pool=POOL,
        group_name=GROUP,
        kinds={"python"},
        deps=[captures],
    )
    def pages(context: dg.AssetExecutionContext) -> None:
        """What each capture says, with the indicators found on it, quoted word for word."""
        for part in parts(scope, context):
            for key, metadata in work.pages(part, Told(context.log)).items():
                context.add_asset_metadata(metadata, partition_key=key)

    return [captures, pages]


def _per_round(scope: Scope) -> Sequence[dg.AssetsDefinition]:
    partitions = rounds(scope)
    all_sites = dg.AssetDep("pages", partition_mapping=dg.MultiToSingleDimensionPartitionMapping(ROUND))

    @dg.asset(
        partitions_def=partitions,
        backfill_policy=ONE_RUN,
        pool=POOL,
        group_name=GROUP,
        kinds={"python"},
        deps=[all_sites],
    )
    def services(context: dg.AssetExecutionContext) -> None:
        """Each public service once, however many pages speak of it, with its stage and what proves it."""
        for round_id in sorted(context.partition_keys):
            metadata = work.services(scope.at(round_id), Told(context.log))[round_id]
            context.add_asset_metadata(metadata, partition_key=round_id)

    @dg.asset(
        partitions_def=partitions,
        backfill_policy=ONE_RUN,
        pool=POOL,
        group_name=GROUP,
        kinds={"duckdb"},
        deps=[services],
    )
    def warehouse(context: dg.AssetExecutionContext) -> None:
        """All rounds as tables with constraints and comments (warehouse.duckdb)."""
        newest = max(context.partition_keys)
        context.add_output_metadata(work.warehouse(scope.at(newest), Told(context.log))[newest])

    @dg.asset(
        partitions_def=partitions,
        backfill_policy=ONE_RUN,
        pool=POOL,
        group_name=GROUP,
        kinds={"parquet", "html"},
        deps=[warehouse],
        freshness_policy=deadline(scope),
    )
    def release(context: dg.AssetExecutionContext, config: work.Approval) -> None:
        """One version of the open data with its portal in Kyrgyz, Russian and English."""
        newest = max(context.partition_keys)
        published = work.release(scope.at(newest), Told(context.log), config.approved_checks)
        context.add_output_metadata(published[newest])

    return [services, warehouse, release]
