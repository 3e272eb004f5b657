"""Decide how far a public service has gone online.

A verdict is the highest stage for which a rule of the rubric holds on the findings: adding a finding never
lowers it, and the order of findings changes nothing. Could not look is never absent: where pages of a service
could not be seen and nothing proves a stage, there is no verdict, and the verdict says so.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipelines.judging.expertise import Rubric, Rule
from pipelines.records import Finding, Page, Service, Verdict
from pipelines.rubric import holding_rule, missing_for_next, proving

_SERVICE = frozenset({"service"})


def judge(service: Service, findings: Sequence[Finding], rubric: Rubric) -> Verdict:
    """Return the stage of `service`, and the findings on all its pages that prove it."""
    rule = holding_rule(_SERVICE, findings, rubric) if findings else None
    verdict = Verdict(
        service_id=service.service_id,
        country_id=service.country_id,
        round_id=service.round_id,
        stage=None,
        reason="not-seen",
        confidence=calibrated(_certainty(rule, findings), rubric.calibration) if rule else 0.0,
        rubric_version=rubric.version,
        finding_ids=(),
        missing=(),
    )
    return _decided(verdict, rule, findings, rubric)


def judge_page(
    page: Page,
    kind: str,
    findings: Sequence[Finding],
    rubric: Rubric,
    shares: Mapping[str, float] | None = None,
) -> Verdict:
    """Return the stage that one page shows by itself; its id stands where a service's would.

    `shares`: how probable each kind of page is. The confidence is the calibrated share of those kinds under
    which the stage would be the same.
    """
    stages = {one: _stage(one, findings, rubric) for one in sorted(shares or {kind: 1.0})}
    stage = _stage(kind, findings, rubric)
    agreeing = math.fsum((shares or {kind: 1.0})[one] for one, its in stages.items() if its == stage)
    verdict = Verdict(
        service_id=page.page_id,
        country_id=page.country_id,
        round_id=page.round_id,
        stage=None,
        reason="no-service" if page.text else "not-seen",
        confidence=calibrated(agreeing, rubric.calibration),
        rubric_version=rubric.version,
        finding_ids=(),
        missing=(),
    )
    return _decided(verdict, _rule(kind, findings, rubric), findings, rubric)


def _rule(kind: str, findings: Sequence[Finding], rubric: Rubric) -> Rule | None:
    return holding_rule([kind], findings, rubric) if kind in rubric.staged_kinds else None


def _stage(kind: str, findings: Sequence[Finding], rubric: Rubric) -> int | None:
    rule = _rule(kind, findings, rubric)
    return rule.stage if rule else None


def _certainty(rule: Rule, findings: Iterable[Finding]) -> float:
    """Return how sure a service's verdict is, before calibration: surer with each finding that proves it."""
    return 1 - 1 / (2 + len(proving(rule, findings)))


def _decided(verdict: Verdict, rule: Rule | None, findings: Iterable[Finding], rubric: Rubric) -> Verdict:
    """Return `verdict` with the stage, the proofs and the missing indicators of the rule that holds."""
    if rule is None:
        return verdict
    found = sorted(findings, key=lambda one: (one.indicator_id, one.finding_id))
    return replace(
        verdict,
        stage=rule.stage,
        reason=rule.id,
        finding_ids=tuple(one.finding_id for one in proving(rule, found)),
        missing=missing_for_next(rule.stage, found, rubric),
    )


def calibrated(raw: float, points: Sequence[tuple[float, float]]) -> float:
    """Return the share of verdicts with this raw score that were right, drawn between the nearest points."""
    before = max((point for point in points if point[0] <= raw), default=points[0])
    after = min((point for point in points if point[0] >= raw), default=points[-1])
    if after[0] == before[0]:
        return round(before[1], 4)
    part = (raw - before[0]) / (after[0] - before[0])
    return round(before[1] + part * (after[1] - before[1]), 4)
