"""Check a release against the captures it was made from: nothing that was published has to be believed.

Every file's hash, every table's rows, every file of the captures, and every published quote: the page is
taken from its WARC record once more, cleaned once more, and the words are looked for at their place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.checking.capture_check import check_captures
from pipelines.checking.file_check import PACKAGE, check_counts, check_sums, count_files, resources
from pipelines.checking.quote_check import Fault, Quote, check_quotes
from pipelines.records import Finding, PageRow, ServiceFact
from pipelines.records_io import read_rows
from pipelines.rounds.core_files import core_file

_TEXT = "text"
_FINDINGS = "out_service_findings"
_OF_SITES = ("out_openness", "out_institution_indicators")
_FACTS = "out_service_facts"


class VerifyError(Exception):
    """The release cannot be checked: the message names the folder and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was checked, and what is not as it was published."""

    files: int
    tables: int
    quotes: int
    faults: tuple[Fault, ...]

    @property
    def is_true(self) -> bool:
        """Whether everything was found as it was published."""
        return not self.faults

    def words(self) -> str:
        """Return the result for a person: what was checked, then each fault on a line."""
        wrong = f"{len(self.faults)} faults" if self.faults else "all found again"
        head = f"{self.files} files, {self.tables} tables, {self.quotes} quotes: {wrong}"
        faults = [f"  {one.subject}: expected {one.expected!r}, found {one.found}" for one in self.faults]
        return "\n".join([head, *faults])


def verify(release: Path, data: Path) -> Verification:
    """Return what is true of the release in `release`, whose captures lie under `data`.

    Raises:
        VerifyError: `release` is no release. CaptureError: a list of captures cannot be read.
    """
    if not (release / PACKAGE).is_file():
        raise VerifyError(f"{release}: has no {PACKAGE}; expected a folder that `baskych publish` made")
    quotes = _published(release)
    faults = [
        *check_sums(release),
        *check_counts(release),
        *check_captures(data),
        *check_quotes(quotes, data),
    ]
    return Verification(
        files=count_files(release), tables=len(resources(release)), quotes=len(quotes), faults=tuple(faults)
    )


def verify_quotes(data: Path, round_id: str) -> Verification:
    """Return whether every quote of a round that was understood stands in its capture; no release is needed.

    Raises:
        VerifyError: nothing was understood in that round. CaptureError: as `verify`.
    """
    quotes = list(_understood(data, round_id))
    if not any(core_file(data, "pages", round_id, "x").parent.glob("*.parquet")):
        raise VerifyError(f"{data}: round {round_id} has not been understood; `baskych understand` does")
    faults = (*check_captures(data, round_id), *check_quotes(quotes, data))
    return Verification(files=0, tables=0, quotes=len(quotes), faults=faults)


def _published(release: Path) -> list[Quote]:
    """The quotes of findings, of facts and of sites as a whole, once each where several rows share one."""
    quotes = {
        (row["capture_id"], row["quote"], row.get("place", _TEXT), row["offset"]): _quote(table, row)
        for table in (_FINDINGS, _FACTS, *_OF_SITES)
        for row in _rows(release / "data" / f"{table}.parquet")
        if row["quote"] is not None
    }
    return list(quotes.values())


def _rows(path: Path) -> list[dict[str, Any]]:
    return list(pq.read_table(path).to_pylist()) if path.is_file() else []


def _quote(table: str, row: dict[str, Any]) -> Quote:
    key = row.get("finding_id") or row.get("fact")
    return Quote(
        row=f"{table} {row.get('service_id') or row['institution_id']} {key}",
        capture_id=row["capture_id"] or "",
        words=row["quote"],
        place=row.get("place", _TEXT),
        offset=row["offset"],
    )


def _understood(data: Path, round_id: str) -> Iterator[Quote]:
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
            place=_TEXT,
            offset=fact.offset,
        )


def _core(data: Path, table: str, round_id: str, row_type: type[Any]) -> Iterable[Any]:
    for path in sorted(core_file(data, table, round_id, "x").parent.glob("*.parquet")):
        yield from read_rows(path, row_type)
