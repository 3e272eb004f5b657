"""Fetch the body of a capture out of the WARC file that it lies in."""

import io
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord

from crawlers.captures import Capture
from crawlers.errors import CaptureError
from crawlers.network.decoding import DEFAULT_LIMIT, DamagedError, dechunk, decode
from crawlers.stores.reach import read_part


def body_at(folder: Path, capture: Capture, limit: int = DEFAULT_LIMIT) -> bytes:
    """Return what the server sent, with transfer and content encoding undone.

    Raises:
        CaptureError: the capture has no record, or its file is missing or damaged;
            TooBigError, DamagedError: the body cannot be unpacked within `limit` bytes.
    """
    return payload(record_at(folder, capture), limit)


def record_at(folder: Path, capture: Capture) -> WarcRecord:
    """Return the WARC record of a capture.

    Raises:
        CaptureError: there is none where the capture says.
    """
    if capture.warc_file is None or capture.warc_offset is None or capture.warc_length is None:
        raise CaptureError(f"capture {capture.capture_id} ({capture.outcome}) has no WARC record")
    path = folder / capture.warc_file
    where = f"{path}, byte {capture.warc_offset}"
    try:
        member = read_part(path, capture.warc_offset, capture.warc_length)
    except OSError as failure:
        raise CaptureError(f"{where}: cannot be read ({failure})") from failure
    return record_in(member, capture, where)


def record_in(member: bytes, capture: Capture, where: str) -> WarcRecord:
    """Return the WARC record of a capture, which `member` is; it was read at `where`.

    Raises:
        CaptureError: it is not that record.
    """
    try:
        record = next(ArchiveIterator(io.BytesIO(member), parse_http=False), None)
        if record is None or record.record_id != capture.warc_record_id:
            raise CaptureError(f"{where}: expected the record {capture.warc_record_id}")
        record.freeze()
    except OSError as failure:
        raise CaptureError(f"{where}: cannot be read ({failure})") from failure
    return record


def payload(record: WarcRecord, limit: int = DEFAULT_LIMIT) -> bytes:
    """Return the body in `record`: of an HTTP answer without its header, decoded; of a resource all of it.

    Raises:
        TooBigError, DamagedError: the body cannot be unpacked within `limit` bytes.
    """
    if not record.is_http:
        return decode(record.reader.read(), content_encoding=None, limit=limit)
    try:
        record.parse_http(auto_decode="none", quirks_mode=True)
    except OSError as failure:
        raise DamagedError(f"record {record.record_id}: no HTTP header ({failure})") from failure
    headers = record.http_headers
    body = record.reader.read()
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = dechunk(body)
    return decode(body, content_encoding=headers.get("Content-Encoding"), limit=limit)
