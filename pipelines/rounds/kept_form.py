"""A reading as it is kept: what came of the page alone, and nothing that a capture or the page's row says."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter

from pydantic import TypeAdapter

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from pipelines.clean import page_id
from pipelines.find import finding_id
from pipelines.judging.site_shapes import dated_days
from pipelines.records import Finding, PageRow, PageSummary
from pipelines.rounds.page_reading import ReadCapture

GIVEN = frozenset({Outcome.OK, Outcome.UNCHANGED, Outcome.NOT_DUE})  # ways to have one and the same body
Seen = tuple[str, str, str, int, str, str]  # of a finding: indicator, quote, place, offset, region, strength

_LEVEL = 1  # of compression
_SEEN = attrgetter("indicator_id", "quote", "place", "offset", "region", "strength")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading:
    """What came of reading one capture, to be taken as that of another with the same body."""

    row: PageRow
    summary: PageSummary
    findings: tuple[Seen, ...]
    site: tuple[Seen, ...]
    days: tuple[int, ...]  # that the text names in figures, as ordinals


def packed(read: ReadCapture) -> bytes:
    """Return a reading as it is kept."""
    kept = KeptReading(
        row=read.row,
        summary=read.summary,
        findings=tuple(map(_SEEN, read.findings)),
        site=tuple(map(_SEEN, read.site)),
        days=dated_days(read.row.text),
    )
    return zlib.compress(_adapter().dump_json(kept), _LEVEL)


def unpacked(kept: bytes) -> KeptReading:
    """Return what was `packed`.

    Raises:
        zlib.error: the bytes are not what they were.
    """
    return _adapter().validate_json(zlib.decompress(kept))


def fitted(kept: KeptReading, capture: Capture) -> ReadCapture:
    """Return a reading as that of `capture`: the same words, under its ids, its time and its outcome."""
    page = page_id(capture.capture_id)
    outcome, detail = kept.row.outcome, kept.row.outcome_detail
    if Outcome(outcome) in GIVEN:  # and not what reading made of it, such as a log-in wall
        outcome, detail = capture.outcome.value, capture.outcome_detail
    row = replace(
        kept.row,
        page_id=page,
        capture_id=capture.capture_id,
        round_id=capture.round_id,
        captured_at=capture.captured_at,
        outcome=outcome,
        outcome_detail=detail,
    )
    summary = replace(
        kept.summary,
        page_id=page,
        capture_id=capture.capture_id,
        round_id=capture.round_id,
        outcome=outcome,
    )
    return ReadCapture(
        row=row, summary=summary, findings=_findings(kept.findings, row), site=_findings(kept.site, row)
    )


def _findings(seen: Iterable[Seen], row: PageRow) -> tuple[Finding, ...]:
    """The findings on the page of `row`."""
    return tuple(
        Finding(
            finding_id=finding_id(row.page_id, indicator, place, offset, quote),
            page_id=row.page_id,
            capture_id=row.capture_id,
            country_id=row.country_id,
            round_id=row.round_id,
            site_id=row.site_id,
            page_url=row.url,
            indicator_id=indicator,
            quote=quote,
            place=place,
            offset=offset,
            region=region,
            strength=strength,
        )
        for indicator, quote, place, offset, region, strength in seen
    )


@cache
def _adapter() -> TypeAdapter[KeptReading]:
    return TypeAdapter(KeptReading)
