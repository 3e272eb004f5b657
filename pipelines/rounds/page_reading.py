"""Read one capture of a site: the row of its page, its summary, and what it shows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from crawlers.captures import Capture
from crawlers.captures_io import read_body
from crawlers.errors import CaptureError
from crawlers.outcomes import Outcome
from pipelines.clean import clean
from pipelines.find import Reading, understand
from pipelines.judging.expertise import Knowledge
from pipelines.pages.dates import stated_on
from pipelines.pages.documents import DocumentReader
from pipelines.pages.reading import read_page
from pipelines.records import Finding, KindShare, Page, PageRow, PageSummary
from pipelines.rounds.seen import Seen, seen_in
from pipelines.rounds.understand_rules import understand_rules
from pipelines.services.service_words import service_words
from pipelines.services.summary import SiteContext, summarise

_UNREAD = Reading(kind="error", kind_confidence=1.0, kind_shares={"error": 1.0}, findings=())
_WORTH_READING = frozenset(
    {
        Outcome.OK,
        Outcome.UNCHANGED,
        Outcome.NOT_DUE,
        Outcome.LOGIN,
        Outcome.BLOCKED,
        Outcome.RATE_LIMITED,
        Outcome.UNREACHABLE_HTTP_4XX,
        Outcome.UNREACHABLE_HTTP_5XX,
    }
)  # of the others a body, if there is one, is only part of something

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCapture:
    """What came of reading one capture: all that the files of its site need of it."""

    row: PageRow
    summary: PageSummary
    findings: tuple[Finding, ...]  # of services and of openness; a site's own words not yet told from them
    site: tuple[Seen, ...]  # of indicators of the site


def read_capture(
    folder: Path, capture: Capture, site: SiteContext, knowledge: Knowledge, reader: DocumentReader
) -> ReadCapture | None:
    """Return what a capture in `folder` shows; None where it is data for machines, not a page."""
    page = _page(folder, capture, reader)
    if page.media_type in understand_rules().machine_types:
        return None
    reading = understand(page, knowledge) if Outcome(page.outcome).is_observation else _UNREAD
    summary = summarise(page, reading, site, service_words(), capture.redirect_url)
    return ReadCapture(
        row=page_row(page, reading),
        summary=replace(summary, kind_shares=_likely(reading.kind_shares)),
        findings=(*reading.findings, *reading.openness),
        site=seen_in(reading.site),
    )


def _likely(shares: Mapping[str, float]) -> tuple[KindShare, ...]:
    """The kinds that a page may well be, the likeliest first: all of a round's must fit into memory."""
    least = understand_rules().least_kind_share
    likely = sorted(((share, kind) for kind, share in shares.items() if share >= least), reverse=True)
    return tuple(KindShare(kind=kind, share=share) for share, kind in likely)


def page_row(page: Page, reading: Reading) -> PageRow:
    """Return the row of a page that was read."""
    return PageRow(
        page_id=page.page_id,
        capture_id=page.capture_id,
        country_id=page.country_id,
        round_id=page.round_id,
        site_id=page.site_id,
        url=page.url,
        outcome=page.outcome,
        outcome_detail=page.outcome_detail,
        captured_at=page.captured_at,
        title=page.title,
        description=page.description,
        language=page.language,
        kind=reading.kind,
        kind_confidence=reading.kind_confidence,
        text=page.text,
        text_sha256=hashlib.sha256(page.text.encode()).hexdigest(),
        word_count=len(page.text.split()),
        link_count=len(page.links),
        form_count=len(page.forms),
        media_type=page.media_type,
        encoding_declared=page.encoding_declared,
        encoding_used=page.encoding_used,
        is_blank_form=page.is_blank_form,
        published_on=stated_on(page.dates, "published"),
        modified_on=stated_on(page.dates, "modified"),
    )


def _page(folder: Path, capture: Capture, reader: DocumentReader) -> Page:
    """Read a capture's page; a body that our own archive cannot give back is our failure, not the site's."""
    if capture.outcome not in _WORTH_READING or (not capture.byte_count and capture.revisit_of is None):
        return clean(capture, b"")
    try:
        body = read_body(folder, capture)
    except CaptureError as failure:
        log.warning("body_unreadable", capture_id=capture.capture_id, why=str(failure))
        return clean(replace(capture, outcome=Outcome.CRAWLER_FAILED, outcome_detail=str(failure)), b"")
    return read_page(capture, body, reader)
