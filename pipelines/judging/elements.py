"""Read a page as elements: its title, its lines, its links, the buttons and fields of its forms.

Words in a link or a heading weigh differently from the same words in a sentence, and an element knows how
to be quoted: as a stretch of the page's text, or as an attribute named by its place.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from pipelines.pages.links import NOWHERE
from pipelines.records import Form, Link, Page, Region

SHORT_LINE = (
    90  # characters: a line up to this long is a label, a menu entry or a button rather than a sentence
)
_INLINE_SHARE = 0.5  # of its line: a link with less of a long line stands in a sentence
_TITLE_SIGNS = re.compile(r"\s[-–—|:•»·]+\s|\s*\|\s*")
_LONGEST_ADDRESS = 160
_ADDRESSES = frozenset({"href", "url", "name"})


class Element(NamedTuple):
    """A piece of a page with one role."""

    place: str  # title | subject | heading | link | inline | button | field | name | href | url | line | text
    region: str
    text: str  # as the page has it
    offset: int  # characters into Page.text, -1 when it is no part of it
    attribute: str  # where its quote stands when it is no part of the text, as tag@attribute

    @property
    def is_address(self) -> bool:
        """Whether it is written for machines: an address, or the name of a field."""
        return self.place in _ADDRESSES


def elements(page: Page) -> Iterator[Element]:
    """Yield the page's elements, those of its text first."""
    yield Element("title", "header", page.title, -1, "title@text")
    if page.url != NOWHERE:
        yield Element("url", "header", page.url[:_LONGEST_ADDRESS], -1, "page@url")
    yield from _subject(page)
    yield from _lines(page)
    for link in page.links:
        yield from _of_link(link, page)
    for form in page.forms:
        yield from _of_form(form)


def _subject(page: Page) -> Iterator[Element]:
    """Yield what the page says it is about: its first top heading, and the parts of its title."""
    main = {
        line.strip()
        for region in page.regions
        if region.name == "main"
        for line in page.text[region.start : region.end].split("\n")
    }
    heading = next((text for text in _headings(page) if text in main), "")
    parts = [part.strip() for part in _TITLE_SIGNS.split(page.title) if part.strip()]
    for text in dict.fromkeys([heading, *parts]):
        offset = page.text.find(text) if text else -1
        yield Element("subject", "main", text, offset, "title@text")


def _headings(page: Page) -> list[str]:
    """Return the headings of the page's top level, all headings where it has none."""
    top = [text.strip() for level, text in page.headings if level == 1]
    return top or [text.strip() for _, text in page.headings]


def _lines(page: Page) -> Iterator[Element]:
    headings = {text.strip() for _, text in page.headings}
    regions: list[Region] = sorted(page.regions, key=attrgetter("start"))
    starts = [region.start for region in regions]
    offset = 0
    for line in page.text.split("\n"):
        words = line.strip()
        if words:
            index = bisect_right(starts, offset) - 1
            region = regions[index].name if index >= 0 else "main"
            place = "heading" if words in headings else "line" if len(line) <= SHORT_LINE else "text"
            yield Element(place, region, line, offset, "")
        offset += len(line) + 1


def _of_link(link: Link, page: Page) -> Iterator[Element]:
    if link.text:
        in_text = link.offset >= 0 and page.text.startswith(link.text, link.offset)
        offset = link.offset if in_text else -1
        place = "inline" if _is_inline(page.text, offset, len(link.text)) else "link"
        yield Element(place, link.region, link.text, offset, "a@text")
    if link.url:
        yield Element("href", link.region, link.written[:_LONGEST_ADDRESS], -1, "a@href")


def _is_inline(text: str, offset: int, length: int) -> bool:
    """Say whether a link stands in a sentence rather than by itself."""
    if offset < 0:
        return False
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset + length)
    line = (end if end >= 0 else len(text)) - start
    return line > SHORT_LINE and length < _INLINE_SHARE * line


def _of_form(form: Form) -> Iterator[Element]:
    if form.submit_text:
        yield Element("button", form.region, form.submit_text, -1, "button@text")
    for field in form.fields:
        if field.label:
            yield Element("field", form.region, field.label, -1, "input@label")
        if field.name:
            yield Element("name", form.region, field.name, -1, "input@name")
