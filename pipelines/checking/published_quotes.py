"""All words that a release, or a round that was understood, says to have read on a page."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.checking.quote_check import Fault, Quote
from pipelines.records import Finding, PageRow, ServiceFact
from pipelines.records_io import read_rows
from pipelines.rounds.core_files import core_file

TEXT = "text"
FINDINGS = "out_service_findings"
_OF_SITES = ("out_openness", "out_institution_indicators")
_FACTS = "out_service_facts"


def published_quotes(release: Path) -> tuple[list[Quote], list[Fault]]:
    """Return the quotes of findings, of facts and of sites as a whole, and a fault for each table without.

    A quote stands once, where several rows share it.
    """
    quotes: dict[tuple[Any, ...], Quote] = {}
    faults: list[Fault] = []
    for table in (FINDINGS, _FACTS, *_OF_SITES):
        path = f"data/{table}.parquet"
        try:
            quotes |= {
                (row["capture_id"], row["quote"], row.get("place", TEXT), row["offset"]): quote_of(table, row)
                for row in rows_in(release / path)
                if row["quote"] is not None
            }
        except (OSError, LookupError, ValueError, TypeError, pa.ArrowException) as failure:
            faults.append(
                Fault(subject=path, expected="quotes in Parquet", found=f"cannot be read: {failure!r}")
            )
    return list(quotes.values()), faults


def rows_in(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a Parquet file, none where there is no such file.

    Raises:
        OSError, ArrowException: it cannot be read.
    """
    return list(pq.read_table(path).to_pylist()) if path.is_file() else []


def quote_of(table: str, row: dict[str, Any]) -> Quote:
    """Return the words of a published row, and where it says that they stand."""
    key = row.get("finding_id") or row.get("fact")
    return Quote(
        row=f"{table} {row.get('service_id') or row['institution_id']} {key}",
        capture_id=row["capture_id"] or "",
        words=row["quote"],
        place=row.get("place", TEXT),
        offset=row["offset"],
    )


def understood_quotes(data: Path, round_id: str) -> Iterator[Quote]:
    """Yield the quotes of a round that was understood, of findings and of facts."""
    for finding in _core(data, "findings", round_id, Finding):
        yield Quote(
            row=f"findings {finding.finding_id} {finding.indicator_id}",
            capture_id=finding.capture_id,
            words=finding.quote,
            place=finding.place,
            offset=finding.offset,
        )
    captures = {page.page_id: page.capture_id for page in _core(data, "pages", round_id, PageRow)}
    for fact in _core(data, "service_facts", round_id, ServiceFact):
        yield Quote(
            row=f"service_facts {fact.service_id} {fact.fact}",
            capture_id=captures.get(fact.page_id, ""),
            words=fact.quote,
            place=TEXT,
            offset=fact.offset,
        )


def _core(data: Path, table: str, round_id: str, row_type: type[Any]) -> Iterable[Any]:
    for path in sorted(core_file(data, table, round_id, "x").parent.glob("*.parquet")):
        yield from read_rows(path, row_type)
