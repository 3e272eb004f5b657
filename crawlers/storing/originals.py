"""Open the earlier capture whose body a page still has, and make sure that it is there, whole."""

import hashlib
from datetime import datetime
from pathlib import Path

import structlog

from crawlers.captures import Capture
from crawlers.errors import CaptureError
from crawlers.network.answers import Original
from crawlers.network.decoding import decode
from crawlers.storing.bodies import record_at
from crawlers.storing.sums import warc_digest

_log = structlog.get_logger("crawlers")


def opened(folder: Path, capture: Capture, seen_at: datetime) -> Original | None:
    """Return the `capture` in `folder` with its body; None, told in the log, where the archive has lost it.

    An archive that was cut, changed or moved away cannot prove anything later: the page is then asked for
    in full again.
    """
    try:
        return _read(folder, capture, seen_at)
    except CaptureError as failure:
        _log.warning("original_lost", capture_id=capture.capture_id, url=capture.url, why=str(failure))
        return None


def _read(folder: Path, capture: Capture, seen_at: datetime) -> Original:
    record = record_at(folder, capture)
    try:
        record.parse_http(auto_decode="none", quirks_mode=True)
    except OSError as failure:
        raise CaptureError(f"capture {capture.capture_id}: no HTTP header ({failure})") from failure
    packed = record.reader.read()
    body = decode(packed, content_encoding=record.http_headers.get("Content-Encoding"))
    if hashlib.sha256(body).hexdigest() != capture.body_sha256:
        raise CaptureError(f"capture {capture.capture_id}: its body is not what it was")
    return Original(
        capture=capture,
        body=body,
        payload_digest=warc_digest(packed),
        warc_date=record.headers["WARC-Date"],
        seen_at=seen_at,
    )
