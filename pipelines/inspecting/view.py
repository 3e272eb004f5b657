"""Show what a page shows to a person at a terminal, in an order that also reads well aloud.

First a sentence with the verdict, then the ladder of stages, the words that prove it, the facts of the
service, and what would take it one step further.
"""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipelines.inspecting.record import Inspection, where
from pipelines.judging.expertise import Knowledge, Wording
from pipelines.records import Finding

_LONGEST_QUOTE = 120  # characters on a terminal; the JSON has them all
_LAST_STAGE = 4


def view(seen: Inspection, knowledge: Knowledge, language: str = "en") -> RenderableType:
    """Return `seen` to be printed by rich, in one of the three languages of the knowledge."""
    return Group(*_parts(seen, knowledge, language))


def _parts(seen: Inspection, knowledge: Knowledge, language: str) -> Iterator[RenderableType]:
    yield Text(seen.title or seen.url or seen.file or "", style="bold")
    yield Text(verdict_in_words(seen, knowledge, language))
    if seen.error:
        return
    yield _ladder(seen, knowledge, language)
    if seen.findings:
        yield _evidence(seen, knowledge, language)
    if seen.service:
        yield _service(seen)
    if seen.missing and seen.stage:
        yield _next_step(seen, knowledge, language)


def verdict_in_words(seen: Inspection, knowledge: Knowledge, language: str) -> str:
    """Return what the page is and how far it goes, in two or three sentences."""
    kinds = {kind.id: _said(kind.name, language) for kind in knowledge.kinds}
    what = (
        f"Kind of page: {kinds.get(seen.kind, seen.kind)}. Language: {seen.language}. Outcome: {seen.outcome}"
    )
    what += f" ({seen.outcome_detail})." if seen.outcome_detail else "."
    if seen.error:
        return f"It could not be read: {seen.error}"
    reason = reason_in_words(seen.reason, knowledge, language)
    if seen.stage is None:
        return f"{what}\nNo stage: {reason}"
    name = next(_said(stage.name, language) for stage in knowledge.stages if stage.stage == seen.stage)
    return f"{what}\nStage {seen.stage} of {_LAST_STAGE}, {name}: {reason} ({seen.confidence:.0%} sure)"


def reason_in_words(reason: str, knowledge: Knowledge, language: str) -> str:
    """Return the wording of a rule of the rubric, or of why there is no stage."""
    rules = {rule.id: rule.wording for rule in knowledge.rubric.rules}
    reasons = {one.id: one.wording for one in knowledge.rubric.undetermined}
    wording = rules.get(reason) or reasons.get(reason)
    return _said(wording, language) if wording else reason


def _ladder(seen: Inspection, knowledge: Knowledge, language: str) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    for stage in sorted(knowledge.stages, key=lambda one: -one.stage):
        is_here = stage.stage == seen.stage
        is_reached = seen.stage is not None and stage.stage <= seen.stage
        mark = "reached" if is_reached and not is_here else "here" if is_here else ""
        style = "bold green" if is_here else "green" if is_reached else "dim"
        table.add_row(str(stage.stage), _said(stage.name, language), mark, style=style)
    return table


def _evidence(seen: Inspection, knowledge: Knowledge, language: str) -> Table:
    table = Table("Stage", "Indicator", "Words on the page", "Where", title="Evidence", title_justify="left")
    for finding in _once_an_indicator(seen, knowledge):
        indicator = knowledge.indicators_by_id[finding.indicator_id]
        quote = (
            finding.quote if len(finding.quote) <= _LONGEST_QUOTE else f"{finding.quote[:_LONGEST_QUOTE]}…"
        )
        proof = "bold" if finding.finding_id in seen.proofs else ""
        place = f"{finding.region}, {where(finding)}"
        table.add_row(str(indicator.stage), _said(indicator.name, language), Text(quote), place, style=proof)
    return table


def _once_an_indicator(seen: Inspection, knowledge: Knowledge) -> list[Finding]:
    """The best finding of each indicator: those of the highest stage first."""
    best: dict[str, Finding] = {}
    for finding in seen.findings:
        best.setdefault(finding.indicator_id, finding)
    return sorted(
        best.values(), key=lambda one: (-knowledge.indicators_by_id[one.indicator_id].stage, one.indicator_id)
    )


def _service(seen: Inspection) -> Table:
    table = Table("Fact", "In the page's words", title="The service", title_justify="left")
    if seen.service:
        table.add_row("name", Text(seen.service.name))
        if seen.service.provider:
            table.add_row("provider", Text(seen.service.provider))
        for fact in seen.service.facts:
            value = fact.quote if fact.value in fact.quote else f"{fact.quote}  =  {fact.value}"
            table.add_row(fact.fact.replace("_", " "), Text(value))
    return table


def _next_step(seen: Inspection, knowledge: Knowledge, language: str) -> Table:
    title = f"Any one of these would make it stage {(seen.stage or 0) + 1}"
    table = Table("Missing", "What to do", title=title, title_justify="left")
    for indicator_id in seen.missing:
        indicator = knowledge.indicators_by_id[indicator_id]
        table.add_row(_said(indicator.name, language), _said(indicator.advice, language))
    return table


def _said(wording: Wording, language: str) -> str:
    return str(getattr(wording, language))
