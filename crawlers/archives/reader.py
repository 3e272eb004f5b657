"""Read WARC files record by record, and notice damage: a cut archive must not pass for a small one.

Usual readers stop silently where a file was cut. So every gzip member is checked to its end, and every
record's block is compared with the length that its header declares.
"""

import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord

from crawlers.errors import ArchiveError, NoArchiveError
from crawlers.network.decoding import GZIP_MAGIC

_STEP = 1 << 20
_ENDINGS = (".warc", ".warc.gz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A record as it stands in an archive."""

    path: Path
    offset: int  # bytes
    raw: bytes = field(repr=False)  # header and block, uncompressed, with the two empty lines at its end

    def record(self) -> WarcRecord:
        """Return the record, to be read once."""
        return WarcRecord.from_bytes(self.raw)


def archive_files(sources: tuple[str | Path, ...]) -> list[Path]:
    """Return the WARC files that `sources` name: files as they are, folders with all that lie in them.

    Raises:
        NoArchiveError: a source is not there, may not be read, or holds no WARC file.
    """
    files: list[Path] = []
    for source in sources:
        path = Path(source)
        if path.is_dir():
            found = sorted(item for item in path.iterdir() if item.name.endswith(_ENDINGS))
            if not found:
                raise NoArchiveError(f"{path}: holds no file ending in {' or '.join(_ENDINGS)}")
            files += found
        elif path.is_file():
            if not os.access(path, os.R_OK):
                raise NoArchiveError(f"{path}: may not be read; expected the right to read it")
            files.append(path)
        else:
            raise NoArchiveError(f"{path}: is not there; expected a WARC file or a folder of them")
    return files


def read_archive(path: Path) -> Iterator[Archived]:
    """Return the records of the WARC file at `path`, in their order.

    Raises:
        ArchiveError: the file is damaged, cut or no WARC; names the file and the place in it.
    """
    try:
        with path.open("rb") as file:
            if file.read(2) == GZIP_MAGIC:
                _check_gzip(path, file)
            file.seek(0)
            yield from records_in(path, file)
    except OSError as failure:
        raise ArchiveError(f"{path}: cannot be read ({failure.strerror or failure})") from failure


def read_member(where: str, data: bytes) -> bytes:
    """Return the one record in `data`, a gzip member cut out of a WARC file; uncompressed.

    Raises:
        ArchiveError: it is damaged, or no single record; names `where` it was cut out.
    """
    file = io.BytesIO(data)
    if data[:2] == GZIP_MAGIC:
        _check_gzip(where, file)
    file.seek(0)
    found = [archived.raw for archived in records_in(Path(where), file)]
    if len(found) != 1:
        raise ArchiveError(f"{where}: {len(found)} WARC records; expected one")
    return found[0]


def records_in(path: Path, file: BinaryIO, begins_at: int = 0) -> Iterator[Archived]:
    """Return the records in `file`, which is what stands in the archive at `path` from byte `begins_at`.

    Raises:
        ArchiveError: one of them is cut or none; names the place.
    """
    offset = begins_at
    count = 0
    records = iter(ArchiveIterator(file, parse_http=False))
    while True:
        try:
            record = next(records, None)
            block = record.reader.read() if record is not None else b""
        except OSError as failure:
            raise ArchiveError(f"{path}, after byte {offset}: {failure}; expected a WARC record") from failure
        if record is None:
            break
        offset = begins_at + record.stream_pos
        if len(block) != record.content_length:
            said = record.content_length
            raise ArchiveError(f"{path}, byte {offset}: the record has {len(block)} bytes; it says {said}")
        count += 1
        yield Archived(path=path, offset=offset, raw=_raw(record, block))
    if count == 0:
        raise ArchiveError(f"{path}: holds no WARC record")


def _raw(record: WarcRecord, block: bytes) -> bytes:
    """The record as it stood in the archive; a reader's own copy of it lasts until the next one only."""
    headers = record.headers
    fields = b"".join(name + b": " + value + b"\r\n" for name, value in headers.items_bytes())
    return (headers.status_line_bytes or b"WARC/1.1") + b"\r\n" + fields + b"\r\n" + block + b"\r\n\r\n"


def _check_gzip(path: Path | str, file: BinaryIO) -> None:
    """Unpack all members to their ends and checksums, without keeping anything."""
    file.seek(0)
    member = 0  # where the current member begins
    data = file.read(_STEP)
    while data.strip(b"\0"):  # zeros after the last member are padding
        try:
            data = _skip_member(file, data)
        except (zlib.error, EOFError) as failure:
            raise ArchiveError(f"{path}, byte {member}: damaged compressed data ({failure})") from failure
        member = file.tell() - len(data)
        data = data or file.read(_STEP)


def _skip_member(file: BinaryIO, data: bytes) -> bytes:
    """Unpack the member that `data` and the rest of `file` begin with; return what was read beyond it."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    piece = b""
    while not unpacker.eof:
        if not data and len(piece) < _STEP:
            data = file.read(_STEP)
            if not data:
                raise EOFError("the file was cut")
        piece = unpacker.decompress(data, _STEP)
        data = unpacker.unconsumed_tail
    return unpacker.unused_data
