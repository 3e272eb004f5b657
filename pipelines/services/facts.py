"""Read a service's facts from a page, each in the page's own words.

First where a page sets facts out under labels (headings, tables, numbered passports, "label: value"), then,
for a fact still missing, in a sentence that states it. Each quote is a substring of the page's text.
"""

from collections.abc import Iterator, Sequence

from pipelines.judging.phrases import fold, words_of
from pipelines.records import PageFact
from pipelines.services.content_lines import Line, sentences
from pipelines.services.fact_words import FactWords
from pipelines.services.labels import Label, label_of, split_at_labels
from pipelines.services.values import FEE, FREE, TIME, Countries, cut, facts_under, normalised, unit_of

FACTS = (
    "recipients",
    "documents_required",
    "fee",
    "processing_time",
    "legal_basis",
    "result",
    "channel",
)  # fmt: skip - the order in which they are told
PROVIDER = "provider"
NAME = "name"
_NOT = "not"
_LABELLED = frozenset({*FACTS, PROVIDER, NAME})


def read_facts(lines: Sequence[Line], words: FactWords, countries: Countries = ()) -> tuple[PageFact, ...]:
    """Return the facts that `lines` state, in the order of the page, one quote each.

    A document is a fact of its own; of other facts the first statement counts. `provider` and `name` are
    among them where a label says so: they help to identify the service. `countries` (ISO 3166) are those
    that the page may be of, the likeliest first.
    """
    parts = [part for line in lines for part in split_at_labels(line, words)]
    labels = [_label(part, words) for part in parts]
    found = list(_labelled(parts, labels, words, countries))
    known = {fact.fact for fact in found}
    for fact in _stated(parts, words, countries):
        if fact.fact not in known:
            known.add(fact.fact)
            found.append(fact)
    return tuple(sorted(found, key=lambda fact: (fact.offset, fact.fact)))


def _label(line: Line, words: FactWords) -> Label | None:
    """What a line announces; a field of a form may end a fact, and asks for one instead of stating it."""
    label = None if line.is_number else label_of(line, words)
    return None if label and line.is_field and label.fact in _LABELLED else label


def _labelled(
    lines: Sequence[Line], labels: Sequence[Label | None], words: FactWords, countries: Countries
) -> Iterator[PageFact]:
    done: set[str] = set()
    for place, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is None or label.fact not in _LABELLED or label.fact in done:
            continue
        unit = unit_of(label.fact, line.text[: label.value_at], words)
        value = _value(lines, labels, place, words, takes_numbers=bool(unit))
        value = value or _below_heads(lines, labels, place, words)
        facts = list(facts_under(label, value, unit, words, countries))
        if facts:
            done.add(label.fact)
            yield from facts


def _value(
    lines: Sequence[Line],
    labels: Sequence[Label | None],
    place: int,
    words: FactWords,
    *,
    takes_numbers: bool,
) -> list[Line]:
    """The lines that a label announces: the rest of its own, or those up to the next label or heading."""
    label, line = labels[place], lines[place]
    if label and label.value_at is not None:
        rest = line.text[label.value_at :]
        return [Line(text=rest, start=line.start + label.value_at, is_heading=False)]
    above = labels[place - 1] if place else None
    is_head = above is not None and above.value_at is None  # of a table: a row's number may follow
    value: list[Line] = []
    for following, next_label in zip(lines[place + 1 :], labels[place + 1 :], strict=True):
        if next_label or following.is_heading or len(value) == words.limits.list_items:
            break
        is_first_number = takes_numbers and not value and not is_head
        if not following.is_field and (not following.is_number or is_first_number):
            value.append(following)
    return value


def _below_heads(
    lines: Sequence[Line], labels: Sequence[Label | None], place: int, words: FactWords
) -> list[Line]:
    """The first cell that a machine can read below a row of labels: Fee, Time, and then $50, 10 days."""
    fact = ""
    at = place
    for line, label in zip(lines[place:], labels[place:], strict=True):
        if label is None or label.value_at is not None or line.is_heading:
            break
        fact = fact or label.fact
        at += 1
    cells = lines[at : at + words.limits.table_cells]
    return [cell for cell in cells if normalised(fact, cell.text, words)][:1]


def _stated(lines: Sequence[Line], words: FactWords, countries: Countries) -> Iterator[PageFact]:
    """Facts that a sentence states without a label."""
    for line in lines:
        for sentence in sentences(line):
            tokens = words_of(fold(sentence.text))
            matches = words.sentence_phrases.find(tokens)
            meanings = {match.meaning for match in matches}
            is_about = _NOT not in meanings and bool(words.about_service_phrases.find(tokens))
            for fact in sorted(meanings & set(FACTS)):
                value = _stated_value(fact, sentence.text, words, countries, is_about=is_about)
                if value is not None:
                    quote = cut(sentence.text, words.limits.value_characters)
                    yield PageFact(fact=fact, value=value, quote=quote, offset=sentence.start)


def _stated_value(
    fact: str, text: str, words: FactWords, countries: Countries, *, is_about: bool
) -> str | None:
    """The fact's value; a time and "free" only where the sentence speaks of the service (`is_about`)."""
    if fact not in {FEE, TIME}:
        return cut(text, words.limits.value_characters)
    value = normalised(fact, text, words, countries)
    if fact == TIME and float(value or 0) > words.limits.longest_days:
        return None
    needs_more = fact == TIME or value == FREE
    return value if is_about or not needs_more else None
