"""What a check found, as Dagster wants it: the result of an asset check, or an event of a job's step."""

from collections.abc import Iterator
from dataclasses import dataclass

import dagster as dg

from pipelines.defs.told import Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one check found; `result` is for an asset check, `event` for a step of a job."""

    asset: str
    name: str
    passed: bool
    severity: dg.AssetCheckSeverity
    metadata: Metadata

    def result(self) -> dg.AssetCheckResult:
        """Return the answer of an asset check."""
        return dg.AssetCheckResult(
            asset_key=self.asset,
            check_name=self.name,
            passed=self.passed,
            severity=self.severity,
            metadata=self.metadata,
        )

    def event(self) -> dg.AssetCheckEvaluation:
        """Return the same answer for the log of a run."""
        return dg.AssetCheckEvaluation(
            asset_key=dg.AssetKey(self.asset),
            check_name=self.name,
            passed=self.passed,
            severity=self.severity,
            metadata=self.metadata,
        )


def asked(context: dg.AssetCheckExecutionContext, answers: Iterator[Answer]) -> Iterator[dg.AssetCheckResult]:
    """Give the answers of those checks that this run asks for."""
    names = {key.name for key in context.selected_asset_check_keys}
    return (answer.result() for answer in answers if answer.name in names)


def name_of(promise: str, site_id: str) -> str:
    """Dagster allows letters, digits and underscores in a check's name; site ids differ in nothing else."""
    return f"{promise}_" + "".join(letter if letter.isalnum() else "_" for letter in site_id)
