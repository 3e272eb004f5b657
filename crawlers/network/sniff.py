"""Tell what kind of file bytes are: servers call PDFs web pages, and the other way round."""

import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from crawlers.errors import CrawlersError
from crawlers.registry.fields import Strict
from crawlers.strict_yaml import load_model

HTML = "text/html"
_BINARY_SHARE = 0.05
_LOOKED_AT = 1024  # bytes
_TEXT_CONTROLS = frozenset(b"\t\n\x0b\x0c\r\x1b")
_UNICODE_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class _Knowledge(Strict):
    """The whole of `media_types.yml`."""

    begins_with: Mapping[str, tuple[str, ...]]
    zip_members: Mapping[str, str]
    html: tuple[str, ...]
    xml: tuple[str, ...]


@cache
def _knowledge() -> _Knowledge:
    return load_model(Path(__file__).with_name("media_types.yml"), _Knowledge, CrawlersError)


@cache
def _beginnings() -> tuple[tuple[str, tuple[bytes, ...]], ...]:
    """Media types and the octets that their files begin with."""
    known = _knowledge().begins_with.items()
    return tuple((name, tuple(text.encode("latin-1") for text in texts)) for name, texts in known)


def sniff(body: bytes, content_type: str | None) -> str | None:
    """Return the media type that the bytes have; None for an empty body.

    What the server said decides only between kinds of plain text.
    """
    if not body:
        return None
    start = body[:_LOOKED_AT].lstrip()
    for media_type, beginnings in _beginnings():
        if start.startswith(beginnings):
            return _package(body) if media_type == "application/zip" else media_type
    return _text_type(body, content_type)


def _package(body: bytes) -> str:
    """The kind of a zip: an office document, or just a zip."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        names = set()
    for media_type, member in _knowledge().zip_members.items():
        if member in names or member.encode() in body[:_LOOKED_AT]:
            return media_type
    return "application/zip"


def _text_type(body: bytes, content_type: str | None) -> str:
    """The kind of a text; bytes that are no text are said to be just bytes."""
    said = (content_type or "").partition(";")[0].strip().lower()
    marked = body.startswith(_UNICODE_MARKS)
    sample = body[:_LOOKED_AT].replace(b"\0", b"") if marked else body[:_LOOKED_AT]
    for mark in _UNICODE_MARKS:
        sample = sample.removeprefix(mark)
    start = sample.lstrip().lower()
    if start.startswith(tuple(text.encode() for text in _knowledge().xml)):
        return HTML if b"<html" in start or "xhtml" in said or said == HTML else "application/xml"
    if start.startswith(tuple(text.encode() for text in _knowledge().html)):
        return HTML
    controls = sum(octet < ord(" ") and octet not in _TEXT_CONTROLS for octet in sample)
    if controls > len(sample) * _BINARY_SHARE:
        return "application/octet-stream"
    return said if said.startswith("text/") or "json" in said or "xml" in said else "text/plain"
