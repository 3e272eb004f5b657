"""A reading as it is kept: what came of the page alone, and nothing that a capture or the page's row says."""

from dataclasses import dataclass, replace
from functools import cache

import deflate
from pydantic import TypeAdapter

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from pipelines.clean import page_id
from pipelines.judging.site_shapes import dated_days
from pipelines.records import PageRow, PageSummary
from pipelines.rounds.page_reading import ReadCapture
from pipelines.rounds.seen import Seen, finding_on, seen_in

GIVEN = frozenset({Outcome.OK, Outcome.UNCHANGED, Outcome.NOT_DUE})  # ways to have one and the same body

_LEVEL = 1  # of compression


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
        findings=seen_in(read.findings),
        site=read.site,
        days=dated_days(read.row.text),
    )
    return bytes(deflate.gzip_compress(_adapter().dump_json(kept), _LEVEL))


def unpacked(kept: bytes) -> KeptReading:
    """Return what was `packed`.

    Raises:
        ValueError: the bytes are not what they were.
    """
    try:
        return _adapter().validate_json(deflate.gzip_decompress(kept))
    except deflate.DeflateError as failure:
        raise ValueError("a kept reading cannot be unpacked") from failure


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
        row=row,
        summary=summary,
        findings=tuple(finding_on(row, seen) for seen in kept.findings),
        site=kept.site,
    )


@cache
def _adapter() -> TypeAdapter[KeptReading]:
    return TypeAdapter(KeptReading)
