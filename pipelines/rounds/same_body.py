"""Take a reading of one capture as that of another, which has the same body at the same address."""

from collections.abc import Collection
from dataclasses import replace

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from pipelines.clean import page_id
from pipelines.find import finding_id
from pipelines.judging.expertise import Knowledge
from pipelines.judging.site_shapes import DATED_WITHIN, dated_alike
from pipelines.records import Finding
from pipelines.rounds.page_reading import ReadCapture

GIVEN = frozenset({Outcome.OK, Outcome.UNCHANGED, Outcome.NOT_DUE})  # ways to have one and the same body


def date_spans(knowledge: Knowledge) -> frozenset[int]:
    """Return how recent, in days, the cues of `knowledge` ask dates to be."""
    cues = [cue for one in (*knowledge.indicators, *knowledge.site_indicators) for cue in one.seen]
    cues += [cue for subject in knowledge.subjects for cue in subject.seen]
    cues += [sign.seen for sign in knowledge.signs.values()]
    return frozenset(int(days) for cue in cues if cue.shape == DATED_WITHIN for days in cue.of)


def is_as_recent(read: ReadCapture, capture: Capture, spans: Collection[int]) -> bool:
    """Return whether the dates of the page are, on the day of `capture`, as recent as when it was read."""
    return dated_alike(read.row.text, (read.row.captured_at.date(), capture.captured_at.date()), spans)


def fitted(read: ReadCapture, capture: Capture) -> ReadCapture:
    """Return a reading as that of `capture`: the same words, under its ids, its time and its outcome."""
    page = page_id(capture.capture_id)
    outcome, detail = read.row.outcome, read.row.outcome_detail
    if Outcome(outcome) in GIVEN:  # and not what reading made of it, such as a log-in wall
        outcome, detail = capture.outcome.value, capture.outcome_detail
    row = replace(
        read.row,
        page_id=page,
        capture_id=capture.capture_id,
        round_id=capture.round_id,
        captured_at=capture.captured_at,
        outcome=outcome,
        outcome_detail=detail,
    )
    summary = replace(
        read.summary,
        page_id=page,
        capture_id=capture.capture_id,
        round_id=capture.round_id,
        outcome=outcome,
    )
    return ReadCapture(
        row=row,
        summary=summary,
        findings=tuple(_refound(one, page, capture) for one in read.findings),
        site=tuple(_refound(one, page, capture) for one in read.site),
    )


def _refound(one: Finding, page: str, capture: Capture) -> Finding:
    return Finding(  # not `replace`, which asks a dataclass about each field anew: there are many findings
        finding_id=finding_id(page, one.indicator_id, one.place, one.offset, one.quote),
        page_id=page,
        capture_id=capture.capture_id,
        country_id=one.country_id,
        round_id=capture.round_id,
        site_id=one.site_id,
        page_url=one.page_url,
        indicator_id=one.indicator_id,
        quote=one.quote,
        place=one.place,
        offset=one.offset,
        region=one.region,
        strength=one.strength,
    )
