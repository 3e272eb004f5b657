"""Say how sure a service's stage is: by the kinds that its pages may be, not by how often they say a thing.

A page alone is as sure as the share of its possible kinds under which it would have the same stage. A service
is as sure as the pages that prove its stage are on average: the same words again, on the same page or on a
copy of it, change nothing, and a proof on a page that may be no page of a service counts for less. So a
service and a page are measured alike, and one calibration, fitted on labelled pages, holds for both.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.judging.expertise import Rubric, Rule
from pipelines.records import Finding
from pipelines.rubric import holding_rule, proving


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """A page of a service that could be looked at, and what kinds it may be."""

    page_id: str
    kind: str  # the likeliest
    shares: Mapping[str, float]  # how probable each kind is, together 1


def stage_as(kind: str, findings: Sequence[Finding], rubric: Rubric) -> int | None:
    """Return the stage that `findings` make on a page of `kind`; None for a kind without stages."""
    rule = holding_rule([kind], findings, rubric) if kind in rubric.staged_kinds else None
    return rule.stage if rule else None


def agreeing(
    stage: int | None, shares: Mapping[str, float], findings: Sequence[Finding], rubric: Rubric
) -> float:
    """Return the share of kinds under which `findings` make this stage, 0 to 1."""
    return math.fsum(
        share for kind, share in sorted(shares.items()) if stage_as(kind, findings, rubric) == stage
    )


def certainty(rule: Rule, findings: Sequence[Finding], pages: Sequence[OwnPage], rubric: Rubric) -> float:
    """Return how sure it is, before calibration, that `rule` gives a service its stage, 0 to 1."""
    raw = [agreeing(rule.stage, page.shares, findings, rubric) for page in _resting_on(rule, findings, pages)]
    return math.fsum(raw) / len(raw)


def _resting_on(rule: Rule, findings: Sequence[Finding], pages: Sequence[OwnPage]) -> Sequence[OwnPage]:
    """Return the pages with the words that prove `rule`; where it asks for none, those of its kinds."""
    proofs = {one.page_id for one in proving(rule, findings)} if rule.any_of or rule.all_of else set()
    proving_pages = [page for page in pages if page.page_id in proofs]
    return proving_pages or [page for page in pages if page.kind in rule.kinds] or pages


def calibrated(raw: float, points: Sequence[tuple[float, float]]) -> float:
    """Return the share of verdicts with this raw score that were right, drawn between the nearest points."""
    before = max((point for point in points if point[0] <= raw), default=points[0])
    after = min((point for point in points if point[0] >= raw), default=points[-1])
    if after[0] == before[0]:
        return round(before[1], 4)
    part = (raw - before[0]) / (after[0] - before[0])
    return round(before[1] + part * (after[1] - before[1]), 4)
