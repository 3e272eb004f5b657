"""Conclude a round: find each service once in the summaries of all sites, and judge it by its findings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

import structlog

from crawlers.sites import Registry
from pipelines.identify import Identified, identify
from pipelines.judging.expertise import Knowledge
from pipelines.records import (
    Finding,
    PageSummary,
    Service,
    ServiceAlias,
    ServiceFact,
    ServiceName,
    ServicePage,
    Verdict,
    VisitRow,
)
from pipelines.records_io import read_batches, write_rows
from pipelines.rounds.core_files import captured_sites, core_file
from pipelines.rounds.known_state import services_before
from pipelines.rounds.round_verdicts import Judged, SeenPages, judge_all
from pipelines.rounds.shared_values import sharing
from pipelines.rounds.visits import visit_rows
from pipelines.services.service_words import service_words

Row = TypeVar("Row")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundCounts:
    """What came of a round."""

    service_count: int
    stages: Mapping[int | None, int]  # services by stage; None: undetermined


def conclude_round(data: Path, round_id: str, registry: Registry, knowledge: Knowledge) -> RoundCounts:
    """Write the services of the country's round and their verdicts, and how each visit of it ended.

    Raises:
        RecordsError: a file of a site or of an earlier round cannot be read.
        CaptureError: the report of a visit cannot be read.
    """
    country_id = registry.country.id
    sites = captured_sites(data, round_id, country_id)
    summaries = sharing(chain.from_iterable(_rows(data, "summaries", round_id, sites, PageSummary)))
    earlier = services_before(data, country_id, round_id, service_words().identify)
    seen = SeenPages()
    found = identify(seen.noting(summaries), earlier, service_words())
    findings = _findings_of(found.pages, _rows(data, "findings", round_id, sites, Finding), knowledge)
    judged = judge_all(found, findings, seen, knowledge.rubric)
    for table, rows, row_type in _tables(found, judged):
        write_rows(core_file(data, table, round_id, country_id), rows, row_type)
    visits = core_file(data, "visits", round_id, country_id)
    write_rows(visits, visit_rows(data, round_id, country_id), VisitRow)
    stages = {stage: sum(one.stage == stage for one in judged.verdicts) for stage in (1, 2, 3, 4, None)}
    log.info("round_concluded", country_id=country_id, round_id=round_id, services=len(found.services))
    return RoundCounts(service_count=len(found.services), stages=stages)


def _findings_of(
    pages: Sequence[ServicePage], batches: Iterable[list[Finding]], knowledge: Knowledge
) -> dict[str, list[Finding]]:
    """Return the indicators found on services' pages, by page id; openness says nothing of a service."""
    wanted = {page.page_id for page in pages}
    kept: dict[str, list[Finding]] = defaultdict(list)
    for batch in batches:
        for finding in batch:
            if finding.page_id in wanted and finding.indicator_id in knowledge.indicators_by_id:
                kept[finding.page_id].append(finding)
    return kept


def _rows(
    data: Path, table: str, round_id: str, sites: Sequence[str], row_type: type[Row]
) -> Iterator[list[Row]]:
    for site_id in sites:
        path = core_file(data, table, round_id, site_id)
        if path.exists():
            yield from read_batches(path, row_type)


def _tables(found: Identified, judged: Judged) -> list[tuple[str, Sequence[object], type]]:
    return [
        ("services", found.services, Service),
        ("service_names", found.names, ServiceName),
        ("service_pages", found.pages, ServicePage),
        ("service_facts", found.facts, ServiceFact),
        ("service_aliases", found.aliases, ServiceAlias),
        ("verdicts", judged.verdicts, Verdict),
        ("findings", judged.names, Finding),  # beside those of the sites
    ]
