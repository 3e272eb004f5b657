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
    """The pages of a round that could be looked at, noted while they pass by on their way to `identify`."""

    def __init__(self) -> None:
        """Begin with none."""
        self.by_id: dict[str, SeenPage] = {}

    def noting(self, summaries: Iterable[PageSummary]) -> Iterator[PageSummary]:
        """Yield `summaries` as they are, and keep what judging needs of them."""
        for one in summaries:
            if Outcome(one.outcome).is_observation:
                shares = {one.kind: one.kind_confidence}
                shares |= {each.kind: each.share for each in one.kind_shares}
                own = OwnPage(page_id=one.page_id, kind=one.kind, shares=shares)
                self.by_id[one.page_id] = SeenPage(own=own, summary=one)
            yield one


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The verdicts of a round, and the findings made for services whose pages show no more than a name."""

    verdicts: tuple[Verdict, ...]
    names: tuple[Finding, ...]


def judge_all(
    found: Identified,
    findings: Mapping[str, Sequence[Finding]],
    seen: Mapping[str, SeenPage],
    rubric: Rubric,
) -> Judged:
    """Return the verdict on each service; `findings` and `seen` are by page id."""
    pages: dict[str, list[ServicePage]] = defaultdict(list)
    for page in found.pages:
        pages[page.service_id].append(page)
    verdicts, names = [], []
    for service in found.services:
        own = _own(service, pages[service.service_id])
        proofs = [finding for page in own for finding in findings.get(page.page_id, ())]
        looked = [seen[page.page_id] for page in own if page.page_id in seen]
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
