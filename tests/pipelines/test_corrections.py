"""Corrections: read strictly, applied as data, told beside the row, and kept through every run."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.corrections import CorrectionRow, write_corrections
from pipelines.errors import CorrectionsError
from pipelines.records_io import read_rows

ACCEPTED = """corrections:
- id: 2026-001
  service_id: tax-registration
  field: is_free
  before: false
  after: true
  decision: accepted
  decided_on: 2026-11-20
  reason: The law of 2026 made it free.
  source: https://tax.example/law
"""


def written(data: Path, text: str) -> tuple[CorrectionRow, ...]:
    """Return the rows that are written of a file with `text`."""
    (data / "corrections.yml").write_text(text, encoding="utf-8")
    write_corrections(data)
    return read_rows(data / "core/codes/corrections/all.parquet", CorrectionRow)


def test_a_decision_is_written_as_it_was_decided(tmp_path: Path):
    """Truths and numbers as DuckDB reads them."""
    assert (
        CorrectionRow(
            correction_id="2026-001",
            service_id="tax-registration",
            field="is_free",
            before="false",
            after="true",
            decision="accepted",
            decided_on=date(2026, 11, 20),
            reason="The law of 2026 made it free.",
            source="https://tax.example/law",
        ),
    ) == written(tmp_path, ACCEPTED)


def test_no_file_is_no_decision(tmp_path: Path):
    """And a decision that is taken back is gone."""
    written(tmp_path, ACCEPTED)
    (tmp_path / "corrections.yml").unlink()

    assert 0 == write_corrections(tmp_path)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("- id: 2026-001", "expected keys with their values: corrections"),
        (ACCEPTED.replace("is_free", "stage"), "mend the rules"),
        (ACCEPTED.replace("is_free", "quote"), "field"),
        (ACCEPTED.replace("after: true", "after: many"), "expected true or false"),
        (ACCEPTED.replace("field: is_free", "field: fee_amount"), "expected a number"),
        (ACCEPTED.replace("2026-001", "first"), "id"),
        (ACCEPTED + ACCEPTED.split("\n", 1)[1], "stands twice"),
        (ACCEPTED + ACCEPTED.split("\n", 1)[1].replace("2026-001", "2026-002"), "accepted twice"),
        (ACCEPTED.replace("  reason", "  because"), "because"),
        (ACCEPTED.replace("https://tax", "javascript:tax"), "source"),
    ],
)
def test_a_wrong_decision_is_refused_with_what_was_expected(tmp_path: Path, wrong: str, says: str):
    """The file is named, and nothing of it is applied."""
    with pytest.raises(CorrectionsError, match=r"corrections\.yml") as caught:
        written(tmp_path, wrong)

    assert says in str(caught.value)
    assert not (tmp_path / "core").exists()
