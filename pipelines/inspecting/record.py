"""What one page shows, as a record for people and as JSON for programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.records import Finding, PageFact, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenService:
    """The service that a page speaks of, as far as the page says."""

    name: str
    provider: str | None
    facts: tuple[PageFact, ...]
    life_event: str | None = None  # id
    cofog_division: str | None = None  # 01 to 10

    def first(self, fact: str) -> PageFact | None:
        """Return the first statement of a fact, None where the page makes none."""
        return next((each for each in self.facts if each.fact == fact), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """One page, judged by itself."""

    file: str | None  # as it was named to us
    url: str | None
    outcome: str
    outcome_detail: str | None
    language: str
    kind: str
    title: str
    stage: int | None
    reason: str  # the rubric's rule that held, or why there is no stage
    confidence: float
    findings: tuple[Finding, ...]
    proofs: frozenset[str]  # ids of the findings that prove the stage
    missing: tuple[str, ...]  # indicators of which any one alone would prove the next stage
    service: SeenService | None
    site_findings: tuple[Finding, ...] = ()  # of indicators of the page's site: they prove no stage
    ways: tuple[Way, ...] = ()  # all ways to the next stage, also those that take several indicators together
    error: str | None = None  # why the file could not be read


def as_json(seen: Inspection) -> dict[str, Any]:
    """Return `seen` with the keys that other programs rely on."""
    line: dict[str, Any] = {
        "file": seen.file,
        "url": seen.url,
        "outcome": seen.outcome,
        "language": seen.language,
        "kind": seen.kind,
        "title": seen.title,
        "stage": seen.stage,
        "confidence": seen.confidence,
        "findings": [_finding(finding, seen.proofs) for finding in seen.findings],
        "missing": list(seen.missing),
        "service": _service(seen.service) if seen.service else None,
        "reason": seen.reason,
        "outcome_detail": seen.outcome_detail,
        "site_findings": [_sight(finding) for finding in seen.site_findings],
        "missing_together": [_together(way) for way in seen.ways if way.needed_count > 1],
    }
    return line | ({"error": seen.error} if seen.error else {})


def where(finding: Finding) -> str:
    """Return the place of a finding: `text:120`, or the attribute as `a@href`."""
    return f"text:{finding.offset}" if finding.place == "text" else finding.place


def _together(way: Way) -> dict[str, Any]:
    """What is enough only together: so many of these indicators make it this stage."""
    return {"stage": way.stage, "needed": way.needed_count, "indicators": list(way.indicators)}


def _finding(finding: Finding, proofs: frozenset[str]) -> dict[str, Any]:
    return {**_sight(finding), "is_proof": finding.finding_id in proofs}


def _sight(finding: Finding) -> dict[str, Any]:
    return {
        "indicator": finding.indicator_id,
        "quote": finding.quote,
        "where": where(finding),
        "region": finding.region,
    }


def _service(service: SeenService) -> Mapping[str, Any]:
    fee, time = service.first("fee"), service.first("processing_time")
    return {
        "name": service.name,
        "provider": service.provider,
        "recipients": _quote(service.first("recipients")),
        "documents_required": [each.value for each in service.facts if each.fact == "documents_required"],
        "fee": _quote(fee),
        "fee_value": _value(fee),
        "processing_time": _quote(time),
        "processing_days": float(_value(time) or 0) if _value(time) else None,
        "legal_basis": _quote(service.first("legal_basis")),
        "result": _quote(service.first("result")),
        "channel": _quote(service.first("channel")),
        "life_event": service.life_event,
        "cofog_division": service.cofog_division,
        "where": {
            name: [f"text:{each.offset}" for each in service.facts if each.fact == name]
            for name in dict.fromkeys(each.fact for each in service.facts)
        },
    }


def _quote(fact: PageFact | None) -> str | None:
    return fact.quote if fact else None


def _value(fact: PageFact | None) -> str | None:
    """The normalised value: None where the page's words could not be read as money or time."""
    return fact.value if fact and fact.value != fact.quote else None
