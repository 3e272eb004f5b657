"""Turn one record of a web archive into the capture that it is: what was asked, and what was answered."""

import hashlib
from datetime import UTC

from fastwarc.warc import WarcRecord

from crawlers.captures import ROBOTS_DEPTH, Capture
from crawlers.errors import ArchiveError
from crawlers.network.addresses import parse_address
from crawlers.network.decoding import DamagedError, TooBigError
from crawlers.network.redirects import joined
from crawlers.network.sniff import sniff
from crawlers.outcomes import Outcome, outcome_of_status
from crawlers.policy import policy
from crawlers.storing.bodies import payload
from crawlers.storing.recorder import Whose, capture_id, in_milliseconds
from crawlers.storing.warc import Place

KINDS = {"response", "resource", "revisit"}  # of records that hold something a site sent


def archived_capture(whose: Whose, record: WarcRecord, url: str, place: Place, seq: int) -> Capture:
    """Return the capture of `record`, which lies at `place`; the record can be read only once."""
    body, fault = _body(record)
    headers = record.http_headers if record.is_http else None
    status = 200 if headers is None else headers.status_code
    content_type = (headers or record.headers).get("Content-Type")
    location = headers.get("Location") if headers else None
    outcome, detail = fault or _outcome(record, status)
    return Capture(
        capture_id=capture_id(whose, str(record.record_id)),
        country_id=whose.country_id,
        round_id=whose.round_id,
        site_id=whose.site_id,
        seq=seq,
        url=url,
        referrer_url=None,
        link_text=None,
        depth=ROBOTS_DEPTH if url.endswith("/robots.txt") else 0,
        source="warc",
        captured_at=in_milliseconds(record.record_date),
        outcome=outcome,
        outcome_detail=detail,
        http_status=status,
        content_type=content_type,
        media_type=sniff(body, content_type),
        byte_count=len(body),
        body_sha256=hashlib.sha256(body).hexdigest(),
        etag=headers.get("ETag") if headers else None,
        last_modified=headers.get("Last-Modified") if headers else None,
        redirect_url=joined(url, location) if location else None,
        robots_rule=None,
        delay_seconds=0.0,
        elapsed_seconds=0.0,
        tls_fault=None,
        ip_address=record.headers.get("WARC-IP-Address"),
        warc_file=place.warc_file,
        warc_offset=place.warc_offset,
        warc_length=place.warc_length,
        warc_record_id=place.warc_record_id,
        revisit_of=None,
    )


def refuse_unnamed(record: WarcRecord, where: str) -> None:
    """Refuse a record without the id and the date that each must have (ISO 28500, section 5).

    Raises:
        ArchiveError: it lacks one, or its date is on no calendar; says `where` it stands.
    """
    if record.record_id is None:
        raise ArchiveError(f"{where}: a record without WARC-Record-ID; expected its id (ISO 28500, 5.2)")
    try:
        is_dated = record.record_date is not None and bool(record.record_date.astimezone(UTC))
    except OverflowError:
        is_dated = False
    if not is_dated:
        said = record.headers.get("WARC-Date")
        raise ArchiveError(f"{where}: WARC-Date is {said!r}; expected YYYY-MM-DDThh:mm:ssZ (ISO 28500, 5.4)")


def kind_of(record: WarcRecord) -> str:
    """Return a record's type, in the words of WARC."""
    return (record.headers.get("WARC-Type") or "").lower()


def target_of(record: WarcRecord) -> str | None:
    """Return the web address of a record; None where it is of something else (a name look-up, a file)."""
    # Early versions of wget put the address into angle brackets.
    said = (record.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    address = parse_address(said)
    return address.url if address else None


def _body(record: WarcRecord) -> tuple[bytes, tuple[Outcome, str] | None]:
    """The body unpacked, or none and the fault that it has."""
    try:
        return payload(record, policy().max_unpacked_bytes), None
    except TooBigError as error:
        return b"", (Outcome.BOMB, str(error))
    except DamagedError as error:
        return b"", (Outcome.BAD_CONTENT, str(error))


def _outcome(record: WarcRecord, status: int | None) -> tuple[Outcome, str | None]:
    if status is None:
        return Outcome.BAD_CONTENT, "the archived answer has no HTTP status"
    outcome = outcome_of_status(status)
    if outcome is Outcome.OK and record.headers.get("WARC-Truncated"):
        return Outcome.TRUNCATED, f"cut when it was archived: {record.headers.get('WARC-Truncated')}"
    return outcome, None if outcome is Outcome.OK else f"HTTP {status}"
