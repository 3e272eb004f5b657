"""Read all captures of one site of one round: pages, findings, and summaries for the round."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import structlog

from crawlers.captures import ERRAND_DEPTH, Capture, RenderMode
from crawlers.captures_io import read_captures
from crawlers.outcomes import Outcome
from crawlers.site_bodies import SiteBodies
from crawlers.sites import Registry
from pipelines.clean import page_id
from pipelines.judging.expertise import Knowledge
from pipelines.judging.site_wide import with_strength
from pipelines.pages.documents import DocumentReader
from pipelines.records import Finding, PageRow, PageSummary, RobotsRow
from pipelines.records_io import RowWriter, write_rows
from pipelines.rounds.core_files import core_file
from pipelines.rounds.kept_readings import KeptReadings
from pipelines.rounds.page_reading import read_capture
from pipelines.rounds.reading_version import reading_version
from pipelines.rounds.robots_reading import robots_rows
from pipelines.rounds.same_dates import date_spans
from pipelines.rounds.site_sights import SiteSights
from pipelines.rounds.understand_rules import understand_rules
from pipelines.services.providers import providers_of
from pipelines.services.service_words import service_words
from pipelines.services.summary import SiteContext

SITE_TABLES = ("pages", "findings", "summaries", "robots")

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
    findings: list[Finding] = []
    sights = SiteSights()
    languages: dict[str, str] = {}
    outcomes: Counter[str] = Counter()
    captures = read_captures(folder)
    bodies = SiteBodies(folder, captures)
    with ExitStack() as files:
        reader = files.enter_context(DocumentReader())
        kept = files.enter_context(
            KeptReadings(data, site_id, round_id, reading_version(registry, knowledge), date_spans(knowledge))
        )
        pages = files.enter_context(
            RowWriter(core_file(data, "pages", round_id, site_id), PageRow, understand_rules().page_group)
        )
        summaries = files.enter_context(
            RowWriter(core_file(data, "summaries", round_id, site_id), PageSummary)
        )
        for capture in pages_to_read(captures):
            read = kept.get(capture) if bodies.has(capture) else None
            if read is None:
                read = read_capture(folder, capture, site, knowledge, reader)
                if read is None:
                    continue
                kept.keep(capture, read)
            if Outcome(read.row.outcome).is_observation:
                languages[read.row.page_id] = read.row.language
            pages.write([read.row])
            summaries.write([read.summary])
            findings += read.findings
            sights.add(read.row, read.site)
            outcomes[read.row.outcome] += 1
    findings = [*with_strength(findings, languages), *sights.findings()]
    write_rows(core_file(data, "findings", round_id, site_id), findings, Finding)
    write_rows(core_file(data, "robots", round_id, site_id), robots_rows(folder), RobotsRow)
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
    at the same address. A page that was rendered stands for what the server sent; what it asked for on the
    way is no page.
    """
    captures = _of_pages(captures)
    seen = {capture.url for capture in captures if capture.outcome.is_observation}
    for capture in sorted(captures, key=lambda one: page_id(one.capture_id)):
        is_made_good = not capture.outcome.is_observation and capture.url in seen
        is_page = capture.depth >= 0 and not understand_rules().no_page.search(capture.url)
        if is_page and not is_made_good:
            yield capture


def _of_pages(captures: Sequence[Capture]) -> list[Capture]:
    """The captures without those that only served a page that was rendered, and without its empty shell."""
    rendered = {capture.url for capture in captures if capture.render_mode is RenderMode.RENDERED}
    return [
        capture
        for capture in captures
        if capture.depth != ERRAND_DEPTH
        and (capture.render_mode is RenderMode.RENDERED or capture.url not in rendered)
    ]
