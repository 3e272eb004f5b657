"""Read pages back as a browser would, to say what is on them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
BLOCKS = frozenset(["td", "th", "dt", "dd", "li", "p", "h1", "h2", "h3", "text"])
# SVG shapes may close themselves.
SELF_CLOSING = frozenset(["rect", "line", "circle", "polyline", "path"])
_REMEMBERED = 600  # pages: the tiny country has 584, and many a test reads them all


@dataclass
class Element:
    """One element with its attributes and its text."""

    tag: str
    attributes: dict[str, str | None]
    text: list[str] = field(default_factory=list)
    tables: int = 0  # that it stands in

    @property
    def words(self) -> str:
        """Its text, with single spaces."""
        return " ".join("".join(self.text).split())


class Page(HTMLParser):
    """A page's elements in order; a tag that is not closed where it should be is a fault."""

    def __init__(self) -> None:
        """Start with nothing open."""
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self._open: list[Element] = []

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the page in a file; to look at, never to change."""
        return cls.parsed(path.read_text(encoding="utf-8"))

    @classmethod
    @lru_cache(maxsize=_REMEMBERED)
    def parsed(cls, html: str) -> Self:
        """Return the page that `html` is."""
        page = cls()
        page.feed(html)
        page.close()
        page.faults += [f"<{element.tag}> is never closed" for element in page._open]
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        tables = sum(outer.tag == "table" for outer in self._open)
        element = Element(tag, dict(attrs), tables=tables)
        if len(element.attributes) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a shape that closes itself."""
        if tag not in SELF_CLOSING:
            self.faults.append(f"<{tag}/> may not close itself")
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last; any other is a fault."""
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1].tag if self._open else 'nothing'}")
            return
        self._open.pop()
        if tag in BLOCKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        """Give text to all open elements."""
        for element in self._open:
            element.text.append(data)

    def all(self, tag: str) -> list[Element]:
        """Return the elements of one kind."""
        return [element for element in self.elements if element.tag == tag]

    @property
    def links(self) -> list[str]:
        """Addresses that the page leads to or loads."""
        named = [element.attributes.get("href") or element.attributes.get("src") for element in self.elements]
        return [address for address in named if address]

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Elements with the names of their attributes: what markup in crawled text would change."""
        return [(element.tag, tuple(sorted(element.attributes))) for element in self.elements]


def html_files(folder: Path) -> Iterator[Path]:
    """Yield all pages below `folder`, sorted."""
    yield from sorted(folder.rglob("*.html"))


def dead_links(folder: Path) -> list[str]:
    """Return the links within `folder` that lead to no file, or to no place on the page."""
    ids = {
        path: {element.attributes.get("id") for element in Page.read(path).elements}
        for path in html_files(folder)
    }
    dead = []
    for path in ids:
        for address in Page.read(path).links:
            place = urlsplit(address)
            if place.scheme:
                continue
            target = (path.parent / unquote(place.path)).resolve() if place.path else path
            if not target.is_file() or (place.fragment and place.fragment not in ids.get(target, set())):
                dead.append(f"{path.relative_to(folder)}: {address}")
    return dead
