"""Read a sitemap of whatever kind, so far as it can be read: XML, an index, RSS, Atom, plain text, gzip.

A sitemap is written by a machine that nobody watches, or by an enemy: no DTD is let in (so no entity can
grow, nor name a file), nothing is read beyond the limits of `sitemaps.yml`, and what was read before a
fault counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated
from xml.parsers import expat

from pydantic import Field

from crawlers.errors import CrawlersError
from crawlers.network.decoding import GZIP_MAGIC, DamagedError, TooBigError, decode
from crawlers.registry.fields import Positive, Strict
from crawlers.strict_yaml import load_model
from crawlers.visiting.links import joined

_STEP = 65536  # bytes given to the parser at once
_MARK = b"\xef\xbb\xbf"


class SitemapRules(Strict):
    """The whole of `sitemaps.yml`."""

    default_path: str
    max_sitemaps: Positive
    share: Annotated[float, Field(gt=0, le=1)]
    least_pages: Positive
    least: Positive
    max_entries: Positive
    max_bytes: Positive
    max_element_depth: Positive
    max_address_characters: Positive
    pages: Mapping[str, str]
    sitemaps: Mapping[str, str]


@cache
def sitemap_rules() -> SitemapRules:
    """Return the rules that ship with the crawler."""
    return load_model(Path(__file__).with_name("sitemaps.yml"), SitemapRules, CrawlersError)


@dataclass(slots=True, kw_only=True)
class Sitemap:
    """What one sitemap lists."""

    pages: list[str] = field(default_factory=list)  # absolute addresses, as written
    sitemaps: list[str] = field(default_factory=list)  # the same, of further sitemaps
    fault: str | None = None  # for a person: why it was not read to its end


class _EnoughError(Exception):
    """Reading goes no further."""


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """Return what the sitemap at `url` lists; relative addresses are taken from there."""
    found = Sitemap()
    try:
        text = _unpacked(body)
        if text.lstrip()[:1] == b"<":
            _XmlReader(found, url).read(text)
        else:
            _read_lines(text, found)
    except (_EnoughError, TooBigError, DamagedError, expat.ExpatError) as fault:
        found.fault = str(fault)
    return found


def _unpacked(body: bytes) -> bytes:
    packing = "gzip" if body.startswith(GZIP_MAGIC) else None
    return decode(body, content_encoding=packing, limit=sitemap_rules().max_bytes).removeprefix(_MARK)


def _read_lines(text: bytes, found: Sitemap) -> None:
    """A plain list: an address a line; lines that are none are passed by."""
    rules = sitemap_rules()
    for line in text.decode("utf-8", "replace").splitlines():
        address = line.strip()
        if len(address) <= rules.max_address_characters and address.startswith(("http://", "https://")):
            if len(found.pages) >= rules.max_entries:
                raise _EnoughError(f"more than {rules.max_entries} addresses")
            found.pages.append(address)


class _XmlReader:
    """Hears of each element and keeps the addresses."""

    def __init__(self, found: Sitemap, url: str) -> None:
        self._found, self._url = found, url
        self._open: list[str] = []
        self._text: list[str] | None = None  # of the address that is being read
        self._length = 0  # of that text, characters: it comes in as many pieces as it has lines
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._say
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def read(self, text: bytes) -> None:
        """Read all of `text`, or as much as goes."""
        for place in range(0, len(text), _STEP):
            self._parser.Parse(text[place : place + _STEP], False)  # noqa: FBT003 - expat takes no name
        self._parser.Parse(b"", True)  # noqa: FBT003 - the same

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._open[-1] if self._open else ""
        local = name.rpartition(" ")[2].lower()
        self._open.append(local)
        if len(self._open) > sitemap_rules().max_element_depth:
            raise _EnoughError("elements too deep in one another")
        if _list_of(self._found, parent, local) is not None:
            self._text = [attributes.get("href", "")]  # Atom says its links so
            self._length = len(self._text[0])

    def _say(self, text: str) -> None:
        if self._text is not None and self._length <= sitemap_rules().max_address_characters:
            self._text.append(text)
            self._length += len(text)

    def _end(self, _: str) -> None:
        local = self._open.pop()
        kept = _list_of(self._found, self._open[-1] if self._open else "", local)
        address = joined(self._url, "".join(self._text or ()).strip()) if kept is not None else None
        self._text = None
        if kept is None or not address or address == self._url:
            return
        if len(kept) >= sitemap_rules().max_entries:
            raise _EnoughError(f"more than {sitemap_rules().max_entries} entries")
        if len(address) <= sitemap_rules().max_address_characters:
            kept.append(address)


def _list_of(found: Sitemap, parent: str, name: str) -> list[str] | None:
    """The list that an element's address belongs to; None for all other elements."""
    rules = sitemap_rules()
    if rules.pages.get(parent) == name:
        return found.pages
    return found.sitemaps if rules.sitemaps.get(parent) == name else None


def _refuse_doctype(*_: object) -> None:
    raise _EnoughError("it has a document type, which no sitemap needs")
