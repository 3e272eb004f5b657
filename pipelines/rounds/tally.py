"""Count what came of a round, from its files: what was seen of each site and what not, services by stage.

Steps hand nothing to each other but files, so the same files tell a person how the steps went.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from crawlers.captures_io import CAPTURES_FILE
from crawlers.outcomes import Fault, Outcome, about

STAGES = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTally:
    """What came of one site in one round."""

    site_id: str
    outcomes: Mapping[Outcome, int]  # of each address asked for, after its page was read where there is one
    service_count: int  # services that its pages speak of, wherever they are described best

    @property
    def asked(self) -> int:
        """Addresses asked for."""
        return sum(self.outcomes.values())

    @property
    def seen(self) -> int:
        """Addresses that let us look."""
        return sum(count for outcome, count in self.outcomes.items() if outcome.is_observation)

    @property
    def unseen(self) -> Mapping[Outcome, int]:
        """What kept us from looking, most frequent first; a redirect that was followed is no such thing."""
        kept = {
            o: n for o, n in self.outcomes.items() if not o.is_observation and o is not Outcome.REDIRECTED
        }
        return dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))

    @property
    def fault(self) -> str:
        """Who can do something about what was not seen, the one who can do most first."""
        faults = Counter[Fault]()
        for outcome, count in self.unseen.items():
            faults[about(outcome).fault] += count
        return ", ".join(fault for fault, _ in faults.most_common() if fault is not Fault.NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTally:
    """What came of one round of one country."""

    country_id: str
    round_id: str
    sites: Sequence[SiteTally]  # by id
    stages: Mapping[int | None, int]  # services by stage; None: undetermined

    @property
    def seen(self) -> int:
        """Pages seen."""
        return sum(site.seen for site in self.sites)

    @property
    def service_count(self) -> int:
        """Services found: fewer than its sites speak of together, where a joint portal repeats them."""
        return sum(self.stages.values())

    def stage_rows(self) -> Sequence[tuple[str, int]]:
        """Services by stage, in words."""
        return [("undetermined" if stage is None else str(stage), n) for stage, n in self.stages.items()]


def counted_files(country_id: str, round_id: str) -> Iterator[str]:
    """Yield the files that a tally is taken from, as paths below the data folder; `*` is any part of one."""
    yield f"captures/{round_id}/{country_id}-*/{CAPTURES_FILE}"
    for table in ("pages", "service_pages", "verdicts"):
        yield f"core/{table}/round={round_id}/{country_id}*"


def tally(data: Path, country_id: str, round_id: str, *, as_captured: bool = False) -> RoundTally:
    """Return what the files of a country's round say; what no step has written yet counts as nothing.

    With `as_captured`, what the captures alone say: whether pages opened, and not what reading them gave.
    """
    folder = data / "captures" / round_id
    sites = sorted(path.parent.name for path in folder.glob(f"{country_id}-*/{CAPTURES_FILE}"))
    services = _services_of_pages(_core(data, "service_pages", country_id, round_id))
    return RoundTally(
        country_id=country_id,
        round_id=round_id,
        sites=[_site(data, round_id, site, services, as_captured=as_captured) for site in sites],
        stages=_stages(_column(_core(data, "verdicts", country_id, round_id), "stage")),
    )


def _services_of_pages(path: Path) -> Mapping[str, Collection[str]]:
    """Return the services that each page speaks of; pages that speak of none are left out."""
    services = defaultdict[str, set[str]](set)
    for page, service in zip(_column(path, "page_id"), _column(path, "service_id"), strict=True):
        services[page].add(service)
    return services


def _site(
    data: Path, round_id: str, site_id: str, services: Mapping[str, Collection[str]], *, as_captured: bool
) -> SiteTally:
    """Count the outcomes of a site's addresses; reading a page may have told more than its HTTP status.

    What was asked before any page (robots.txt) has a depth below 0 and is not counted.
    """
    captured = data / "captures" / round_id / site_id / CAPTURES_FILE
    columns = (_column(captured, name) for name in ("capture_id", "outcome", "depth"))
    told = {capture: outcome for capture, outcome, depth in zip(*columns, strict=True) if depth >= 0}
    read = _core(data, "pages", site_id, round_id)
    if not as_captured:
        told |= dict(zip(_column(read, "capture_id"), _column(read, "outcome"), strict=True))
    spoken_of = {service for page in _column(read, "page_id") for service in services.get(page, ())}
    return SiteTally(
        site_id=site_id, outcomes=Counter(map(Outcome, told.values())), service_count=len(spoken_of)
    )


def _stages(found: Iterable[int | None]) -> Mapping[int | None, int]:
    """Count services by stage, every stage present, undetermined last."""
    counted = Counter(found)
    return {stage: counted[stage] for stage in (*STAGES, None)}


def _core(data: Path, table: str, name: str, round_id: str) -> Path:
    """The file of a table for one round; `name` is a site's id, or a country's where one file holds all."""
    return data / "core" / table / f"round={round_id}" / f"{name}.parquet"


def _column(path: Path, name: str) -> list[Any]:
    """One column of a Parquet file; nothing where the step that writes it has not been taken."""
    return pq.read_table(path, columns=[name], partitioning=None)[name].to_pylist() if path.exists() else []
