"""Compare paths with the patterns of robots.txt, as RFC 9309, section 2.2.2, says."""

import re
from urllib.parse import unquote_to_bytes

_ESCAPE = re.compile(rb"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ASCII = range(128)


def normalised(path: str) -> bytes:
    """Return a path as RFC 9309 compares it: UTF-8, octets escaped unless they are unreserved ASCII."""
    raw = path.encode("utf-8", "surrogatepass")
    escaped = raw if raw.isascii() else b"".join(map(_escaped_octet, raw))
    return _ESCAPE.sub(_escape, escaped)


def _escaped_octet(octet: int) -> bytes:
    return bytes([octet]) if octet in _ASCII else b"%%%02X" % octet


def _escape(match: re.Match[bytes]) -> bytes:
    octet = unquote_to_bytes(match[0])
    return octet if octet[0] in _UNRESERVED else match[0].upper()


def matches(pattern: bytes, path: bytes) -> bool:
    """Return whether `pattern` (* is anything, a last $ the end) matches the beginning of `path`.

    The pieces between stars are looked for from left to right, so no pattern takes long.
    """
    is_anchored = pattern.endswith(b"$")
    first, *pieces = pattern.removesuffix(b"$").split(b"*") if is_anchored else pattern.split(b"*")
    if not path.startswith(first):
        return False
    place = len(first)
    if not pieces:
        return not is_anchored or place == len(path)
    last = pieces.pop() if is_anchored else b""
    for piece in pieces:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return path.endswith(last) and len(path) - len(last) >= place
