"""Decide how far a public service has gone online.

A verdict is the highest stage for which a rule of the rubric holds on the findings: adding a finding never
lowers it, and the order of findings changes nothing. Could not look is never absent: where pages of a service
could not be seen and nothing proves a stage, there is no verdict, and the verdict says so.
"""

from collections.abc import Iterable, Sequence

from pipelines.expertise import Rubric, Rule
from pipelines.records import Finding, Page, Service, Verdict
from pipelines.rubric import holding_rule, missing_for_next, proving

_SERVICE = frozenset({"service"})
_SURE = 1.0


def judge(service: Service, findings: Sequence[Finding], rubric: Rubric) -> Verdict:
    """Return the stage of `service`, and the findings on all its pages that prove it."""
    rule = holding_rule(_SERVICE, findings, rubric)
    if rule is not None and rule.stage == 1 and (service.unseen_count or not findings):
        rule = None if not findings else rule
    reason = "not-seen" if service.unseen_count or not findings else "no-service"
    return _verdict(
        service.service_id, service.country_id, service.round_id, rule, reason, findings, rubric, _SURE
    )


def judge_page(
    page: Page, kind: str, findings: Sequence[Finding], rubric: Rubric, kind_confidence: float = _SURE
) -> Verdict:
    """Return the stage that one page shows by itself; its id stands where a service's would."""
    rule = holding_rule([kind], findings, rubric) if kind in rubric.staged_kinds else None
    reason = "no-service" if page.text else "not-seen"
    return _verdict(
        page.page_id, page.country_id, page.round_id, rule, reason, findings, rubric, kind_confidence
    )


def _verdict(  # noqa: PLR0913 - the parts of one verdict
    subject_id: str, country_id: str, round_id: str, rule: Rule | None, reason: str,
    findings: Iterable[Finding], rubric: Rubric, certainty: float,
) -> Verdict:  # fmt: skip
    found = sorted(findings, key=lambda one: (one.indicator_id, one.finding_id))
    proofs = proving(rule, found) if rule else ()
    raw = certainty * (1 - 0.4 / (1 + len(proofs)))
    return Verdict(
        service_id=subject_id,
        country_id=country_id,
        round_id=round_id,
        stage=rule.stage if rule else None,
        reason=rule.id if rule else reason,
        confidence=calibrated(raw, rubric.calibration),
        rubric_version=rubric.version,
        finding_ids=tuple(one.finding_id for one in proofs),
        missing=missing_for_next(rule.stage, found, rubric) if rule else (),
    )


def calibrated(raw: float, points: Sequence[tuple[float, float]]) -> float:
    """Return the share of verdicts that were right among those with this raw score, between the nearest points."""
    before = max((point for point in points if point[0] <= raw), default=points[0])
    after = min((point for point in points if point[0] >= raw), default=points[-1])
    if after[0] == before[0]:
        return round(before[1], 4)
    part = (raw - before[0]) / (after[0] - before[0])
    return round(before[1] + part * (after[1] - before[1]), 4)
