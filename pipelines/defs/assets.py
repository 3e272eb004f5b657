"""The five assets, from captures to a release.

Each body asks one function of `work` to do the step, which reads and writes files under `data/`, and tells
Dagster what came of it. Nothing is handed from asset to asset: the files are.
"""

from collections.abc import Sequence
from typing import Any

import dagster as dg

from pipelines.defs import work
from pipelines.defs.partitions import ROUND, parts, rounds, rounds_and_sites
from pipelines.scope import Scope

# One at a time in a data folder: dagster.yaml gives every pool one place.
POOL = "data_folder"
GROUP = "harvest"


def assets(scope: Scope) -> Sequence[dg.AssetsDefinition]:
    """Return the assets of a country."""
    return [*_per_site(scope), *_per_round(scope)]


def _per_site(scope: Scope) -> Sequence[dg.AssetsDefinition]:
    common: dict[str, Any] = {
        "partitions_def": rounds_and_sites(scope),
        "backfill_policy": dg.BackfillPolicy.single_run(),  # one run covers all sites of a round
        "pool": POOL,
        "group_name": GROUP,
    }

    @dg.asset(kinds={"scrapy"}, **common)
    def captures(context: dg.AssetExecutionContext) -> None:
        """Every request to a site and its answer, or why there was none (WARC and captures.parquet)."""
        for part in parts(scope, context):
            for key, metadata in work.captures(part, work.Told(context.log)).items():
                context.add_asset_metadata(metadata, partition_key=key)

    @dg.asset(kinds={"python"}, deps=[captures], **common)
    def pages(context: dg.AssetExecutionContext) -> None:
        """What each capture says, with the indicators found on it, quoted word for word."""
        for part in parts(scope, context):
            for key, metadata in work.pages(part, work.Told(context.log)).items():
                context.add_asset_metadata(metadata, partition_key=key)

    return [captures, pages]


def _per_round(scope: Scope) -> Sequence[dg.AssetsDefinition]:
    common: dict[str, Any] = {
        "partitions_def": rounds(scope),
        "backfill_policy": dg.BackfillPolicy.single_run(),
        "pool": POOL,
        "group_name": GROUP,
    }
    all_sites = dg.AssetDep("pages", partition_mapping=dg.MultiToSingleDimensionPartitionMapping(ROUND))

    @dg.asset(kinds={"python"}, deps=[all_sites], **common)
    def services(context: dg.AssetExecutionContext) -> None:
        """Each public service once, however many pages speak of it, with its stage and what proves it."""
        for round_id in sorted(context.partition_keys):
            metadata = work.services(scope.at(round_id), work.Told(context.log))[round_id]
            context.add_asset_metadata(metadata, partition_key=round_id)

    @dg.asset(kinds={"duckdb"}, deps=[services], **common)
    def warehouse(context: dg.AssetExecutionContext) -> None:
        """All rounds as tables with constraints and comments (warehouse.duckdb)."""
        round_id = max(context.partition_keys)
        context.add_output_metadata(work.warehouse(scope.at(round_id), work.Told(context.log))[round_id])

    @dg.asset(kinds={"parquet", "html"}, deps=[warehouse], **common)
    def release(context: dg.AssetExecutionContext) -> None:
        """One version of the open data with its portal in Kyrgyz, Russian and English."""
        round_id = max(context.partition_keys)
        context.add_output_metadata(work.release(scope.at(round_id), work.Told(context.log))[round_id])

    return [services, warehouse, release]
