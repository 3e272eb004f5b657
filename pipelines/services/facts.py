"""Read a service's facts from a page, each in the page's own words.

First where a page sets facts out under labels (headings, tables, numbered passports, "label: value"), then,
for a fact still missing, in a sentence that states it. Each quote is a substring of the page's text.
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.judging.phrases import fold, words_of
from pipelines.records import PageFact
from pipelines.services.content_lines import Line, sentences
from pipelines.services.durations import read_duration
from pipelines.services.fact_words import FactWords
from pipelines.services.labels import Label, label_of
from pipelines.services.money import read_money

FACTS = (
    "recipients",
    "documents_required",
    "fee",
    "processing_time",
    "legal_basis",
    "result",
    "channel",
)  # fmt: skip - the order in which they are told
DOCUMENTS = "documents_required"
PROVIDER = "provider"
NAME = "name"
_NOT = "not"
_BETWEEN_ITEMS = re.compile(r"[^\s;•▪●·][^;•▪●·]*")
_LABELLED = frozenset({*FACTS, PROVIDER, NAME})


def read_facts(lines: Sequence[Line], words: FactWords) -> tuple[PageFact, ...]:
    """Return the facts that `lines` state, in the order of the page, one quote each.

    A document is a fact of its own; of other facts the first statement counts. `provider` and `name` are
    among them where a label says so: they help to identify the service.
    """
    labels = [label_of(line, words) for line in lines]
    found = list(_labelled(lines, labels, words))
    known = {fact.fact for fact in found}
    for fact in _stated(lines, words):
        if fact.fact not in known:
            known.add(fact.fact)
            found.append(fact)
    return tuple(sorted(found, key=lambda fact: (fact.offset, fact.fact)))


def _labelled(lines: Sequence[Line], labels: Sequence[Label | None], words: FactWords) -> Iterator[PageFact]:
    done: set[str] = set()
    for place, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is None or label.fact not in _LABELLED or label.fact in done:
            continue
        value = _value(lines, labels, place, words)
        facts = list(_facts(label.fact, value, words))
        if facts and not (line.is_heading and not value):
            done.add(label.fact)
            yield from facts


def _value(lines: Sequence[Line], labels: Sequence[Label | None], place: int, words: FactWords) -> list[Line]:
    """The lines that a label announces: the rest of its own, or those up to the next label or heading."""
    label, line = labels[place], lines[place]
    if label and label.value_at is not None:
        rest = line.text[label.value_at :]
        return [Line(text=rest, start=line.start + label.value_at, is_heading=False)]
    value: list[Line] = []
    for following, next_label in zip(lines[place + 1 :], labels[place + 1 :], strict=True):
        if next_label or following.is_heading or len(value) == words.limits.list_items:
            break
        value.append(following)
    return value


def _facts(fact: str, value: Sequence[Line], words: FactWords) -> Iterator[PageFact]:
    if fact == DOCUMENTS:
        for item in _items(value):
            quote = _cut(item.text, words.limits.list_item_characters)
            yield PageFact(fact=fact, value=quote.rstrip(" .;,"), quote=quote, offset=item.start)
        return
    read = next((line for line in value if normalised(fact, line.text, words)), None)
    line = read or next(iter(value), None)
    if line is not None and any(char.isalpha() for char in line.text):
        quote = _cut(line.text, words.limits.value_characters)
        known = normalised(fact, quote, words)
        yield PageFact(fact=fact, value=known or quote, quote=quote, offset=line.start)


def _items(value: Sequence[Line]) -> Iterator[Line]:
    """The items of a list that is written one a line, or in one line with semicolons or bullets."""
    for line in value:
        for part in _BETWEEN_ITEMS.finditer(line.text):
            if any(char.isalpha() for char in part.group()):
                yield Line(text=part.group().rstrip(), start=line.start + part.start(), is_heading=False)


def normalised(fact: str, text: str, words: FactWords) -> str | None:
    """Return a fee as `300 KGS` or `free`, a time as days (`3`), None for what cannot be read so."""
    if fact == "fee":
        money = read_money(text, words)
        return money.value if money else None
    if fact == "processing_time":
        days = read_duration(text, words)
        return f"{days:g}" if days is not None else None
    return None


def _stated(lines: Sequence[Line], words: FactWords) -> Iterator[PageFact]:
    """Facts that a sentence states without a label."""
    for line in lines:
        for sentence in sentences(line):
            tokens = words_of(fold(sentence.text))
            matches = words.sentence_phrases.find(tokens)
            meanings = {match.meaning for match in matches}
            is_about = _NOT not in meanings and bool(words.about_service_phrases.find(tokens))
            for fact in sorted(meanings & set(FACTS)):
                value = _stated_value(fact, sentence.text, words, is_about=is_about)
                if value is not None:
                    quote = _cut(sentence.text, words.limits.value_characters)
                    yield PageFact(fact=fact, value=value, quote=quote, offset=sentence.start)


def _stated_value(fact: str, text: str, words: FactWords, *, is_about: bool) -> str | None:
    """The fact's value; a time and "free" only where the sentence speaks of the service (`is_about`)."""
    if fact not in {"fee", "processing_time"}:
        return _cut(text, words.limits.value_characters)
    value = normalised(fact, text, words)
    if fact == "processing_time" and float(value or 0) > words.limits.longest_days:
        return None
    needs_more = fact == "processing_time" or value == "free"
    return value if is_about or not needs_more else None


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0]
