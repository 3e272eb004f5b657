"""One request and its answer, or why there was none: the row that everything later rests on.

`captures.parquet` in `data/captures/<round>/<site>/` holds one row a request, sorted by `seq`; the
bytes lie in the WARC files beside it. Field names and types are the columns' names and types.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique

from crawlers.outcomes import Outcome

# Depths of captures that are no pages of the site:
ROBOTS_DEPTH = -1  # of a robots.txt
ERRAND_DEPTH = -2  # of what a rendered page asked for
AROUND_DEPTH = -3  # of a sitemap, or of an address at which there can be no page


@unique
class RenderMode(StrEnum):
    """What the bytes of a capture are."""

    WIRE = "wire"  # what the server sent
    RENDERED = "rendered"  # the page after its scripts had run, in a record beside what the server sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One request of one round, and what came of it."""

    capture_id: str  # stable: from the WARC record's id, else from round, site and seq
    country_id: str
    round_id: str  # YYYY-MM
    site_id: str
    seq: int  # order within the site's round, from 0
    url: str
    referrer_url: str | None
    link_text: str | None
    depth: int  # links followed from a seed; below 0 it is of no page, as named above
    source: str  # web | warc | cdx
    captured_at: datetime  # UTC; of a page that was not due, when it was last looked at
    outcome: Outcome
    outcome_detail: str | None  # for a person: the rule, the error's words
    http_status: int | None
    content_type: str | None  # as the server said
    media_type: str | None  # as the bytes say
    byte_count: int  # of the body, without transfer and content encoding; also where it was not sent again
    wire_byte_count: int | None = None  # of the body as it came, still packed; None: nobody counted
    body_sha256: str | None
    etag: str | None
    last_modified: str | None
    redirect_url: str | None
    robots_rule: str | None
    delay_seconds: float
    elapsed_seconds: float
    tls_fault: str | None
    ip_address: str | None
    warc_file: str | None  # name beside captures.parquet
    warc_offset: int | None  # bytes into warc_file
    warc_length: int | None  # bytes
    warc_record_id: str | None
    revisit_of: str | None  # capture_id whose body this one repeats
    render_mode: RenderMode = RenderMode.WIRE
