"""Find what a page shows of online service, of openness and of its site, each with the page's own words.

A fact about a service counts only in the main content of a page of the right kind; a log-in link in a
header is found too, and marked as site-wide: weak evidence for any one service.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pipelines.judging.cues import Read, Spot, proofs, spots
from pipelines.judging.expertise import Cue, Indicator, Knowledge, Subject
from pipelines.judging.kinds import decided, kind_shares, read_page, signs_of
from pipelines.judging.proof import Proof
from pipelines.records import Finding, Page

_MOST_PER_INDICATOR = 3
_MOST_PER_SITE_INDICATOR = 1  # a site is asked once: further words on the page add nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood of one page: its kind, how sure that is, and its findings."""

    kind: str
    kind_confidence: float
    kind_shares: Mapping[str, float]  # how probable each kind is, together 1
    findings: tuple[Finding, ...]
    openness: tuple[Finding, ...] = ()  # of subjects, by cues of their own: they prove no stage
    site: tuple[Finding, ...] = ()  # of indicators of the page's site: neither do they


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a page before its indicators are looked for."""

    signs: frozenset[str]
    kind: str
    shares: Mapping[str, float]  # how probable each kind is
    least_share: float  # how probable a kind must be for a page to be read as one of it too

    def may_be(self, kinds: Collection[str]) -> bool:
        """Say whether the page is of one of `kinds`, or probable enough to be: kinds are told, not known."""
        return self.kind in kinds or max(self.shares[one] for one in kinds) >= self.least_share


def find(page: Page, knowledge: Knowledge) -> tuple[Finding, ...]:
    """Return the findings on `page`, the best of each indicator first, in the order of the indicators."""
    return understand(page, knowledge).findings


def understand(page: Page, knowledge: Knowledge) -> Reading:
    """Return kind and findings of `page` together: `find` and `classify` for the price of one reading."""
    return understand_read(read_page(page, knowledge), knowledge)


def understand_read(read: Read, knowledge: Knowledge) -> Reading:
    """Return kind and findings of a page that has been read."""
    signs = signs_of(read, knowledge)
    shares = kind_shares(signs, knowledge)
    kind, confidence = decided(shares, knowledge)
    told = Told(signs=signs, kind=kind, shares=shares, least_share=knowledge.least_kind_share)
    return Reading(
        kind=kind,
        kind_confidence=confidence,
        kind_shares=shares,
        findings=findings_of(knowledge.indicators, read, told),
        openness=findings_of(knowledge.subjects, read, told),
        site=findings_of(knowledge.site_indicators, read, told, _MOST_PER_SITE_INDICATOR),
    )


def findings_of(
    sought: Iterable[Indicator | Subject],
    read: Read,
    told: Told,
    most: int = _MOST_PER_INDICATOR,
) -> tuple[Finding, ...]:
    """Return the findings of what is sought on a page that has been read and whose kind is known.

    `most`: how many findings of one indicator or subject, at most.
    """
    if not read.page.text:
        return ()
    return tuple(
        _finding(one.id, proof, read.page) for one in sought for proof in _proofs(one, read, told, most)
    )


def _proofs(sought: Indicator | Subject, read: Read, told: Told, most: int) -> list[Proof]:
    """Return what shows one indicator or subject best, at most `most` places."""
    found: list[Spot] = []
    points = 0.0
    for cue in sought.seen:
        where = spots(cue, read) if cue.may_show(read.seen) and _applies(cue, told) else ()
        points += cue.points if where else 0
        found += where
    return proofs(found, most) if points >= 1 else []


def _applies(cue: Cue, told: Told) -> bool:
    return (not cue.kinds or told.may_be(cue.kinds)) and cue.goes_with(told.signs)


def finding_id(page_id: str, indicator_id: str, place: str, offset: int, quote: str) -> str:
    """Return the id of a finding: the same words at the same place of the same page, always the same."""
    key = "\n".join((page_id, indicator_id, place, str(offset), quote))
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _finding(indicator_id: str, proof: Proof, page: Page) -> Finding:
    return Finding(
        finding_id=finding_id(page.page_id, indicator_id, proof.place, proof.offset, proof.quote),
        page_id=page.page_id,
        capture_id=page.capture_id,
        country_id=page.country_id,
        round_id=page.round_id,
        site_id=page.site_id,
        page_url=page.url,
        indicator_id=indicator_id,
        quote=proof.quote,
        place=proof.place,
        offset=proof.offset,
        region=proof.region,
        strength="direct" if proof.region == "main" else "site_wide",
    )
