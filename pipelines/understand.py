"""From captures to verdicts: first each site by itself, then the round as a whole.

A site is read capture by capture, so that its size does not matter; what `identify` needs of all sites
together is kept as summaries. The same captures give the same files, however many sites are read at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from crawlers.sites import Registry
from pipelines.engine import executor_for
from pipelines.knowledge import load_knowledge
from pipelines.rounds.core_files import captured_sites, captures_folder, remove_others
from pipelines.rounds.round_reading import RoundCounts, conclude_round
from pipelines.rounds.site_reading import SITE_TABLES, SiteCounts, understand_site

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _SiteTask:
    folder: Path
    data: Path
    registry: Registry


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
    tasks = [
        _SiteTask(folder=captures_folder(data, round_id, site_id), data=data, registry=registry)
        for site_id in asked
    ]
    done: list[SiteCounts] = []
    for counts in executor_for(min(jobs, len(tasks))).run(_work, tasks):
        on_site(counts)
        done.append(counts)
    return sorted(done, key=lambda counts: counts.site_id)


def _work(task: _SiteTask) -> SiteCounts:
    return understand_site(task.folder, task.data, task.registry, load_knowledge())
