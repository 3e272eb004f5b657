"""Copy captures' WARC records out of their files, as they are, into one file, and index them.

A capture brings the request that it answers, and one that repeats an earlier capture that one's record.
"""

import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord

from crawlers.archives.surt import surt_key
from crawlers.captures import Capture
from crawlers.captures_io import CAPTURES_FILE, read_captures
from crawlers.errors import CaptureError
from crawlers.stores.reach import read_part
from crawlers.storing.bodies import record_in
from crawlers.storing.sums import warc_digest

_LONGEST_REQUEST = 1 << 16  # bytes, compressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A capture that is evidence, and the folder that it lies in."""

    folder: Path
    capture: Capture
    title: str | None = None  # of a page that a person may look at; None for what only leads to one


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One record as a gzip member of its own."""

    raw: bytes
    key: str | None  # in the index; None: not indexed
    about: str  # the index line's JSON, without the place


def members_of(kept: Kept) -> Iterator[Member]:
    """Yield the records of a capture: what it repeats, its answer, its request.

    Raises:
        CaptureError: a record is not where the capture says.
    """
    capture = kept.capture
    if capture.revisit_of is not None:
        yield from members_of(original_of(kept))
    if capture.warc_file is None or capture.warc_offset is None or capture.warc_length is None:
        return
    path = kept.folder / capture.warc_file
    try:
        data = read_part(path, capture.warc_offset, capture.warc_length + _LONGEST_REQUEST)
    except OSError as failure:
        raise CaptureError(f"{path}, byte {capture.warc_offset}: cannot be read ({failure})") from failure
    answer = data[: capture.warc_length]
    yield Member(
        raw=answer,
        key=f"{surt_key(capture.url)} {capture.captured_at:%Y%m%d%H%M%S}",
        about=_about(kept, record_in(answer, capture, f"{path}, byte {capture.warc_offset}")),
    )
    request = _request(data[capture.warc_length :], capture)
    if request is not None:
        yield Member(raw=request, key=None, about="")


def original_of(kept: Kept) -> Kept:
    """Return the capture whose body `kept` repeats, from this round or an earlier one of the same site.

    Raises:
        CaptureError: it is not there.
    """
    here = kept.folder
    earlier = sorted(here.parent.parent.glob(f"*/{here.name}/{CAPTURES_FILE}"), reverse=True)
    for folder in [here, *(path.parent for path in earlier if path.parent.parent < here.parent)]:
        for capture in read_captures(folder):
            if capture.capture_id == kept.capture.revisit_of:
                return Kept(folder=folder, capture=capture)
    raise CaptureError(f"{here}: capture {kept.capture.capture_id} repeats one that is not there")


def _request(data: bytes, capture: Capture) -> bytes | None:
    """The gzip member of the request that stands right after its answer, if it does."""
    record = next(iter(ArchiveIterator(io.BytesIO(data), parse_http=False)), None) if data else None
    if record is None or record.headers.get("WARC-Type") != "request":
        return None
    if record.headers.get("WARC-Concurrent-To") != capture.warc_record_id:
        return None
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    unpacker.decompress(data)
    return data[: len(data) - len(unpacker.unused_data)] if unpacker.eof else None


def _about(kept: Kept, record: WarcRecord) -> str:
    """What the index says of a record (CDXJ)."""
    capture = kept.capture
    is_revisit = (record.headers.get("WARC-Type") or "").lower() == "revisit"
    block = record.reader.read()
    payload = block.partition(b"\r\n\r\n")[2] if record.is_http else block
    mime = "warc/revisit" if is_revisit else (capture.content_type or "").partition(";")[0].strip()
    fields = {
        "url": capture.url,
        "mime": mime or "unk",
        "status": str(capture.http_status or 200),
        "digest": record.headers.get("WARC-Payload-Digest") or warc_digest(payload),
    }
    return json.dumps(fields, ensure_ascii=False)
