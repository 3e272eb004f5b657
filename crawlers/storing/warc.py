"""Write what was asked and what was answered as WARC (ISO 28500), so that any web archive can read it.

Each record is a gzip member of its own: it can be read alone by its offset. Bodies are kept as they came
over the wire, still in their content encoding. A file is closed at about a gigabyte and the next begun.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import deflate

from crawlers.storing.appended import Appended
from crawlers.storing.sums import Sums, sums_of, warc_digest

ROTATE_AT_BYTES = 1_000_000_000
_LEVEL = 5  # of compression: within a fiftieth of what zlib makes at 9, in a fifth of the time
_END_OF_HEADER = b"\r\n\r\n"  # of an HTTP message


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

    def __init__(
        self,
        folder: Path,
        name: str,
        info: str,
        rotate_at: int = ROTATE_AT_BYTES,
        sums: dict[str, Sums] | None = None,
    ) -> None:
        """Write to `folder`/`name`-00000.warc.gz and on; `info` is what each file says of its making.

        `sums` are those of the files that are there, and are kept: with them, the last file is gone on with.
        """
        self._folder, self._name, self._info, self._rotate_at = folder, name, info, rotate_at
        self.sums = {} if sums is None else sums
        self.made_at: datetime | None = None  # what files say of it; None: the hour at which each is begun
        self._number = self._last_own()
        self._file: Appended | None = None

    def __enter__(self) -> Self:
        """Return the writer, to be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file in use."""
        self.close()

    def write(self, record: Record, record_id: str | None = None) -> Place:
        """Append `record` and return where it lies; its bytes have left this process when this returns.

        Raises:
            OSError: the disk is full or broken; then the file is as it was before.
        """
        record_id = record_id or new_record_id()
        return self.copy(_built(record, record_id), record_id, record.kind)

    def copy(self, raw: bytes, record_id: str, kind: str) -> Place:
        """Append the bytes of a whole record of a `kind`, as they are.

        Raises:
            OSError: as `write`.
        """
        return self._put(raw, record_id, kind, self._usable_file())

    @property
    def end(self) -> tuple[str, int] | None:
        """The file in use and its bytes so far; None where there is none yet."""
        return (self._file_name, self.sums[self._file_name].size) if self._number >= 0 else None

    def back_to(self, end: tuple[str, int] | None) -> None:
        """Forget the records that were written since `end`."""
        if self._file is None:
            return
        if end and end[0] == self._file_name:
            self._file.cut_to(end[1])
            self.sums[end[0]] = sums_of(self._folder / end[0])
            return
        self._file.close()  # it was begun since
        (self._folder / self._file_name).unlink()
        self.sums.pop(self._file_name)
        self._file, self._number = None, self._last_own()

    def close(self) -> None:
        """Close the file in use, on the disk for good."""
        if self._file:
            self._file.close()
            self._file = None

    def _put(self, raw: bytes, record_id: str, kind: str, file: Appended) -> Place:
        member = _member(raw)
        offset = file.append(member)
        self.sums[self._file_name].add(member, kind)
        return Place(
            warc_file=self._file_name,
            warc_offset=offset,
            warc_length=len(member),
            warc_record_id=record_id,
        )

    @property
    def _file_name(self) -> str:
        return f"{self._name}-{self._number:05d}.warc.gz"

    def _last_own(self) -> int:
        """The number of the file to go on with: the last that has no other name, as links of others' have."""
        names = sorted(name for name in self.sums if name.startswith(f"{self._name}-"))
        if not names or (self._folder / names[-1]).stat().st_nlink > 1:
            return -1
        return int(names[-1].removeprefix(f"{self._name}-").partition(".")[0])

    def _usable_file(self) -> Appended:
        """The file in use; after `close`, the same again; the next one where it is full."""
        if self._file is None and self._number >= 0:
            self._file = Appended(self._folder / self._file_name)
        if self._file is None or self._file.size >= self._rotate_at:
            return self._next_file()
        return self._file

    def _next_file(self) -> Appended:
        self.close()
        self._number += 1
        while (self._folder / self._file_name).exists():
            self._number += 1
        self._file = Appended(self._folder / self._file_name)
        self.sums[self._file_name] = Sums()
        info = Record(
            kind="warcinfo",
            url=None,
            content_type="application/warc-fields",
            written_at=self.made_at or datetime.now(UTC),
            block=self._info.encode(),
            more=(("WARC-Filename", self._file_name),),
        )
        record_id = self._info_id()
        self._put(_built(info, record_id), record_id, info.kind, self._file)
        return self._file

    def _info_id(self) -> str:
        """A new id for a file's first record; where its time follows from what it holds, so does the id."""
        if self.made_at is None:
            return new_record_id()
        return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'{self._file_name} {warc_time(self.made_at)}')}>"


def warc_time(moment: datetime) -> str:
    """Return a UTC time as WARC/1.1 writes it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _built(record: Record, record_id: str) -> bytes:
    """The record as bytes, with its digests (ISO 28500, clauses 4 and 5).

    Raises:
        ValueError: a header field holds a line break, by which it could pass for two.
    """
    fields = [("WARC-Type", record.kind), ("WARC-Record-ID", record_id)]
    fields.append(("WARC-Date", warc_time(record.written_at)))
    if record.url:
        fields.append(("WARC-Target-URI", record.url))
    fields += [("Content-Type", record.content_type), *record.more, *_digests(record)]
    fields.append(("Content-Length", str(len(record.block))))
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    if lines.count("\n") != len(fields) or lines.count("\r") != len(fields):
        raise ValueError(f"{record_id}: a WARC header field holds a line break: {lines!r}")
    return b"WARC/1.1\r\n%b\r\n%b\r\n\r\n" % (lines.encode(), record.block)


def _digests(record: Record) -> list[tuple[str, str]]:
    """The digest of the whole block, and of an HTTP answer's body also by itself, as other tools expect."""
    digests = [("WARC-Block-Digest", warc_digest(record.block))]
    end_of_header = record.block.find(_END_OF_HEADER)
    if record.kind == "response" and end_of_header >= 0:
        body = memoryview(record.block)[end_of_header + len(_END_OF_HEADER) :]
        digests.append(("WARC-Payload-Digest", warc_digest(body)))
    return digests


def _member(raw: bytes) -> bytes:
    """The record as one gzip member; several in one member could not be read by their offsets."""
    return bytes(deflate.gzip_compress(raw, _LEVEL))
