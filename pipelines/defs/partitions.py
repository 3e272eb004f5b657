"""Rounds and sites as Dagster's partitions: per site while the work is per site, per round after that."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import dagster as dg

from crawlers.stores.reach import months as rounds_on_store
from pipelines.scope import Scope

ROUND, SITE = "round", "site"
_PARTITION, _END_OF_RANGE = "dagster/partition", "dagster/asset_partition_range_end"


def rounds(scope: Scope) -> dg.MonthlyPartitionsDefinition:
    """Return the rounds on disk, the one of `scope`, and every month after it, to now in the country.

    Other months cannot be crawled any more, and would only look as if something were missing.
    """
    on_disk = {folder.name for folder in (scope.data / "captures").glob("[0-9]*-[0-9]*")} | rounds_on_store(
        scope.data
    )
    zone = scope.registry.country.time_zone
    earliest = min([scope.round_id, *on_disk])
    months = [
        f"{year}-{month:02}"
        for year in range(int(earliest[:4]), int(scope.round_id[:4]) + 1)
        for month in range(1, 13)
    ]
    missing = [each for each in months if earliest < each < scope.round_id and each not in on_disk]
    return dg.MonthlyPartitionsDefinition(
        start_date=earliest,
        fmt="%Y-%m",
        timezone=zone,
        end_offset=1,
        exclusions=[datetime(int(each[:4]), int(each[5:]), 1, tzinfo=ZoneInfo(zone)) for each in missing],
    )


def rounds_and_sites(scope: Scope) -> dg.MultiPartitionsDefinition:
    """Return every pair of a round and a live site."""
    sites = dg.StaticPartitionsDefinition([site.id for site in scope.registry.live_sites])
    return dg.MultiPartitionsDefinition({ROUND: rounds(scope), SITE: sites})


def parts(scope: Scope, context: dg.AssetExecutionContext) -> Iterator[Scope]:
    """Return what a run of a per-site asset covers: for each of its rounds, the scope of its sites."""
    pairs = sorted(key.split("|", 1) for key in context.partition_keys)
    for round_id, of_round in groupby(pairs, key=lambda pair: pair[0]):
        yield scope.at(round_id, [site_id for _, site_id in of_round])


def round_of(run: dg.DagsterRun) -> str | None:
    """Return the newest round that `run` is about; None where it is about none."""
    keys = [run.tags.get(tag) for tag in (_END_OF_RANGE, _PARTITION)]
    return next((key.split("|", 1)[0] for key in keys if key), None)


def key_of(round_id: str, site_id: str) -> str:
    """Return the partition of one site in one round."""
    return str(dg.MultiPartitionKey({ROUND: round_id, SITE: site_id}))
