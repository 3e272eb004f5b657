"""Find what a page shows of online service and of openness, each with the page's own words.

A fact about a service counts only in the main content of a page of the right kind; a log-in link in a
header is found too, and marked as site-wide: weak evidence for any one service.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipelines.judging.cues import Read, proofs
from pipelines.judging.expertise import Cue, Indicator, Knowledge, Subject
from pipelines.judging.kinds import decided, kind_shares, read_page, signs_of
from pipelines.judging.shapes import Proof
from pipelines.records import Finding, Page

_MOST_PER_INDICATOR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood of one page: its kind, how sure that is, and its findings."""

    kind: str
    kind_confidence: float
    kind_shares: Mapping[str, float]  # how probable each kind is, together 1
    findings: tuple[Finding, ...]
    openness: tuple[Finding, ...] = ()  # of subjects, by cues of their own: they prove no stage


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
    return Reading(
        kind=kind,
        kind_confidence=confidence,
        kind_shares=shares,
        findings=findings_of(knowledge.indicators, read, signs, kind),
        openness=findings_of(knowledge.subjects, read, signs, kind),
    )


def findings_of(
    sought: Iterable[Indicator | Subject], read: Read, signs: frozenset[str], kind: str
) -> tuple[Finding, ...]:
    """Return the findings of what is sought on a page that has been read and whose kind is known."""
    if not read.page.text:
        return ()
    return tuple(finding for one in sought for finding in _findings(one, read, signs, kind))


def _findings(
    indicator: Indicator | Subject, read: Read, signs: frozenset[str], kind: str
) -> Iterator[Finding]:
    """Yield up to three findings of one indicator or subject, those that show it most squarely first."""
    seen: dict[tuple[str, str, int], Proof] = {}
    points = 0.0
    for cue in indicator.seen:
        found = proofs(cue, read) if _applies(cue, signs, kind) else []
        points += cue.points if found else 0
        for proof in found:
            seen.setdefault((proof.quote, proof.place, proof.offset), proof)
    if points < 1:
        return
    ranked = sorted(seen.values(), key=lambda one: (-one.weight, one.place, one.offset, one.quote))
    for proof in ranked[:_MOST_PER_INDICATOR]:
        yield _finding(indicator.id, proof, read.page)


def _applies(cue: Cue, signs: frozenset[str], kind: str) -> bool:
    return (
        (not cue.kinds or kind in cue.kinds)
        and (not cue.when or not signs.isdisjoint(cue.when))
        and signs.isdisjoint(cue.unless)
    )


def _finding(indicator_id: str, proof: Proof, page: Page) -> Finding:
    key = "\n".join((page.page_id, indicator_id, proof.place, str(proof.offset), proof.quote))
    return Finding(
        finding_id=hashlib.sha256(key.encode()).hexdigest()[:16],
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
