"""Write what was asked and what was answered as WARC (ISO 28500), so that any web archive can read it.

Each record is a gzip member of its own: it can be read alone by its offset. Bodies are kept as they came
over the wire, still in their content encoding. A file is closed at about a gigabyte and the next begun.
"""

import os
import uuid
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Self

from fastwarc.warc import WarcRecord, WarcRecordType

ROTATE_AT_BYTES = 1_000_000_000
_LEVEL = 6  # of compression


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record lies."""

    warc_file: str  # name in the site's folder
    warc_offset: int  # bytes
    warc_length: int  # bytes, compressed
    warc_record_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record to write."""

    kind: str  # request, response, resource, revisit, conversion, warcinfo
    url: str | None
    content_type: str
    written_at: datetime  # UTC
    block: bytes
    more: tuple[tuple[str, str], ...] = ()  # further WARC header fields


def new_record_id() -> str:
    """Return an id for a new record, as WARC wants them."""
    return f"<urn:uuid:{uuid.uuid4()}>"


class WarcWriter:
    """Appends records to the WARC files of one site's folder."""

    def __init__(self, folder: Path, name: str, info: str, rotate_at: int = ROTATE_AT_BYTES) -> None:
        """Write to `folder`/`name`-00000.warc.gz and on; `info` is what each file says of its making."""
        self._folder, self._name, self._info, self._rotate_at = folder, name, info, rotate_at
        self._number = -1
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Return the writer, to be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file in use."""
        self.close()

    def write(self, record: Record, record_id: str | None = None) -> Place:
        """Append `record` and return where it lies; its bytes have left this process when this returns."""
        record_id = record_id or new_record_id()
        return self.copy(_built(record, record_id), record_id)

    def copy(self, raw: bytes, record_id: str) -> Place:
        """Append the bytes of a whole record, as they are."""
        return self._put(raw, record_id, self._usable_file())

    def close(self) -> None:
        """Close the file in use, on the disk for good."""
        if self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def _put(self, raw: bytes, record_id: str, file: BinaryIO) -> Place:
        offset = file.tell()
        file.write(_member(raw))
        file.flush()
        return Place(
            warc_file=self._file_name,
            warc_offset=offset,
            warc_length=file.tell() - offset,
            warc_record_id=record_id,
        )

    @property
    def _file_name(self) -> str:
        return f"{self._name}-{self._number:05d}.warc.gz"

    def _usable_file(self) -> BinaryIO:
        """The file in use; after `close`, the same again; the next one where it is full."""
        if self._file is None and self._number >= 0:
            self._file = (self._folder / self._file_name).open("ab")
        if self._file is None or self._file.tell() >= self._rotate_at:
            return self._next_file()
        return self._file

    def _next_file(self) -> BinaryIO:
        self.close()
        self._number += 1
        while (self._folder / self._file_name).exists():
            self._number += 1
        file = (self._folder / self._file_name).open("xb")
        info = Record(
            kind="warcinfo",
            url=None,
            content_type="application/warc-fields",
            written_at=datetime.now(UTC),
            block=self._info.encode(),
            more=(("WARC-Filename", self._file_name),),
        )
        record_id = new_record_id()
        self._put(_built(info, record_id), record_id, file)
        self._file = file
        return file


def warc_time(moment: datetime) -> str:
    """Return a UTC time as WARC/1.1 writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _built(record: Record, record_id: str) -> bytes:
    """The record as bytes, with its digests."""
    built = WarcRecord()
    built.init_headers()
    built.record_type = getattr(WarcRecordType, record.kind)
    built.headers["WARC-Record-ID"] = record_id
    built.headers["WARC-Date"] = warc_time(record.written_at)
    if record.url:
        built.headers["WARC-Target-URI"] = record.url
    built.headers["Content-Type"] = record.content_type
    for name, value in record.more:
        built.headers[name] = value
    built.set_bytes_content(record.block)
    buffer = BytesIO()
    built.write(buffer, checksum_data=True)
    return buffer.getvalue()


def _member(raw: bytes) -> bytes:
    """The record as one gzip member; several in one member could not be read by their offsets."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(raw) + packer.flush()
