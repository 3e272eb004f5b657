"""Find what a revisit record repeats: web archives keep a body once and point to it afterwards."""

from dataclasses import replace

from fastwarc.warc import WarcRecord

from crawlers.captures import Capture
from crawlers.network.addresses import parse_address
from crawlers.network.answers import Original
from crawlers.outcomes import Outcome


def names_of(record: WarcRecord, url: str) -> tuple[str, ...]:
    """Return the ways in which a revisit record may name this record (ISO 28500, section 6.7)."""
    digest = record.headers.get("WARC-Payload-Digest")
    names = (f"id {record.record_id}", f"at {url} {record.headers.get('WARC-Date')}")
    return (*names, f"digest {digest}") if digest else names


def meant_by(record: WarcRecord) -> tuple[str, ...]:
    """Return the names under which a revisit record looks for what it repeats, the surest first."""
    headers = record.headers
    address = parse_address((headers.get("WARC-Refers-To-Target-URI") or "").strip("<>"))
    return (
        f"id {headers.get('WARC-Refers-To')}",
        f"at {address.url if address else None} {headers.get('WARC-Refers-To-Date')}",
        f"digest {headers.get('WARC-Payload-Digest')}",
    )


def unchanged(capture: Capture, original: Capture) -> Capture:
    """Return the capture of a revisit record, joined to the one whose body it repeats.

    What an answer without a body leaves out (RFC 9110, section 15.4.5) is as it was.
    """
    return replace(
        capture,
        outcome=Outcome.UNCHANGED,
        outcome_detail=None,
        content_type=capture.content_type or original.content_type,
        etag=capture.etag or original.etag,
        last_modified=capture.last_modified or original.last_modified,
        media_type=original.media_type,
        byte_count=original.byte_count,
        body_sha256=original.body_sha256,
        revisit_of=original.capture_id,
    )


def joined(capture: Capture, original: Original) -> Capture:
    """Return the capture of a page that still is what it was: because the server says so, or by our rules."""
    repeating = unchanged(capture, original.capture)
    if capture.outcome is not Outcome.NOT_DUE:
        return repeating
    return replace(repeating, outcome=Outcome.NOT_DUE, outcome_detail=capture.outcome_detail)


def orphan(capture: Capture) -> Capture:
    """Return the capture of a revisit record whose original is not there: it proves nothing."""
    detail = "the archive says that this repeats an earlier record, which it does not hold"
    return replace(capture, outcome=Outcome.BAD_CONTENT, outcome_detail=detail)
