"""Read what stands under a fact's label: as a machine reads it, in words, or not at all.

"Стоимость, сом" gives its unit to a bare number; a button, a list of search results or a sentence without a
time is no value.
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.judging.phrases import Phrases, fold, words_of
from pipelines.records import PageFact
from pipelines.services.content_lines import Line, sentences
from pipelines.services.durations import read_duration
from pipelines.services.fact_words import FactWords
from pipelines.services.labels import Label
from pipelines.services.money import is_free_alone, read_money

FEE = "fee"
TIME = "processing_time"
FREE = "free"
DOCUMENTS = "documents_required"
_ANNOUNCES = (":", "：")  # "Bring with you:" is no document
_BARE_NUMBER = re.compile(r"^\d[\d\s.,'–-]*$")
_BETWEEN_ITEMS = re.compile(r"[^\s;•▪●·][^;•▪●·]*")

Countries = tuple[str, ...]


def normalised(fact: str, text: str, words: FactWords, countries: Countries = ()) -> str | None:
    """Return a fee as `300 KGS` or `free`, a time as days (`3`), None for what cannot be read so."""
    if fact == FEE:
        money = read_money(text, words, countries)
        return money.value if money else None
    if fact == TIME:
        days = read_duration(text, words)
        return f"{days:g}" if days is not None else None
    return None


def unit_of(fact: str, label: str, words: FactWords) -> str | None:
    """Return the currency or the unit of time that the text of a label names."""
    units = words.unit_phrases.get(fact)
    found = units[0].find(words_of(fold(label))) if units else []
    return label[found[-1].start : found[-1].end] if found else None


def facts_under(
    label: Label, value: Sequence[Line], unit: str | None, words: FactWords, countries: Countries
) -> Iterator[PageFact]:
    """Yield the facts that the lines under a label state; `unit` is that of bare numbers."""
    kept = [line for line in value if not _is_refused(label, line.text, words)]
    if label.fact == DOCUMENTS:
        is_list = len(kept) > 1
        for item in _items([line for line in kept if not (is_list and line.text.endswith(_ANNOUNCES))]):
            quote = cut(item.text, words.limits.list_item_characters)
            if not _is_refused(label, quote, words):
                yield PageFact(fact=label.fact, value=quote.rstrip(" .;,"), quote=quote, offset=item.start)
        return
    if label.fact == FEE and kept and is_free_alone(kept[0].text, words):
        yield _fact(FEE, FREE, kept[0], words)
        return
    for line in kept:
        known = _read(label.fact, line.text, unit, words, countries)
        if known:
            yield _fact(label.fact, known, _sentence(label.fact, line, known, words, countries), words)
            return
    unread = next(iter(kept), None)
    if unread is not None and _may_stay_unread(label, unread, words):
        yield _fact(label.fact, None, unread, words)


def cut(text: str, longest: int) -> str:
    """Return `text`, cut at a word when it is longer than `longest` characters."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0]


def _fact(fact: str, value: str | None, line: Line, words: FactWords) -> PageFact:
    quote = cut(line.text, words.limits.value_characters)
    return PageFact(fact=fact, value=value or quote, quote=quote, offset=line.start)


def _read(fact: str, text: str, unit: str | None, words: FactWords, countries: Countries) -> str | None:
    known = normalised(fact, cut(text, words.limits.value_characters), words, countries)
    if known is None and unit and _BARE_NUMBER.match(text):
        return normalised(fact, f"{text} {unit}", words, countries)
    return known


def _sentence(fact: str, line: Line, known: str, words: FactWords, countries: Countries) -> Line:
    """The sentence of a line that says it; the whole line when no single one does."""
    alone = (one for one in sentences(line) if normalised(fact, one.text, words, countries) == known)
    return next(alone, line)


def _may_stay_unread(label: Label, line: Line, words: FactWords) -> bool:
    """Whether words that no machine reads are the fact; a time only without figures, under a sure label."""
    if not any(char.isalpha() for char in line.text):
        return False
    if label.fact == TIME:
        return label.length > 1 and not any(char.isdigit() for char in line.text)
    needed = words.needed_phrases.get(label.fact)
    return label.length > 1 or needed is None or bool(needed.find(words_of(fold(line.text))))


def _is_refused(label: Label, text: str, words: FactWords) -> bool:
    refused: Phrases | None = words.refused_phrases.get(label.fact)
    if refused is None:
        return False
    tokens = [word for word in words_of(fold(text)) if word.text[0].isalpha()]
    matches = refused.find(tokens)
    if not matches or matches[0].first:
        return False
    return matches[0].length > 1 or matches[0].length == len(tokens)


def _items(value: Sequence[Line]) -> Iterator[Line]:
    """The items of a list that is written one a line, or in one line with semicolons or bullets."""
    for line in value:
        for part in _BETWEEN_ITEMS.finditer(line.text):
            if any(char.isalpha() for char in part.group()):
                yield Line(text=part.group().rstrip(), start=line.start + part.start(), is_heading=False)
