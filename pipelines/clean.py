"""Turn a capture and its bytes into a page: the text that a reader sees, its parts, and its language.

Nothing here fetches, opens or guesses at what could not be seen. What turns out to be a wall, a shell or
an error keeps its text, and its outcome says that nothing may be concluded from it.
"""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from crawlers.captures import Capture
from crawlers.outcomes import Outcome
from pipelines.language import Hints, languages_of
from pipelines.pages.dates import page_dates
from pipelines.pages.document_record import DocumentText
from pipelines.pages.document_rules import is_blank_form
from pipelines.pages.encoding import Decoded, decode
from pipelines.pages.html import Outline, outline
from pipelines.pages.links import NOWHERE
from pipelines.pages.media import media_rules, sniff
from pipelines.pages.recognise import Source, recognise
from pipelines.pages.text_flow import folded, folded_lines
from pipelines.records import Page, Region

_LOOSE = datetime(1970, 1, 1, tzinfo=UTC)  # a page handed to us by a person has no time of capture
_MARKUP = frozenset({"text/html", "application/xhtml+xml"})


def clean(capture: Capture, body: bytes, document: DocumentText | None = None) -> Page:
    """Return the page that `capture` gave.

    `body`: its bytes, free of transfer and content encoding. `document`: the text of a PDF, Word file or
    spreadsheet, which only `documents` may open; without it such a body is a page without text.
    """
    media_type = sniff(body, capture.content_type) if body else capture.media_type or ""
    page = _empty(capture, media_type)
    if document is not None:
        return _from_document(page, document)
    if not body or media_type not in media_rules().page_types:
        return _without_text(page)
    decoded = decode(body, capture.content_type)
    if media_type in _MARKUP:
        return _from_html(page, decoded)
    return _recognised(_with_text(page, decoded), Source(html=decoded.text, script_count=0, noscript_text=""))


def page_from_html(html: bytes, url: str | None) -> Page:
    """Return the page of a file that no crawl captured. `url`: where it came from, if anyone knows."""
    return clean(loose_capture(html, url), html)


def loose_capture(body: bytes, url: str | None) -> Capture:
    """Return a capture for a file that a person has: no crawl, no country, no time."""
    digest = hashlib.sha256(body).hexdigest()
    return Capture(
        capture_id=f"file-{digest[:16]}", country_id="zz", round_id="", site_id="", seq=0,
        url=url or NOWHERE, referrer_url=None, link_text=None, depth=0, source="warc", captured_at=_LOOSE,
        outcome=Outcome.OK, outcome_detail=None, http_status=None, content_type=None, media_type=None,
        byte_count=len(body), body_sha256=digest, etag=None, last_modified=None, redirect_url=None,
        robots_rule=None, delay_seconds=0.0, elapsed_seconds=0.0, tls_fault=None, ip_address=None,
        warc_file=None, warc_offset=None, warc_length=None, warc_record_id=None, revisit_of=None,
    )  # fmt: skip


def page_id(capture_id: str) -> str:
    """Return the id of the page that a capture gave: the same capture, the same page, always."""
    return hashlib.sha256(f"page {capture_id}".encode()).hexdigest()[:16]


def _from_html(page: Page, decoded: Decoded) -> Page:
    found: Outline = outline(decoded.text, page.url)
    names = "\n".join([found.title, *(text for _, text in found.headings)])
    hints = Hints(url=page.url, declared=found.language, names=names, regions=found.regions)
    language, parts = languages_of(found.text, hints)
    read = replace(
        page,
        title=found.title,
        description=found.description,
        language=language,
        text=found.text,
        regions=found.regions,
        headings=found.headings,
        links=found.links,
        forms=found.forms,
        alternates=tuple(found.alternates),
        alternates_written=tuple(found.alternates.values()),
        media_urls=tuple(found.media),
        media_written=tuple(found.media.values()),
        schema_types=found.schema_types,
        declared=found.declared,
        schema_things=found.schema_things,
        parts_languages=parts,
        encoding_declared=decoded.declared,
        encoding_used=decoded.used,
        dates=page_dates(found.text, language, decoded.text),
    )
    source = Source(html=decoded.text, script_count=found.script_count, noscript_text=found.unseen_text)
    return _recognised(read, source)


def _with_text(page: Page, decoded: Decoded) -> Page:
    text = folded_lines(decoded.text)
    language, parts = languages_of(text, Hints(url=page.url))
    return replace(
        page,
        language=language,
        text=text,
        regions=_one_region(text),
        parts_languages=parts,
        encoding_declared=decoded.declared,
        encoding_used=decoded.used,
        dates=page_dates(text, language),
    )


def _from_document(page: Page, document: DocumentText) -> Page:
    text = folded_lines(document.text)
    language, parts = languages_of(text, Hints(url=page.url, names=document.title))
    seen = Outcome(page.outcome).is_observation and document.outcome is not Outcome.OK
    return replace(
        page,
        outcome=document.outcome.value if seen else page.outcome,
        outcome_detail=document.detail if seen else page.outcome_detail,
        title=folded(document.title) or text.partition("\n")[0],
        language=language,
        text=text,
        regions=_one_region(text),
        headings=tuple((level, folded(heading)) for level, heading in document.headings),
        parts_languages=parts,
        is_blank_form=is_blank_form(document) if document.outcome is Outcome.OK else None,
        dates=page_dates(text, language),
    )


def _without_text(page: Page) -> Page:
    """A body that has no text for a reader: an observation no more."""
    if not Outcome(page.outcome).is_observation:
        return page
    detail = f"{page.media_type or 'an empty body'} holds no text that we read"
    return replace(page, outcome=Outcome.NO_TEXT.value, outcome_detail=detail)


def _recognised(page: Page, source: Source) -> Page:
    outcome, detail = recognise(page, source)
    return replace(page, outcome=outcome.value, outcome_detail=detail)


def _one_region(text: str) -> tuple[Region, ...]:
    return (Region(name="main", start=0, end=len(text)),) if text else ()


def _empty(capture: Capture, media_type: str) -> Page:
    return Page(
        page_id=page_id(capture.capture_id),
        capture_id=capture.capture_id,
        country_id=capture.country_id,
        round_id=capture.round_id,
        site_id=capture.site_id,
        url=capture.url,
        outcome=capture.outcome.value,
        outcome_detail=capture.outcome_detail,
        captured_at=capture.captured_at,
        title="", description="", language="und", text="", regions=(), headings=(), links=(), forms=(),
        alternates=(), media_urls=(), schema_types=(), declared=(), parts_languages=(), media_type=media_type,
        encoding_declared=None, encoding_used="",
    )  # fmt: skip
