"""One site again, from its pages to what they say: the job `one_site`. What follows is the round's.

Its runs carry the site as a tag, which Dagster makes of the partition: by it the queue of several machines
lets no two runs of one site begin together (`cluster/dagster.yaml`).
"""

from dagster import AssetSelection, define_asset_job
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from pipelines.defs.runtimes import at_most


def one_site_job() -> UnresolvedAssetJobDefinition:
    """Return the job that crawls one site for one round and reads its pages."""
    return define_asset_job(
        "one_site",
        AssetSelection.assets("captures", "pages"),
        tags=at_most("site"),
        description="One site of one round again: crawl it and read its pages. What follows is the round's.",
    )
