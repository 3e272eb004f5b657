"""Corrections: what somebody told us was wrong, what was decided, and why, as data in `corrections.yml`.

The file lies in the data folder and belongs under version control; no run writes it, so decisions survive
every harvest and rebuild. A stage is never corrected by hand: it is what the words on the pages prove, so
a wrong stage is an error of the rules, and is put right there (decision `noted`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, model_validator

from crawlers.strict_yaml import load_model
from pipelines.errors import CorrectionsError
from pipelines.records_io import write_rows

FILE = "corrections.yml"
CorrectedField = Literal[
    "name_ky",
    "name_ru",
    "name_en",
    "fee_amount",
    "fee_currency",
    "is_free",
    "processing_days",
    "life_event_id",
]
_NUMBERS = frozenset({"fee_amount", "processing_days"})
_Text = Annotated[str, Field(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRow:
    """Row of codes_corrections: one decision. Key: correction_id."""

    correction_id: str
    service_id: str
    field: str
    before: str | None
    after: str | None
    decision: str
    decided_on: date
    reason: str
    source: str | None


class Correction(BaseModel):
    """One decision about one field of one service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^\d{4}-\d{3,}$")]  # year and number: 2026-001
    service_id: _Text
    field: CorrectedField | Literal["stage"]
    before: str | float | bool | None = None  # what the harvest says; once it says another thing, this lapses
    after: str | float | bool | None = None  # None: there is no such thing
    decision: Literal["accepted", "refused", "noted"]
    decided_on: date
    reason: _Text
    source: HttpUrl | None = None  # a page that shows how it is

    @model_validator(mode="after")
    def _fits_its_field(self) -> "Correction":
        if self.field == "stage" and self.decision == "accepted":
            raise ValueError("a stage is what pages prove: mend the rules and decide `noted`")
        if self.after is not None and self.field in _NUMBERS and not _is_number(self.after):
            raise ValueError(f"after {self.after!r}: expected a number for {self.field}")
        if self.after is not None and self.field == "is_free" and not isinstance(self.after, bool):
            raise ValueError(f"after {self.after!r}: expected true or false for is_free")
        return self


class _Corrections(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    corrections: list[Correction] = []

    @model_validator(mode="after")
    def _are_told_apart(self) -> "_Corrections":
        ids = [one.id for one in self.corrections]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"id {twice[0]!r} stands twice; expected once")
        decided = [(one.service_id, one.field) for one in self.corrections if one.decision == "accepted"]
        if doubled := sorted({one for one in decided if decided.count(one) > 1}):
            raise ValueError(f"{doubled[0][0]}, {doubled[0][1]}: accepted twice; expected one decision")
        return self


def write_corrections(data: Path) -> int:
    """Write the decisions in `data/corrections.yml` for the warehouse; return how many there are.

    Raises:
        CorrectionsError: the file cannot be read, or one of its values is not what was expected.
    """
    path = data / FILE
    read = load_model(path, _Corrections, CorrectionsError).corrections if path.exists() else []
    return write_rows(
        data / "core" / "codes" / "corrections" / "all.parquet", list(_rows(read)), CorrectionRow
    )


def _rows(read: list[Correction]) -> Iterator[CorrectionRow]:
    for one in sorted(read, key=lambda correction: correction.id):
        yield CorrectionRow(
            correction_id=one.id,
            service_id=one.service_id,
            field=one.field,
            before=_text(one.before),
            after=_text(one.after),
            decision=one.decision,
            decided_on=one.decided_on,
            reason=one.reason,
            source=None if one.source is None else str(one.source),
        )


def _text(value: object) -> str | None:
    """Return a value as DuckDB writes it in text."""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
