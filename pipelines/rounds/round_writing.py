"""Write the services of a round and their verdicts, table after table, service after service."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.judging.expertise import Rubric
from pipelines.records import Finding, Service, ServiceAlias, ServiceFact, ServiceName, ServicePage, Verdict
from pipelines.records_io import RowWriter, in_order
from pipelines.rounds.core_files import core_file
from pipelines.rounds.round_findings import RoundFindings
from pipelines.rounds.round_verdicts import judge_service
from pipelines.services.tables import Tables
from pipelines.services.telling import (
    service_aliases,
    service_facts,
    service_names,
    service_pages,
    service_rows,
    told_services,
)

Told = Callable[[Tables], Iterator[Sequence[Any]]]  # the rows of each service, by their ids
_STAGES = (1, 2, 3, 4, None)
_TABLES: Mapping[str, tuple[type, Told]] = {
    "services": (Service, service_rows),
    "service_names": (ServiceName, service_names),
    "service_pages": (ServicePage, service_pages),
    "service_facts": (ServiceFact, service_facts),
    "service_aliases": (ServiceAlias, service_aliases),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundCounts:
    """What came of a round."""

    service_count: int
    stages: Mapping[int | None, int]  # services by stage; None: undetermined


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFiles:
    """The files of a country's round."""

    data: Path
    round_id: str
    country_id: str

    def of(self, table: str) -> Path:
        """Return the file of a table."""
        return core_file(self.data, table, self.round_id, self.country_id)


def write_verdicts(files: RoundFiles, tables: Tables, findings: RoundFindings, rubric: Rubric) -> RoundCounts:
    """Judge the services that were told in `tables`; write the verdicts, and the findings made for them.

    Raises:
        OSError: a file cannot be written.
    """
    stages: Counter[int | None] = Counter()
    with RowWriter(files.of("verdicts"), Verdict) as writer:
        for told in told_services(tables):
            judged = judge_service(told, findings.of, rubric)
            stages[judged.verdict.stage] += 1
            writer.write((judged.verdict,))
            if judged.naming:
                findings.note_naming(judged.naming)
    with RowWriter(files.of("findings"), Finding) as namings:  # beside those of the sites
        for naming in findings.namings():
            namings.write((naming,))
    return RoundCounts(service_count=stages.total(), stages={stage: stages[stage] for stage in _STAGES})


def write_services(files: RoundFiles, tables: Tables) -> None:
    """Write the services that were told in `tables`: one table after another, for each has much waiting.

    Raises:
        OSError: a file cannot be written.
    """
    for table, (row_type, told) in _TABLES.items():
        with RowWriter[Any](files.of(table), row_type) as writer:
            for rows in told(tables):
                writer.write(in_order(rows, row_type))
