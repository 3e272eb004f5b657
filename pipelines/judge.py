"""Decide how far a public service has gone online.

A verdict is the highest stage for which a rule of the rubric holds on the findings: adding a finding never
lowers it, and the order of findings and pages changes nothing. Could not look is never absent: where no page
of a service could be seen, there is no verdict, and the verdict says so; where one was, it informs at least.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipelines.judging.certainty import OwnPage, agreeing, calibrated, certainty, stage_as
from pipelines.judging.expertise import Rubric, Rule
from pipelines.records import Finding, Page, PageRow, Service, Verdict
from pipelines.rubric import alone, holding_rule, proving, ways_to_next

__all__ = ["OwnPage", "calibrated", "judge", "judge_page"]

_SERVICE = "service"


def judge(
    service: Service, findings: Sequence[Finding], rubric: Rubric, pages: Sequence[OwnPage] = ()
) -> Verdict:
    """Return the stage of `service`, and the findings on all its pages that prove it.

    `pages`: its own pages that could be looked at. A service is judged by the rules for a service and by
    those for the kinds that its pages surely are: its form, its account, its data. A finding on a page that
    is not among them is taken to be on a page that surely describes the service.
    """
    own = _with_pages_of(findings, pages)
    kinds = {_SERVICE, *(page.kind for page in own if page.shares[page.kind] >= rubric.sure_share)}
    rule = holding_rule(kinds, findings, rubric) if own else None
    verdict = Verdict(
        service_id=service.service_id,
        country_id=service.country_id,
        round_id=service.round_id,
        stage=None,
        reason="not-seen",
        confidence=calibrated(certainty(rule, findings, own, rubric), rubric.calibration) if rule else 0.0,
        rubric_version=rubric.version,
        finding_ids=(),
        missing=(),
    )
    return _decided(verdict, rule, kinds, findings, rubric)


def judge_page(
    page: Page | PageRow,
    kind: str,
    findings: Sequence[Finding],
    rubric: Rubric,
    shares: Mapping[str, float] | None = None,
) -> Verdict:
    """Return the stage that one page shows by itself; its id stands where a service's would.

    `shares`: how probable each kind of page is. The confidence is the calibrated share of those kinds under
    which the stage would be the same.
    """
    stage = stage_as(kind, findings, rubric)
    verdict = Verdict(
        service_id=page.page_id,
        country_id=page.country_id,
        round_id=page.round_id,
        stage=None,
        reason="no-service" if page.text else "not-seen",
        confidence=calibrated(agreeing(stage, shares or {kind: 1.0}, findings, rubric), rubric.calibration),
        rubric_version=rubric.version,
        finding_ids=(),
        missing=(),
    )
    rule = holding_rule([kind], findings, rubric) if stage else None
    return _decided(verdict, rule, {kind}, findings, rubric)


def _with_pages_of(findings: Sequence[Finding], pages: Sequence[OwnPage]) -> list[OwnPage]:
    """Return `pages`, and the pages of findings that are not among them, each once, by id."""
    known = {page.page_id: page for page in pages}
    for page_id in {one.page_id for one in findings} - set(known):
        known[page_id] = OwnPage(page_id=page_id, kind=_SERVICE, shares={_SERVICE: 1.0})
    return [known[page_id] for page_id in sorted(known)]


def _decided(
    verdict: Verdict, rule: Rule | None, kinds: set[str], findings: Sequence[Finding], rubric: Rubric
) -> Verdict:
    """Return `verdict` with the stage, the proofs and the ways to the next stage of the rule that holds."""
    if rule is None:
        return verdict
    found = sorted(findings, key=lambda one: (one.indicator_id, one.finding_id))
    ways = ways_to_next(kinds, found, rubric)
    return replace(
        verdict,
        stage=rule.stage,
        reason=rule.id,
        finding_ids=tuple(one.finding_id for one in proving(rule, found)),
        missing=alone(ways),
        ways=ways,
    )
