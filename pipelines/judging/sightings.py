"""See where on a page each concept is said: in a heading, a link, a button, a field, a line, a sentence."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.judging.elements import Element, elements
from pipelines.judging.phrases import fold
from pipelines.lexicon import Lexicon
from pipelines.records import Page

_LONGEST_QUOTE = 280
_SENTENCE_ENDS = (". ", "! ", "? ", "; ")
_SEPARATORS = str.maketrans(dict.fromkeys("/_-.?=&+%#:", " "))
_RUNNING = frozenset({"line", "text"})  # elements in which links may stand that are elements of their own


class Sighting(NamedTuple):
    """A concept said in an element."""

    concept: str
    language: str
    element: Element
    start: int  # characters into the element
    end: int
    cover: float  # which share of the element's words says it


def sightings(page: Page, lexicon: Lexicon) -> Mapping[str, Sequence[Sighting]]:
    """Return what is said on `page` by concept, each concept's sightings in the page's order."""
    prose: list[Element] = []
    addresses: list[Element] = []
    for element in elements(page):
        (addresses if element.is_address else prose).append(element)
    words = fold(_lines_of(prose))
    folded = f"{words}\n{fold(_lines_of(addresses)).translate(_SEPARATORS)}" if addresses else words
    spans = sorted((link.offset, link.offset + len(link.text)) for link in page.links if link.offset >= 0)
    seen: dict[str, list[Sighting]] = {}
    languages = frozenset({page.language, "en", *(language for language, _ in page.parts_languages)})
    at, starts = 0, [*_starts([*prose, *addresses]), len(folded) + 1]
    for concept, language, start, end in lexicon.hits(folded, languages, len(words)):
        while starts[at + 1] <= start:
            at += 1
        element, begin = (prose[at] if at < len(prose) else addresses[at - len(prose)]), start - starts[at]
        length = end - start
        if begin + length > len(element.text) or _is_in_link(element, begin, spans):
            continue
        cover = length / (len(element.text.strip()) or 1)
        seen.setdefault(concept, []).append(
            Sighting(concept, language, element, begin, begin + length, cover)
        )
    return seen


def quote_of(sighting: Sighting) -> tuple[str, str, int]:
    """Return the verbatim quote, its place and offset: its sentence or element, cut where too long."""
    element = sighting.element
    if element.offset < 0:
        return element.text[:_LONGEST_QUOTE], element.attribute, -1
    start, end = sentence_of(sighting)
    return element.text[start:end], "text", element.offset + start


def sentence_of(sighting: Sighting) -> tuple[int, int]:
    """Return where the sentence of a sighting begins and ends, in characters into its element.

    It is cut to the longest quote.
    """
    text, start, end = sighting.element.text, sighting.start, sighting.end
    left = max(0, end - _LONGEST_QUOTE, *(_after(text.rfind(sign, 0, start), 2) for sign in _SENTENCE_ENDS))
    stops = (_after(text.find(sign, end), 1) for sign in _SENTENCE_ENDS)
    right = min(len(text), left + _LONGEST_QUOTE, *(stop for stop in stops if stop))
    left = min(left, start)
    while left < start and text[left].isspace():
        left += 1
    return left, max(right, end)


def _after(place: int, length: int) -> int:
    """Return where a sign of `length` ends that was found at `place`; 0 where it was not."""
    return place + length if place >= 0 else 0


def _lines_of(found: Sequence[Element]) -> str:
    """The words of elements, a line each."""
    return "\n".join(one.text.replace("\n", " ") for one in found)


def _starts(found: Sequence[Element]) -> Iterator[int]:
    """Where the line of each element starts."""
    at = 0
    for one in found:
        yield at
        at += len(one.text) + 1


def _is_in_link(element: Element, start: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether a place in a line belongs to a link, which is read as an element of its own."""
    if element.place not in _RUNNING or not spans:
        return False
    at = element.offset + start
    index = bisect_right(spans, (at, spans[-1][1] + 1)) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]
