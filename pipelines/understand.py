"""From captures to verdicts: first each site by itself, then the round as a whole.

A site is read capture by capture, so that its size does not matter; what `identify` needs of all sites
together is kept as summaries. The same captures give the same files, however many sites are read at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from crawlers.captures_io import CAPTURES_FILE
from crawlers.politeness.state import state_folder
from crawlers.sites import Registry
from crawlers.stores.address import address_of
from crawlers.stores.folders import WORKPLACES
from crawlers.stores.index import REST
from crawlers.stores.listing import Changes, listing
from crawlers.stores.mirror import bring
from crawlers.stores.place import place_of
from crawlers.stores.unit import unit, uploaded
from pipelines.engine import executor_for
from pipelines.knowledge import load_knowledge
from pipelines.rounds.core_files import captured_sites, captures_folder, remove_others
from pipelines.rounds.kept_readings import READINGS
from pipelines.rounds.round_reading import conclude_round
from pipelines.rounds.round_writing import RoundCounts
from pipelines.rounds.site_reading import SITE_TABLES, SiteCounts, understand_site

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _SiteTask:
    data: Path
    round_id: str
    site_id: str
    registry: Registry
    store: str | None  # its address; None: `data` is a folder that every worker sees


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    counts: SiteCounts
    made: Changes  # what is on the store and not listed yet


def understand_round(data: Path, round_id: str, registry: Registry, jobs: int = 1) -> RoundCounts:
    """Understand all captured sites of a country in a round, and write its services and verdicts.

    Raises:
        CaptureError: the captures of a site cannot be read; RecordsError: nor can an earlier round's rows.
    """
    understand_sites(data, round_id, registry, jobs=jobs)
    return conclude_round(data, round_id, registry, load_knowledge())


def understand_sites(  # noqa: PLR0913 - two of them tune the run, not the work
    data: Path,
    round_id: str,
    registry: Registry,
    *,
    site_ids: Sequence[str] = (),
    jobs: int = 1,
    on_site: Callable[[SiteCounts], None] = lambda _: None,
) -> list[SiteCounts]:
    """Read the captures of the country's sites, or of those in `site_ids`, several at once.

    `on_site` hears of each site when it is done. Files of sites that have no captures any more are removed.

    Raises:
        CaptureError: the captures of a site cannot be read.
    """
    captured = captured_sites(data, round_id, registry.country.id)
    for table in SITE_TABLES:
        for gone in remove_others(data, table, round_id, registry.country.id, captured):
            log.info("site_forgotten", table=table, file=gone.name)
    asked = [site_id for site_id in captured if not site_ids or site_id in site_ids]
    place = place_of(data)
    tasks = [
        _SiteTask(
            data=data,
            round_id=round_id,
            site_id=site_id,
            registry=registry,
            store=str(place.address) if place else None,
        )
        for site_id in asked
    ]
    done: list[SiteCounts] = []
    with listing(data) as listed:
        for one in executor_for(min(jobs, len(tasks))).run(_work, tasks):
            listed.add(one.made)
            on_site(one.counts)
            done.append(one.counts)
    bring(data, *(f"core/{table}/round={round_id}/{registry.country.id}-*" for table in SITE_TABLES))
    return sorted(done, key=lambda counts: counts.site_id)


def _work(task: _SiteTask) -> _Done:
    """Read one site: where all workers see its folder there, else in a workplace, from and to the store."""
    if task.store is None:
        return _Done(counts=_understood(task, task.data), made={})
    with unit(
        address_of(task.store),
        state_folder() / WORKPLACES,
        lambda group: group == REST or group.endswith(f"/{task.registry.country.id}"),
        f"captures/*/{task.site_id}/{CAPTURES_FILE}",  # archives of earlier rounds are read in part
        f"captures/{task.round_id}/{task.site_id}/*",
        f"{READINGS}/{task.site_id}.sqlite",
    ) as data:
        counts = _understood(task, data)
        return _Done(counts=counts, made=uploaded(data))


def _understood(task: _SiteTask, data: Path) -> SiteCounts:
    folder = captures_folder(data, task.round_id, task.site_id)
    return understand_site(folder, data, task.registry, load_knowledge())
