"""Fetch one archived copy, as the WARC record that stands for it.

Common Crawl lets us have the very record, by its place in a WARC file. Other archives replay the answer as
it was (`id_`); then the record is rebuilt: kind `response`, the date of the copy, the header fields that the
archive passes on (`X-Archive-Orig-…`), and `WARC-Source-URI` telling where it was replayed from.
"""

import uuid
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import responses
from io import BytesIO

from fastwarc.warc import WarcRecord, WarcRecordType

from crawlers.archives.archived_capture import KINDS, kind_of, refuse_unnamed, target_of
from crawlers.archives.choose import Window
from crawlers.archives.polite import PoliteAsker, is_copy
from crawlers.archives.reader import read_member
from crawlers.archives.rows import Row
from crawlers.archives.rules import Interface
from crawlers.errors import ArchiveError
from crawlers.network.answers import Answer
from crawlers.storing.warc import warc_time

_ORIGINAL = "x-archive-orig-"
_PARTIAL = 206
# Of the replay, not of the copy: how this answer travelled, and the archive's own words.
_OF_THE_REPLAY = frozenset(
    {
        "connection",
        "content-length",
        "content-location",
        "date",
        "keep-alive",
        "link",
        "memento-datetime",
        "server",
        "transfer-encoding",
        "vary",
    }
)
_OF_THE_JOURNEY = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class NoCopyError(ArchiveError):
    """The index tells of a copy which the archive does not give."""


def record_of(row: Row, asker: PoliteAsker, window: Window) -> bytes:
    """Return the WARC record of the copy that `row` tells of, uncompressed.

    Raises:
        NoCopyError: the archive does not have it after all, or only one from outside `window`.
        ArchiveError: the archive no longer answers, or gives something else.
    """
    if row.archive.interface is Interface.COMMON_CRAWL:
        return _verbatim(row, asker)
    place = row.archive.copy_at(row.timestamp, row.said_url, row.filename)
    answer = asker.ask(place)
    if not is_copy(answer):
        raise NoCopyError(f"the archive's index lists it; {place} answered HTTP {answer.status}")
    copied_at = _copied_at(answer, place)
    if not window.holds(copied_at):
        raise NoCopyError(f"the archive gives a copy of {copied_at:%Y-%m-%d} only ({place})")
    return _rebuilt(row, answer, copied_at, place)


def _verbatim(row: Row, asker: PoliteAsker) -> bytes:
    """The record as it stands in the archive's WARC file (RFC 9110, section 14)."""
    place = row.archive.copy_at(row.timestamp, row.said_url, row.filename)
    where = f"{place}, byte {row.offset}"
    if not row.filename or not row.length:
        raise ArchiveError(
            f"{where}: the index tells no place of {row.url}; expected filename, offset, length"
        )
    span = f"bytes={row.offset}-{row.offset + row.length - 1}"
    answer = asker.ask(place, {"Range": span, "Accept-Encoding": "identity"})
    if answer.status != _PARTIAL:
        raise NoCopyError(f"the archive's index lists it; {where} answered HTTP {answer.status}, not 206")
    raw = read_member(where, answer.body)
    record = WarcRecord.from_bytes(raw)
    if kind_of(record) not in KINDS or target_of(record) != row.url:
        raise ArchiveError(f"{where}: a {kind_of(record)} of {target_of(record)}; expected one of {row.url}")
    refuse_unnamed(record, where)
    return raw


def _rebuilt(row: Row, answer: Answer, copied_at: datetime, place: str) -> bytes:
    """A record of the archived answer; the same copy gives the same record id."""
    status = row.status or answer.status
    lines = [f"HTTP/1.1 {status} {responses.get(status, '')}", *_header(answer)]
    block = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace") + answer.body
    record = WarcRecord()
    record.init_headers()
    record.record_type = WarcRecordType.response
    record.headers["WARC-Record-ID"] = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, place)}>"
    record.headers["WARC-Date"] = warc_time(copied_at)
    record.headers["WARC-Target-URI"] = row.url
    record.headers["WARC-Source-URI"] = place
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(block)
    buffer = BytesIO()
    record.write(buffer, checksum_data=True)
    return buffer.getvalue()


def _header(answer: Answer) -> list[str]:
    """The header fields of the copy: those that the archive marks as such, and those that it leaves as is."""
    fields = []
    for name, value in answer.headers:
        lower = name.lower()
        is_original = lower.startswith(_ORIGINAL)
        plain = lower.removeprefix(_ORIGINAL)
        is_left_out = plain in _OF_THE_JOURNEY if is_original else lower in _OF_THE_REPLAY
        if not is_left_out and (is_original or not lower.startswith("x-archive")):
            fields.append(f"{name[len(_ORIGINAL) :] if is_original else name}: {value}")
    return [*fields, f"Content-Length: {len(answer.body)}"]


def _copied_at(answer: Answer, place: str) -> datetime:
    said = answer.header("Memento-Datetime") or ""
    try:
        return parsedate_to_datetime(said).astimezone(UTC)
    except ValueError as failure:
        raise ArchiveError(f"{place}: Memento-Datetime is {said!r}; expected a date of HTTP") from failure
