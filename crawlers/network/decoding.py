"""Undo what HTTP did to a body for the journey, within a limit.

A few kilobytes can unpack to gigabytes, so nothing is unpacked further than the limit. Web archives
often name an encoding that their writer had already undone; then the body is taken as it is.
"""

import re
import zlib
from collections.abc import Iterator

import pyarrow as pa

from crawlers.errors import CaptureError

DEFAULT_LIMIT = 64 * 1024 * 1024  # bytes

_STEP = 64 * 1024
_MOST_ENCODINGS = 5  # one over another, as curl has it
_MOST_MEMBERS = 10_000  # of one gzip body; block compressors make hundreds, an attacker a million
_CHUNK_SIZE_LINE = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
# What cannot be unpacked and is text was unpacked already. Packed bytes may begin as text does, but this many
# of them are never free of control characters and, where they are few, UTF-8 as well.
_TEXT = re.compile(rb"\s*[<{][^\x00-\x08\x0e-\x1f\x7f]*")
_LEAST_TEXT = 32  # bytes
_ENOUGH_TEXT = 500  # bytes


class TooBigError(CaptureError):
    """A body unpacks to more than the limit: by accident or as a bomb."""


class DamagedError(CaptureError):
    """A body cannot be unpacked."""


def decode(body: bytes, *, content_encoding: str | None, limit: int = DEFAULT_LIMIT) -> bytes:
    """Return `body` with its content encodings (RFC 9110, section 8.4) undone, last one first.

    Raises:
        TooBigError: more than `limit` bytes would come out.
        DamagedError: the data is broken, or ends too early.
    """
    encodings = [name.strip().lower() for name in (content_encoding or "").split(",")]
    if len(encodings) > _MOST_ENCODINGS:
        raise DamagedError(f"{len(encodings)} content encodings; expected at most {_MOST_ENCODINGS}")
    for name in reversed(encodings):
        body = _undo(name, body, limit)
    if len(body) > limit:
        raise TooBigError(f"the body has {len(body)} bytes; expected at most {limit}")
    return body


def dechunk(body: bytes) -> bytes:
    """Return `body` without its chunk sizes (RFC 9112, section 7.1); as it is where it has none."""
    chunks: list[bytes] = []
    place = 0
    while header := _CHUNK_SIZE_LINE.match(body, place):
        size = int(header[1], 16)
        if size == 0:
            return b"".join(chunks)
        chunks.append(body[header.end() : header.end() + size])
        end = header.end() + size
        place = end + (2 if body[end : end + 2] == b"\r\n" else 1)
    # No last chunk: either the body was cut, or it never was chunked.
    return b"".join(chunks) if chunks and place >= len(body) else body


def _undo(name: str, body: bytes, limit: int) -> bytes:
    """Undo one encoding; an unknown or needless one changes nothing."""
    if name in {"gzip", "x-gzip"} and body.startswith(GZIP_MAGIC):
        return _joined(_inflated(body, zlib.MAX_WBITS | 16), limit)
    if name == "zstd" and body.startswith(_ZSTD_MAGIC):
        return _joined(_streamed(body, "zstd"), limit)
    if name not in {"deflate", "br"} or not body:
        return body
    try:  # these have no mark of their own: only unpacking tells
        return _joined(
            _inflated(body, _deflate_bits(body)) if name == "deflate" else _streamed(body, "brotli"), limit
        )
    except DamagedError:
        if _is_text(body):
            return body
        raise


def _is_text(body: bytes) -> bool:
    start = body[:_ENOUGH_TEXT]
    if len(start) < _LEAST_TEXT or not _TEXT.fullmatch(start):
        return False
    return len(start) == _ENOUGH_TEXT or start == start.decode("utf-8", "ignore").encode()


def _joined(pieces: Iterator[bytes], limit: int) -> bytes:
    """The pieces in one, as long as they stay within the limit."""
    kept = bytearray()
    try:
        for piece in pieces:
            kept += piece
            if len(kept) > limit:
                raise TooBigError(f"the body unpacks to more than {limit} bytes")
    except (zlib.error, OSError, pa.ArrowException) as failure:
        raise DamagedError(f"the body cannot be unpacked: {failure}") from failure
    return bytes(kept)


def _inflated(body: bytes, bits: int) -> Iterator[bytes]:
    """Unpack gzip members or one deflate stream, a step at a time."""
    place = 0  # bytes of the body that were handed on
    for _ in range(_MOST_MEMBERS):
        unpacker = zlib.decompressobj(bits)
        while not unpacker.eof:
            # Never the whole rest: it would be copied at every step and for every member.
            packed = unpacker.unconsumed_tail
            if not packed:
                packed = body[place : place + _STEP]
                place += len(packed)
            piece = unpacker.decompress(packed, _STEP)
            yield piece
            if not piece and not packed:
                raise zlib.error("it ends too early")
        place -= len(unpacker.unused_data)
        if not body.startswith(GZIP_MAGIC, place):
            return  # servers pad gzip with zeros; only another member is data
    raise zlib.error(f"it has more than {_MOST_MEMBERS} members")


def _deflate_bits(body: bytes) -> int:
    """Tell deflate with the zlib header that RFC 9110 asks for from the bare one that many servers send."""
    is_zlib = len(body) > 1 and body[0] & 0x0F == zlib.DEFLATED and int.from_bytes(body[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS


def _streamed(body: bytes, codec: str) -> Iterator[bytes]:
    """Unpack with one of Arrow's codecs, a step at a time."""
    with pa.CompressedInputStream(pa.BufferReader(body), codec) as stream:
        while piece := stream.read(_STEP):
            yield piece
