"""Conclude a round: find each service once in the summaries of all sites, and judge it by its findings."""

from pathlib import Path

import structlog

from crawlers.sites import Registry
from pipelines.identify import tell_services
from pipelines.judging.expertise import Knowledge
from pipelines.records import VisitRow
from pipelines.records_io import RowWriter
from pipelines.rounds.core_files import captured_sites
from pipelines.rounds.known_state import services_before
from pipelines.rounds.round_findings import RoundFindings
from pipelines.rounds.round_tables import tables_in
from pipelines.rounds.round_writing import RoundCounts, RoundFiles, write_services, write_verdicts
from pipelines.rounds.summary_files import SummaryFiles
from pipelines.rounds.visits import visit_rows
from pipelines.services.service_words import service_words

log = structlog.get_logger()


def conclude_round(data: Path, round_id: str, registry: Registry, knowledge: Knowledge) -> RoundCounts:
    """Write the services of the country's round and their verdicts, and how each visit of it ended.

    Raises:
        RecordsError: a file of a site or of an earlier round cannot be read.
        CaptureError: the report of a visit cannot be read.
    """
    files = RoundFiles(data=data, round_id=round_id, country_id=registry.country.id)
    sites = captured_sites(data, round_id, files.country_id)
    earlier = services_before(data, files.country_id, round_id, service_words().identify)
    with tables_in(data, files.country_id) as tables:
        tell_services(SummaryFiles(data, round_id, sites), earlier, tables, service_words())
        findings = RoundFindings(tables)
        findings.note(data, round_id, sites, knowledge.indicators_by_id)
        counts = write_verdicts(files, tables, findings, knowledge.rubric)
        write_services(files, tables)
    with RowWriter(files.of("visits"), VisitRow) as writer:
        for row in visit_rows(data, round_id, files.country_id):
            writer.write((row,))
    log.info(
        "round_concluded",
        country_id=files.country_id,
        round_id=round_id,
        services=counts.service_count,
    )
    return counts
