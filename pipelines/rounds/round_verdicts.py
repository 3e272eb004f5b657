"""Judge the services of a round: each by its own pages, what they show and what kinds of pages they are.

A list speaks of many services: it counts only for a service that has no other page, and what it does not show
counts for nothing while the service's own page could not be seen.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawlers.outcomes import Outcome
from pipelines.judge import OwnPage, judge
from pipelines.judging.expertise import Rubric
from pipelines.records import Finding, PageSummary, Service, ServicePage, Verdict
from pipelines.services.telling import ToldService

_LIST = "list"
_TITLE, _ADDRESS = "title@text", "page@url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The verdict on a service, and the finding made for it where its pages show no more than a name."""

    verdict: Verdict
    naming: Finding | None


def judge_service(told: ToldService, findings: Callable[[str], Sequence[Finding]], rubric: Rubric) -> Judged:
    """Return the verdict on a service; `findings` gives those on a page, by its id."""
    service, own = told.service, _own(told.service, told.pages)
    seen = {page.page_id: page for page in told.seen if Outcome(page.outcome).is_observation}
    proofs = [finding for page in own for finding in findings(page.page_id)]
    looked = [seen[page.page_id] for page in own if page.page_id in seen]
    naming = None
    if not proofs and own and own[0].role == _LIST and service.unseen_count:
        looked = []
    if looked and not proofs:
        naming = _naming(service, looked[0], rubric)
        proofs = [naming]
    return Judged(verdict=judge(service, proofs, rubric, list(map(_own_page, looked))), naming=naming)


def _own_page(page: PageSummary) -> OwnPage:
    shares = {page.kind: page.kind_confidence} | {each.kind: each.share for each in page.kind_shares}
    return OwnPage(page_id=page.page_id, kind=page.kind, shares=shares)


def _own(service: Service, pages: Sequence[ServicePage]) -> list[ServicePage]:
    """The service's own pages, its best description first; its lists where it has no other."""
    own = [page for page in pages if page.role != _LIST] or pages
    return sorted(own, key=lambda page: (page.page_id != service.page_id, page.page_id))


def _naming(service: Service, page: PageSummary, rubric: Rubric) -> Finding:
    """Return the finding that a page names the service: its title, or its address where it has none."""
    quote, place = (page.title, _TITLE) if page.title.strip() else (page.url, _ADDRESS)
    key = f"{service.service_id}\n{page.page_id}\n{rubric.named_by}\n{place}\n{quote}"
    return Finding(
        finding_id=hashlib.sha256(key.encode()).hexdigest()[:16],
        page_id=page.page_id,
        capture_id=page.capture_id,
        country_id=page.country_id,
        round_id=page.round_id,
        site_id=page.site_id,
        page_url=page.url,
        indicator_id=rubric.named_by,
        quote=quote,
        place=place,
        offset=-1,
        region="main",
        strength="direct",
    )
