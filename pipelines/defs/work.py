"""What each asset and each step of the harvest job does: take one step, then read from files what came of it.

Every function takes the scope of one round and somebody to tell, and returns Dagster's metadata by partition.
A step's module is imported when the step is taken: Dagster's processes load the definitions anew each time,
and take none (`benchmarks/start.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import dagster as dg
from pydantic import Field

from crawlers.stores.reach import told as where
from crawlers.stores.session import at_store
from pipelines.defs import told
from pipelines.defs.partitions import key_of
from pipelines.defs.told import Metadata, Told
from pipelines.scope import Scope

if TYPE_CHECKING:  # the definitions must not wait for it
    from pipelines.rounds.tally import SiteTally

Work = Callable[[Scope, Told], Mapping[str, Metadata]]


class Approval(dg.Config):
    """What a person decided before a release, in the form of the run."""

    approved_checks: list[str] = Field(
        default_factory=list, description="Checks that may fail in this release, because somebody has looked."
    )


def refuse_approvals(approved_checks: Sequence[str]) -> None:
    """Refuse names of no check, or of one that nobody may approve."""
    from warehouse.approvals import refuse_what_nobody_approves  # noqa: PLC0415 - see above

    refuse_what_nobody_approves(approved_checks)


def captures(scope: Scope, log: Told) -> Mapping[str, Metadata]:
    """Crawl the sites of `scope`."""
    from pipelines.steps import crawling  # noqa: PLC0415 - see above

    with at_store(scope.data):
        crawling.crawl(scope, log)
        return told_of_captures(scope)


def told_of_captures(scope: Scope) -> Mapping[str, Metadata]:
    """Tell what lies in the captures of the sites of `scope`."""
    folder = scope.data / "captures" / scope.round_id
    return _by_site(
        scope, lambda site: told.of_captures(site, where(folder / site.site_id)), as_captured=True
    )


def pages(scope: Scope, log: Told) -> Mapping[str, Metadata]:
    """Read what was captured of the sites of `scope`."""
    from pipelines.steps import understanding  # noqa: PLC0415 - see above

    folder = scope.data / "core" / "pages" / f"round={scope.round_id}"
    with at_store(scope.data):
        understanding.understand_sites(scope, log)
        return _by_site(scope, lambda site: told.of_pages(site, where(folder / f"{site.site_id}.parquet")))


def services(scope: Scope, log: Told) -> Mapping[str, Metadata]:
    """Find the services of the round and judge them."""
    from pipelines.rounds.tally import tally  # noqa: PLC0415 - see above
    from pipelines.steps import understanding  # noqa: PLC0415 - see above

    with at_store(scope.data):
        understanding.understand_round(scope, log)
        return {scope.round_id: told.of_services(tally(scope.data, scope.country_id, scope.round_id))}


def warehouse(scope: Scope, log: Told) -> Mapping[str, Metadata]:
    """Build the warehouse of all rounds."""
    from pipelines.steps import building  # noqa: PLC0415 - see above

    report = building.build(scope.data, log)
    return {scope.round_id: told.of_warehouse(where(report.path), report.rows)}


def release(scope: Scope, log: Told, approved_checks: Sequence[str] = ()) -> Mapping[str, Metadata]:
    """Publish a release with its portal, unless a check fails that nobody approved."""
    from pipelines.steps import publishing  # noqa: PLC0415 - see above

    published = publishing.publish(scope.data, log, approved=approved_checks)
    return {scope.round_id: told.of_release(where(published.folder), published.folder.name)}


def _by_site(
    scope: Scope, tell: Callable[["SiteTally"], Metadata], *, as_captured: bool = False
) -> Mapping[str, Metadata]:
    """Tell what came of each site that was asked for, by its partition; `as_captured`: before it was read."""
    from pipelines.rounds.tally import tally  # noqa: PLC0415 - see above

    return {
        key_of(scope.round_id, site.site_id): tell(site)
        for site in tally(scope.data, scope.country_id, scope.round_id, as_captured=as_captured).sites
        if site.site_id in scope.asked_sites
    }
