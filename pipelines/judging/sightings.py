"""See where on a page each concept is said: in a heading, a link, a button, a field, a line, a sentence.

A page is read as elements. Words in a link or a heading weigh differently from the same words in a sentence,
and an element knows how to be quoted: as a stretch of the page's text, or as an attribute named by its place.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from pipelines.judging.phrases import fold
from pipelines.lexicon import Lexicon
from pipelines.pages.links import NOWHERE
from pipelines.records import Form, Link, Page, Region

SHORT_LINE = (
    90  # characters: a line up to this long is a label, a menu entry or a button rather than a sentence
)
_INLINE_SHARE = 0.5  # of its line: a link with less of a long line stands in a sentence
_LONGEST_QUOTE = 280
_TITLE_SIGNS = re.compile(r"\s[-–—|:•»·]+\s|\s*\|\s*")
_LONGEST_ADDRESS = 160
_SEPARATORS = str.maketrans(dict.fromkeys("/_-.?=&+%#:", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A piece of a page with one role."""

    place: str  # title | heading | link | button | field | name | href | url | line | text
    region: str
    text: str  # as the page has it
    offset: int  # characters into Page.text, -1 when it is no part of it
    attribute: str  # where its quote stands when it is no part of the text, as tag@attribute


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A concept said in an element."""

    concept: str
    language: str
    element: Element
    start: int  # characters into the element
    end: int

    @property
    def cover(self) -> float:
        """Which share of the element's words says it."""
        return (self.end - self.start) / max(1, len(self.element.text.strip()))


def sightings(page: Page, lexicon: Lexicon) -> Mapping[str, Sequence[Sighting]]:
    """Return what is said on `page` by concept, each concept's sightings in the page's order."""
    elements = sorted(_elements(page), key=_is_address)
    folded = [_folded(element) for element in elements]
    starts = _starts(folded)
    prose = next((at for at, element in zip(starts, elements, strict=True) if _is_address(element)), None)
    spans = sorted((link.offset, link.offset + len(link.text)) for link in page.links if link.offset >= 0)
    seen: list[Sighting] = []
    for hit in lexicon.hits("\n".join(folded), _languages(page), prose):
        index = bisect_right(starts, hit.start) - 1
        element, start = elements[index], hit.start - starts[index]
        if hit.end - starts[index] > len(element.text) or _is_in_link(element, start, spans):
            continue
        end = hit.end - starts[index]
        seen.append(
            Sighting(concept=hit.concept, language=hit.language, element=element, start=start, end=end)
        )
    seen.sort(key=attrgetter("concept"))
    return {concept: tuple(group) for concept, group in groupby(seen, key=attrgetter("concept"))}


def quote_of(sighting: Sighting) -> tuple[str, str, int]:
    """Return the verbatim quote, its place and offset: its sentence or element, cut where too long."""
    element = sighting.element
    if element.offset < 0:
        return element.text[:_LONGEST_QUOTE], element.attribute, -1
    start, end = _sentence(element.text, sighting.start, sighting.end)
    return element.text[start:end], "text", element.offset + start


def sentence_of(sighting: Sighting) -> tuple[int, int]:
    """Return where the sentence of a sighting begins and ends, in characters into its element."""
    return _sentence(sighting.element.text, sighting.start, sighting.end)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around a stretch of `text`, at most the longest quote."""
    left = max(
        (text.rfind(sign, 0, start) + 2 for sign in (". ", "! ", "? ", "; ") if sign in text[:start]),
        default=0,
    )
    left = max(left, end - _LONGEST_QUOTE, 0)
    stops = [text.find(sign, end) + 1 for sign in (". ", "! ", "? ", "; ") if text.find(sign, end) >= 0]
    right = min([*stops, len(text), left + _LONGEST_QUOTE])
    left = min(left, start)
    while left < start and text[left].isspace():
        left += 1
    return left, max(right, end)


def _is_address(element: Element) -> bool:
    return element.place in {"href", "url", "name"}


def _folded(element: Element) -> str:
    folded = fold(element.text).replace("\n", " ")
    return folded.translate(_SEPARATORS) if _is_address(element) else folded


def _starts(folded: Sequence[str]) -> list[int]:
    starts, position = [], 0
    for text in folded:
        starts.append(position)
        position += len(text) + 1
    return starts


def _languages(page: Page) -> frozenset[str]:
    return frozenset({page.language, "en", *(language for language, _ in page.parts_languages)})


def _is_in_link(element: Element, start: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether a place in a line belongs to a link, which is read as an element of its own."""
    if element.place not in {"line", "text"}:
        return False
    at = element.offset + start
    index = bisect_right(spans, (at, len(spans) and spans[-1][1] + 1)) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]


def _elements(page: Page) -> Iterator[Element]:
    """Yield the page's elements, those of its text first."""
    yield Element(place="title", region="header", text=page.title, offset=-1, attribute="title@text")
    if page.url != NOWHERE:
        address = page.url[:_LONGEST_ADDRESS]
        yield Element(place="url", region="header", text=address, offset=-1, attribute="page@url")
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
        for line in _region_lines(page, region)
    }
    heading = next((text for text in _headings(page) if text in main), "")
    parts = [part.strip() for part in _TITLE_SIGNS.split(page.title) if part.strip()]
    for text in dict.fromkeys([heading, *parts]):
        offset = page.text.find(text) if text else -1
        yield Element(place="subject", region="main", text=text, offset=offset, attribute="title@text")


def _headings(page: Page) -> list[str]:
    """Return the headings of the page's top level, all headings where it has none."""
    top = [text.strip() for level, text in page.headings if level == 1]
    return top or [text.strip() for _, text in page.headings]


def _region_lines(page: Page, region: Region) -> list[str]:
    return page.text[region.start : region.end].split("\n")


def _lines(page: Page) -> Iterator[Element]:
    headings = {text.strip() for _, text in page.headings}
    regions = sorted(page.regions, key=attrgetter("start"))
    starts = [region.start for region in regions]
    offset = 0
    for line in page.text.split("\n"):
        if line.strip():
            index = bisect_right(starts, offset) - 1
            region = regions[index].name if index >= 0 else "main"
            place = "heading" if line.strip() in headings else "line" if len(line) <= SHORT_LINE else "text"
            yield Element(place=place, region=region, text=line, offset=offset, attribute="")
        offset += len(line) + 1


def _of_link(link: Link, page: Page) -> Iterator[Element]:
    if link.text:
        in_text = link.offset >= 0 and page.text.startswith(link.text, link.offset)
        offset = link.offset if in_text else -1
        place = "inline" if _is_inline(page.text, offset, len(link.text)) else "link"
        yield Element(place=place, region=link.region, text=link.text, offset=offset, attribute="a@text")
    if link.url:
        address = link.written[:_LONGEST_ADDRESS]
        yield Element(place="href", region=link.region, text=address, offset=-1, attribute="a@href")


def _is_inline(text: str, offset: int, length: int) -> bool:
    """Say whether a link stands in a sentence rather than by itself."""
    if offset < 0:
        return False
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset + length)
    line = (end if end >= 0 else len(text)) - start
    return line > SHORT_LINE and length < _INLINE_SHARE * line


def _of_form(form: Form) -> Iterator[Element]:
    if form.submit_text:
        yield Element(
            place="button", region=form.region, text=form.submit_text, offset=-1, attribute="button@text"
        )
    for field in form.fields:
        if field.label:
            yield Element(
                place="field", region=form.region, text=field.label, offset=-1, attribute="input@label"
            )
        if field.name:
            yield Element(
                place="name", region=form.region, text=field.name, offset=-1, attribute="input@name"
            )
