"""Read a finished round of the sample republic, to be compared with what is true of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from crawlers.captures_io import read_captures
from crawlers.outcomes import Outcome
from pipelines.records import PageRow, Service, ServicePage, Verdict
from pipelines.records_io import read_rows
from pipelines.rounds.core_files import core_file

COUNTRY = "sample"
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The rows of a finished round that are compared."""

    services: Sequence[Service]
    pages: Sequence[ServicePage]
    verdicts: Sequence[Verdict]
    outcomes: Mapping[str, str]  # site -> what its first page turned out to be


def read_round(data: Path, round_id: str | None = None) -> Round:
    """Return a round of the sample republic under `data`: the newest where none is named.

    Raises:
        FileNotFoundError: there is no such round.
    """
    captures = data / "captures"
    rounds = sorted(path.name for path in captures.glob("*") if any(path.glob("sample-*")))
    if not rounds:
        raise FileNotFoundError(f"{captures}: no round of the sample republic; expected <round>/sample-*/")
    chosen = round_id or rounds[-1]
    return Round(
        services=[row for row in _rows(data, "services", chosen, Service) if row.country_id == COUNTRY],
        pages=_rows(data, "service_pages", chosen, ServicePage),
        verdicts=[row for row in _rows(data, "verdicts", chosen, Verdict) if row.country_id == COUNTRY],
        outcomes=_outcomes(data, chosen),
    )


def _rows(data: Path, table: str, round_id: str, row_type: type[_Row]) -> list[_Row]:
    folder = data / "core" / table / f"round={round_id}"
    return [row for path in sorted(folder.glob("*.parquet")) for row in read_rows(path, row_type)]


def _outcomes(data: Path, round_id: str) -> dict[str, str]:
    """What the first page of each site turned out to be, once it was read and its redirect followed."""
    found: dict[str, str] = {}
    for folder in sorted((data / "captures" / round_id).glob(f"{COUNTRY}-*")):
        captures = {one.url: one for one in reversed(read_captures(folder)) if one.depth >= 0}
        first = min(captures.values(), key=lambda one: (one.depth, one.seq), default=None)
        if first is not None:
            last = captures.get(first.redirect_url or "", first)
            pages = core_file(data, "pages", round_id, folder.name)
            read = {page.capture_id: page.outcome for page in read_rows(pages, PageRow)}
            found[folder.name] = _as_new(read.get(last.capture_id, last.outcome.value))
    return found


def _as_new(outcome: str) -> str:
    """The outcome as if the page had been seen for the first time: the truth knows no earlier round."""
    return Outcome.OK.value if outcome in {Outcome.UNCHANGED, Outcome.NOT_DUE} else outcome
