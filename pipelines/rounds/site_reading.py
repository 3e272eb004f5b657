"""Read all captures of one site of one round: pages, findings, and summaries for the round."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from crawlers.captures import Capture
from crawlers.captures_io import read_body, read_captures
from crawlers.errors import CaptureError
from crawlers.outcomes import Outcome
from crawlers.sites import Registry
from pipelines.clean import clean, page_id
from pipelines.find import Reading, understand
from pipelines.judging.expertise import Knowledge
from pipelines.judging.site_wide import with_strength
from pipelines.pages.dates import stated_on
from pipelines.pages.documents import DocumentReader
from pipelines.pages.reading import read_page
from pipelines.records import Finding, KindShare, Page, PageRow, PageSummary
from pipelines.records_io import RowWriter, write_rows
from pipelines.rounds.core_files import core_file
from pipelines.rounds.site_sights import SiteSights
from pipelines.rounds.understand_rules import understand_rules
from pipelines.services.providers import providers_of
from pipelines.services.service_words import service_words
from pipelines.services.summary import SiteContext, summarise

SITE_TABLES = ("pages", "findings", "summaries")
_UNREAD = Reading(kind="error", kind_confidence=1.0, kind_shares={"error": 1.0}, findings=())
_WORTH_READING = frozenset(
    {
        Outcome.OK,
        Outcome.UNCHANGED,
        Outcome.LOGIN,
        Outcome.BLOCKED,
        Outcome.RATE_LIMITED,
        Outcome.UNREACHABLE_HTTP_4XX,
        Outcome.UNREACHABLE_HTTP_5XX,
    }
)  # of the others a body, if there is one, is only part of something

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCounts:
    """What came of reading one site."""

    site_id: str
    outcomes: Mapping[str, int]  # pages by outcome
    finding_count: int

    @property
    def page_count(self) -> int:
        """Pages, seen or not."""
        return sum(self.outcomes.values())


def understand_site(folder: Path, data: Path, registry: Registry, knowledge: Knowledge) -> SiteCounts:
    """Read the captures in `folder` (`…/captures/<round>/<site>`) and write the site's files of `data/core`.

    Raises:
        CaptureError: the captures cannot be read.
    """
    site_id, round_id = folder.name, folder.parent.name
    site = site_context(registry, site_id)
    words = service_words()
    findings: list[Finding] = []
    sights = SiteSights()
    languages: dict[str, str] = {}
    outcomes: Counter[str] = Counter()
    with ExitStack() as files:
        reader = files.enter_context(DocumentReader())
        pages = files.enter_context(
            RowWriter(core_file(data, "pages", round_id, site_id), PageRow, understand_rules().page_group)
        )
        summaries = files.enter_context(
            RowWriter(core_file(data, "summaries", round_id, site_id), PageSummary)
        )
        for capture in pages_to_read(read_captures(folder)):
            page = _page(folder, capture, reader)
            if page.media_type in understand_rules().machine_types:
                continue
            reading = _UNREAD
            if Outcome(page.outcome).is_observation:
                reading = understand(page, knowledge)
                languages[page.page_id] = page.language
            pages.write([page_row(page, reading)])
            summary = summarise(page, reading, site, words, capture.redirect_url)
            summaries.write([replace(summary, kind_shares=_likely(reading.kind_shares))])
            findings += reading.findings + reading.openness
            sights.add(reading.site)
            outcomes[page.outcome] += 1
    findings = [*with_strength(findings, languages), *sights.findings()]
    write_rows(core_file(data, "findings", round_id, site_id), findings, Finding)
    log.info("site_understood", site_id=site_id, pages=outcomes.total(), findings=len(findings))
    return SiteCounts(site_id=site_id, outcomes=dict(sorted(outcomes.items())), finding_count=len(findings))


def site_context(registry: Registry, site_id: str) -> SiteContext:
    """Return whose a site is; an unlisted site's institution is known by the site's id alone."""
    site = next((one for one in registry.sites if one.id == site_id), None)
    return SiteContext(
        institution_id=(site.institution if site else None) or site_id,
        is_joint_portal=site.is_joint_portal if site else False,
        providers=providers_of(registry, service_words().identify.names),
    )


def pages_to_read(captures: Sequence[Capture]) -> Iterator[Capture]:
    """Yield the captures that stand for pages, in the order of their page ids.

    A redirect's target has a capture of its own; an attempt that failed counts only where none succeeded
    at the same address.
    """
    seen = {capture.url for capture in captures if capture.outcome.is_observation}
    for capture in sorted(captures, key=lambda one: page_id(one.capture_id)):
        is_made_good = not capture.outcome.is_observation and capture.url in seen
        is_page = capture.depth >= 0 and not understand_rules().no_page.search(capture.url)
        if is_page and not is_made_good:
            yield capture


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
