"""The findings on pages of services, kept beside the services until these are judged."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from pipelines.records import Finding
from pipelines.records_io import read_wanted
from pipelines.rounds.core_files import core_file
from pipelines.services.tables import Tables

_SHAPE = """
create table finding (number integer primary key, page_id text not null, finding blob not null);
create index finding_by_page on finding (page_id);
create table naming (finding_id text not null primary key, finding blob not null);
"""
_KEPT = "insert into finding (page_id, finding) values (?, ?)"
_FINDING = TypeAdapter(Finding)


class RoundFindings:
    """The findings of a round on pages of services, by page."""

    def __init__(self, tables: Tables) -> None:
        """Keep them in `tables`, in which the services were told."""
        self._tables = tables
        for statement in _SHAPE.split(";"):
            tables.execute(statement)

    def note(self, data: Path, round_id: str, sites: Iterable[str], indicators: Iterable[str]) -> None:
        """Keep the findings of `indicators` on pages of services, from the files of sites.

        Raises:
            RecordsError: a file cannot be read.
        """
        known = frozenset(indicators)
        for path in (core_file(data, "findings", round_id, site_id) for site_id in sites):
            if path.exists():
                for batch in read_wanted(path, Finding, "page_id", self._is_of_service):
                    kept = (one for one in batch if one.indicator_id in known)
                    self._tables.executemany(_KEPT, ((one.page_id, _FINDING.dump_json(one)) for one in kept))

    def of(self, page_id: str) -> Sequence[Finding]:
        """Return the findings on a page."""
        query = "select finding from finding where page_id = ? order by number"
        return [_FINDING.validate_json(told) for (told,) in self._tables.execute(query, (page_id,))]

    def note_naming(self, finding: Finding) -> None:
        """Keep a finding that was made for a service whose pages show no more than a name."""
        told = (finding.finding_id, _FINDING.dump_json(finding))
        self._tables.execute("insert into naming values (?, ?)", told)

    def namings(self) -> Iterator[Finding]:
        """Yield those, by their ids."""
        for (told,) in self._tables.execute("select finding from naming order by finding_id"):
            yield _FINDING.validate_json(told)

    def _is_of_service(self, page_id: str) -> bool:
        query = "select 1 from service_page where page_id = ?"
        return self._tables.execute(query, (page_id,)).fetchone() is not None
