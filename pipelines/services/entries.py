"""Read the items of a page that lists services: each one's name, address, heading and facts.

Lists are written in three ways: links with the services' names; cards, whose heading is the name and whose
link says only "more"; and tables or numbered lines, which may have no link at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.records import ListEntry, PageFact, SummaryLink
from pipelines.services.content_lines import Line
from pipelines.services.durations import read_duration
from pipelines.services.facts import FACTS, PROVIDER, read_facts
from pipelines.services.labels import label_of
from pipelines.services.money import read_money
from pipelines.services.names import clean_name, may_be_name
from pipelines.services.providers import Providers
from pipelines.services.service_words import ServiceWords
from pipelines.services.values import Countries

_BARE_VALUE = 60  # characters: a table's cell that is only a sum or a time


@dataclass(frozen=True, slots=True, kw_only=True)
class ListContext:
    """What is known of a list's page: who may be named on it, and the countries that it may be of."""

    providers: Providers
    countries: Countries


@dataclass(slots=True)
class _Item:
    """An item while it is read."""

    name: Line
    link: SummaryLink | None
    url: str | None
    heading: str
    lines: list[Line] = field(default_factory=list)


def read_entries(
    lines: Sequence[Line],
    links: Sequence[tuple[int, SummaryLink]],
    context: ListContext,
    words: ServiceWords,
) -> tuple[ListEntry, ...]:
    """Return the items of a list, in the page's order; `links` with their offsets into the page's text."""
    items: list[_Item] = []
    lines = [line for line in lines if not line.is_number]
    heading = ""
    starts = _links_of(lines, links)
    for place, line in enumerate(lines):
        link = starts.get(place)
        if _begins(line, link, words):
            items.append(_Item(name=line, link=link, url=link.url if link else None, heading=heading))
        elif link and items and items[-1].url is None and items[-1].name.is_heading:
            items[-1].url = link.url  # a card's "more"
        elif items:
            items[-1].lines.append(line)
        if line.is_heading and link is None:
            heading = line.text
    return tuple(_entry(item, context, words) for item in items)


def _links_of(lines: Sequence[Line], links: Sequence[tuple[int, SummaryLink]]) -> dict[int, SummaryLink]:
    """Line's place in the list -> the first link that stands on it."""
    found: dict[int, SummaryLink] = {}
    ordered = sorted(links, key=lambda pair: pair[0])
    at = 0
    for place, line in enumerate(lines):
        while at < len(ordered) and ordered[at][0] < line.start:
            at += 1
        if at < len(ordered) and ordered[at][0] <= line.end:
            found[place] = ordered[at][1]
    return found


def _begins(line: Line, link: SummaryLink | None, words: ServiceWords) -> bool:
    """Whether an item begins here: a link's text, a heading or a numbered line that can be a name."""
    if not (link or line.is_heading or line.is_item):
        return False
    name = clean_name(link.text if link else line.text, words.identify.names)
    shortest = words.identify.entries.shortest_characters
    if len(name) < shortest or not may_be_name(name, words.identify.names):
        return False
    return label_of(line, words.facts) is None


def _entry(item: _Item, context: ListContext, words: ServiceWords) -> ListEntry:
    lines = [_rest(item.name), *item.lines]
    stated = read_facts(lines, words.facts, context.countries)
    facts = [fact for fact in stated if fact.fact in {*FACTS, PROVIDER}]
    facts += _bare(item.lines, {fact.fact for fact in facts}, context, words)
    named = next((fact.quote for fact in facts if fact.fact == PROVIDER), item.heading)
    return ListEntry(
        name=item.link.text if item.link else item.name.text,
        url=item.url,
        heading=item.heading,
        provider_id=context.providers.named(named) if named else None,
        facts=tuple(sorted((f for f in facts if f.fact != PROVIDER), key=lambda f: (f.offset, f.fact))),
    )


def _rest(name: Line) -> Line:
    """The name's own line: it may go on with a sum or a time."""
    return Line(text=name.text, start=name.start, is_heading=False)


def _bare(
    lines: Sequence[Line], known: set[str], context: ListContext, words: ServiceWords
) -> list[PageFact]:
    """Sums and times that stand alone in a cell, under a column's heading that the text does not keep."""
    found: list[PageFact] = []
    for line in lines:
        if len(line.text) > _BARE_VALUE:
            continue
        money, days = (
            read_money(line.text, words.facts, context.countries),
            read_duration(line.text, words.facts),
        )
        for fact, value in (
            ("fee", money.value if money else None),
            ("processing_time", f"{days:g}" if days is not None and not money else None),
        ):
            if value is not None and fact not in known:
                known.add(fact)
                found.append(PageFact(fact=fact, value=value, quote=line.text, offset=line.start))
    return found
