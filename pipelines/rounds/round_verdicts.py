"""Judge the services of a round: each by its own pages, what they show and what kinds of pages they are.

A list speaks of many services: it counts only for a service that has no other page, and what it does not show
counts for nothing while the service's own page could not be seen.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawlers.outcomes import Outcome
from pipelines.identify import Identified
from pipelines.judge import OwnPage, judge
from pipelines.judging.expertise import Rubric
from pipelines.records import Finding, PageSummary, Service, ServicePage, Verdict

_LIST = "list"
_TITLE, _ADDRESS = "title@text", "page@url"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """What judging needs of a page that could be looked at."""

    own: OwnPage
    summary: PageSummary


class SeenPages:
    """The pages of a round that could be looked at, noted while they pass by on their way to `identify`.

    Most are of no service: what judging needs of a page is made when it is asked for.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._summaries: dict[str, PageSummary] = {}

    def noting(self, summaries: Iterable[PageSummary]) -> Iterator[PageSummary]:
        """Yield `summaries` as they are, and keep those of pages that could be looked at."""
        for one in summaries:
            if Outcome(one.outcome).is_observation:
                self._summaries[one.page_id] = one
            yield one

    def get(self, page_id: str) -> SeenPage | None:
        """Return what judging needs of a page; None where it could not be looked at."""
        summary = self._summaries.get(page_id)
        if summary is None:
            return None
        shares = {summary.kind: summary.kind_confidence}
        shares |= {each.kind: each.share for each in summary.kind_shares}
        own = OwnPage(page_id=page_id, kind=summary.kind, shares=shares)
        return SeenPage(own=own, summary=summary)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The verdicts of a round, and the findings made for services whose pages show no more than a name."""

    verdicts: tuple[Verdict, ...]
    names: tuple[Finding, ...]


def judge_all(
    found: Identified,
    findings: Mapping[str, Sequence[Finding]],
    seen: SeenPages,
    rubric: Rubric,
) -> Judged:
    """Return the verdict on each service; `findings` are by page id."""
    pages: dict[str, list[ServicePage]] = defaultdict(list)
    for page in found.pages:
        pages[page.service_id].append(page)
    verdicts, names = [], []
    for service in found.services:
        own = _own(service, pages[service.service_id])
        proofs = [finding for page in own for finding in findings.get(page.page_id, ())]
        looked = [page for page in (seen.get(each.page_id) for each in own) if page]
        if not proofs and own and own[0].role == _LIST and service.unseen_count:
            looked = []
        if looked and not proofs:
            proofs = [_naming(service, looked, rubric)]
            names += proofs
        verdicts.append(judge(service, proofs, rubric, [page.own for page in looked]))
    return Judged(verdicts=tuple(verdicts), names=tuple(names))


def _own(service: Service, pages: Sequence[ServicePage]) -> list[ServicePage]:
    """The service's own pages, its best description first; its lists where it has no other."""
    own = [page for page in pages if page.role != _LIST] or pages
    return sorted(own, key=lambda page: (page.page_id != service.page_id, page.page_id))


def _naming(service: Service, looked: Sequence[SeenPage], rubric: Rubric) -> Finding:
    """Return the finding that a page names the service: its title, or its address where it has none."""
    page = looked[0].summary
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
