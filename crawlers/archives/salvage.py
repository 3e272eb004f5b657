"""Take the whole records out of a WARC file that is damaged, and say where it is.

Only for who asks for it: without, an archive that cannot be read to its end is not imported at all. Every
record of a packed archive is a gzip member of its own with a checksum, so one that is whole can be told;
behind damage the next member is looked for by its first bytes. What is not packed has no checksums.
"""

import io
import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawlers.archives.reader import Archived, records_in
from crawlers.errors import ArchiveError

_MEMBER = b"\x1f\x8b\x08"
_STEP = 1 << 20  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A place from which no whole record could be read."""

    path: Path
    offset: int  # bytes
    reason: str

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.path}, byte {self.offset}: {self.reason}"


def good_records(path: Path) -> Iterator[Archived | Damage]:
    """Yield the whole records of the packed WARC file at `path`, and each damage where it begins.

    Raises:
        ArchiveError: the file is not packed, or cannot be opened.
    """
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content[: len(_MEMBER)] != _MEMBER:
                raise ArchiveError(f"{path}: is not packed; expected gzip, whose checksums tell good records")
            yield from _members(path, content)
    except (OSError, ValueError) as failure:  # an empty file cannot be mapped
        raise ArchiveError(f"{path}: cannot be read ({failure})") from failure


def _members(path: Path, content: mmap.mmap) -> Iterator[Archived | Damage]:
    offset = 0
    while 0 <= offset < len(content):
        if not content[offset : offset + _STEP].strip(b"\0"):
            return  # zeros behind the last member are padding
        try:
            raw, end = _unpacked(content, offset)
            yield from list(records_in(path, io.BytesIO(raw), offset))
            offset = end
        except (zlib.error, EOFError, ArchiveError) as failure:
            yield Damage(path=path, offset=offset, reason=str(failure))
            offset = content.find(_MEMBER, offset + 1)


def _unpacked(content: mmap.mmap, offset: int) -> tuple[bytes, int]:
    """The member that begins at `offset`, unpacked to its checksum, and where it ends."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    pieces = []
    at = offset
    while not unpacker.eof:
        if at >= len(content):
            raise EOFError("the file was cut")
        pieces.append(unpacker.decompress(content[at : at + _STEP]))
        at += _STEP
    return b"".join(pieces), min(at, len(content)) - len(unpacker.unused_data)
