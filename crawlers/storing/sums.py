"""What a file must be to be the one that was written: its bytes, its SHA-256, its records by their type.

Sums of WARC files are kept as records are written, so they vouch for what was written, not for what a
faulty disk gives back.
"""

import base64
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_STEP = 1 << 17  # bytes
_WARC_TYPE = re.compile(rb"^WARC-Type:[ \t]*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_HEAD = 4096  # bytes of a record that surely hold its type


class Sums:
    """The sums of one file that grows."""

    def __init__(self) -> None:
        """Begin with an empty file."""
        self._sha256 = hashlib.sha256()
        self.size = 0  # bytes
        self.kinds: Counter[str] = Counter()  # records of a WARC by their type; lines of JSON Lines

    def add(self, piece: bytes, kind: str | None = None) -> None:
        """Count a piece that was appended; of a WARC file, a record of `kind`."""
        self._sha256.update(piece)
        self.size += len(piece)
        if kind:
            self.kinds[kind] += 1

    @property
    def sha256(self) -> str:
        """The digest of all pieces so far, in hexadecimal."""
        return self._sha256.hexdigest()


def warc_digest(data: bytes | memoryview) -> str:
    """Return the digest that WARC files carry by custom (ISO 28500, 5.8): it finds damage, it proves nothing.

    An enemy can make another text of the same SHA-1; what must be proved is proved by SHA-256.
    """
    return f"sha1:{base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()}"


def sums_of(path: Path) -> Sums:
    """Return the sums of the file at `path`; of a WARC, those records are counted that are whole."""
    sums = Sums()
    if path.name.endswith(".warc.gz"):
        for member, kind in whole_members(path):
            sums.add(member, kind)
    with path.open("rb") as file:
        file.seek(sums.size)
        while piece := file.read(_STEP):
            sums.add(piece)
            if path.suffix == ".jsonl":
                sums.kinds["line"] += piece.count(b"\n")
    return sums


def whole_members(path: Path) -> Iterator[tuple[bytes, str | None]]:
    """Yield the gzip members of a WARC file, each with its record's type, up to the first that is not whole.

    A member is whole when it unpacks to its own checksum (RFC 1952). What stands behind is left out.
    """
    with path.open("rb") as file:
        data = file.read(_STEP)
        while data:
            found = _member(data)
            more = b"" if found else file.read(max(_STEP, len(data)))
            if not found and not more:
                return
            if found is None:
                data += more
                continue
            length, head = found
            if not length:
                return
            yield data[:length], _kind(head)
            data = data[length:] or file.read(_STEP)


def _member(data: bytes) -> tuple[int, bytes] | None:
    """Length and head of the member that `data` begins with; length 0 if damaged, None if not all there."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        head = piece = unpacker.decompress(data, _HEAD)
        while not unpacker.eof and (unpacker.unconsumed_tail or piece):
            piece = unpacker.decompress(unpacker.unconsumed_tail, _STEP)
    except zlib.error:
        return 0, b""
    return (len(data) - len(unpacker.unused_data), head) if unpacker.eof else None


def _kind(head: bytes) -> str | None:
    found = _WARC_TYPE.search(head)
    return found[1].decode().lower() if found else None
