"""The lists of what a page shows: the evidence, the facts of the service, and what would make it more."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from pipelines.inspecting.record import Inspection
from pipelines.inspecting.words import Voice
from pipelines.judging.expertise import Knowledge
from pipelines.records import Finding, PageFact, Way
from pipelines.services.service_words import service_words


def evidence(seen: Inspection, knowledge: Knowledge, voice: Voice) -> Table | None:
    """Return each indicator that was found with its best words, those of the highest stage first."""
    table = _list_of(voice.say("evidence" if seen.stage else "shown"))
    for finding in _once_an_indicator(seen, knowledge):
        indicator = knowledge.indicators_by_id[finding.indicator_id]
        is_proof = finding.finding_id in seen.proofs
        said = Text(voice.own(indicator.name), style="bold" if is_proof else "")
        said.append(f": {_words(finding, seen, voice)}", style="default")
        place = _place(finding, voice) + (f"; {voice.say('proof')}" if is_proof else "")
        table.add_row(str(indicator.stage), said.append(f"\n{place}", style="dim not bold"))
    return table if table.row_count else None


def of_site(seen: Inspection, knowledge: Knowledge, voice: Voice) -> Table | None:
    """Return what the page says of its site: words that prove no stage."""
    table = _list_of(voice.say("of_site"))
    for finding in seen.site_findings:
        indicator = knowledge.site_indicators_by_id[finding.indicator_id]
        quoted = voice.say("quoted", quote=voice.shortened(finding.quote))
        table.add_row(str(indicator.stage), Text(f"{voice.own(indicator.name)}: {quoted}"))
    return table if table.row_count else None


def _once_an_indicator(seen: Inspection, knowledge: Knowledge) -> list[Finding]:
    best: dict[str, Finding] = {}
    for finding in sorted(seen.findings, key=lambda one: one.finding_id not in seen.proofs):
        best.setdefault(finding.indicator_id, finding)
    stages = {one.indicator_id: knowledge.indicators_by_id[one.indicator_id].stage for one in best.values()}
    return sorted(best.values(), key=lambda one: (-stages[one.indicator_id], one.indicator_id))


def _words(finding: Finding, seen: Inspection, voice: Voice) -> str:
    """The finding's own words; where they are only a label, the fact that stands beside it too."""
    quote = voice.shortened(finding.quote)
    fact = seen.service.first(finding.indicator_id.replace("-", "_")) if seen.service else None
    if fact is None or fact.quote in finding.quote or finding.quote in fact.quote:
        return voice.say("quoted", quote=quote)
    return voice.say("with_value", quote=quote, value=voice.shortened(fact.quote))


def _place(finding: Finding, voice: Voice) -> str:
    region = voice.name_of(voice.words.regions, finding.region)
    if finding.place == "text":
        return voice.say("in_text", region=region, offset=finding.offset)
    attribute = voice.name_of(voice.words.attributes, finding.place)
    return voice.say("in_attribute", region=region, attribute=attribute)


def service_facts(seen: Inspection, voice: Voice) -> Table | None:
    """Return what the page says of its service: each fact in its words, as a machine reads it, and where."""
    if seen.service is None:
        return None
    words, service = service_words(), seen.service
    events = {one.id: one.name for one in words.life_events.life_events}
    divisions = {one.id: one.name for one in words.cofog.divisions}
    table = _list_of(voice.say("service"))
    for fact, value in (
        ("name", service.name),
        ("provider", service.provider),
        ("life_event", voice.own(events[service.life_event]) if service.life_event else None),
        ("cofog_division", voice.own(divisions[service.cofog_division]) if service.cofog_division else None),
    ):
        if value:
            table.add_row(voice.name_of(voice.words.facts, fact), Text(value))
    for each in service.facts:
        told = Text(_told(each, voice)).append(
            f"\n{voice.say('at_character', offset=each.offset)}", style="dim"
        )
        table.add_row(voice.name_of(voice.words.facts, each.fact), told)
    return table


def _told(fact: PageFact, voice: Voice) -> str:
    """A fact's words, with its value where that was read as days or money and is not in them."""
    quote = voice.shortened(fact.quote)
    if fact.value in fact.quote and fact.fact != "processing_time":
        return quote
    value = voice.say("free") if fact.value == "free" else fact.value
    if fact.fact == "processing_time" and fact.value != fact.quote:
        value = voice.days(fact.value)
    return quote if value.casefold() in quote.casefold() else voice.say("equal", quote=quote, value=value)


def next_steps(seen: Inspection, knowledge: Knowledge, voice: Voice) -> Iterator[Table]:
    """Yield what would take the page further: what is enough alone, then what is enough together."""
    stage = next((way.stage for way in seen.ways), 0)
    if seen.missing:
        yield _advice(voice.say("alone", stage=stage), seen.missing, knowledge, voice)
    for way in seen.ways:
        if way.needed_count > 1:
            yield _advice(_title(way, voice), way.indicators, knowledge, voice)


def _title(way: Way, voice: Voice) -> str:
    how = "all" if way.needed_count == len(way.indicators) else "some"
    return voice.say(how, stage=way.stage, count=way.needed_count)


def _advice(title: str, indicators: Sequence[str], knowledge: Knowledge, voice: Voice) -> Table:
    table = _list_of(title)
    for indicator_id in indicators:
        indicator = knowledge.indicators_by_id[indicator_id]
        table.add_row("–", f"{voice.own(indicator.name)}. {voice.own(indicator.advice)}")
    return table


def _list_of(title: str) -> Table:
    """An empty list of two columns, without lines: what stands in a row is read in a row."""
    return Table(box=None, show_header=False, padding=(0, 1), title=title, title_justify="left")
