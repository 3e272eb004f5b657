"""Show what a page shows to a person at a terminal, in an order that also reads well aloud.

First a sentence with the verdict, then the ladder of stages, the words that prove it, the facts of the
service, and what would take it one step further. A page that could not be looked at has an outcome and
advice instead: no ladder stands empty.
"""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from crawlers.outcomes import Outcome, about
from pipelines.inspecting.lists import evidence, next_steps, of_site, service_facts
from pipelines.inspecting.record import Inspection
from pipelines.inspecting.words import Voice
from pipelines.judging.expertise import Knowledge


def view(seen: Inspection, knowledge: Knowledge, language: str = "en") -> RenderableType:
    """Return `seen` to be printed by rich, in one of the three languages of the knowledge."""
    return Group(*_parts(seen, knowledge, Voice(language)))


def _parts(seen: Inspection, knowledge: Knowledge, voice: Voice) -> Iterator[RenderableType]:
    yield Text(seen.title or seen.url or seen.file or "", style="bold")
    yield Text(verdict_in_words(seen, knowledge, voice))
    if seen.stage is not None:
        yield Text()
        yield _ladder(seen, knowledge, voice)
    for part in (
        evidence(seen, knowledge, voice),
        of_site(seen, knowledge, voice),
        service_facts(seen, voice),
        *next_steps(seen, knowledge, voice),
    ):
        if part is not None:
            yield Text()
            yield part


def verdict_in_words(seen: Inspection, knowledge: Knowledge, voice: Voice) -> str:
    """Return what the page is and how far it goes, in a few sentences."""
    if seen.error:
        return voice.say("unread", error=seen.error)
    if not Outcome(seen.outcome).is_observation:
        return f"{_outcome(seen, voice)}\n{_stage(seen, knowledge, voice)}\n{_advice(seen, voice)}"
    kinds = {kind.id: voice.own(kind.name) for kind in knowledge.kinds}
    what = voice.say("kind", kind=kinds.get(seen.kind, seen.kind))
    language = voice.say("language", language=voice.language_name(seen.language))
    return f"{what} {language} {_outcome(seen, voice)}\n{_stage(seen, knowledge, voice)}"


def _outcome(seen: Inspection, voice: Voice) -> str:
    """What came of the request, and by what sign that was told."""
    label = voice.say("outcome", outcome=getattr(about(Outcome(seen.outcome)).label, voice.language))
    return f"{label} {voice.say('detail', detail=seen.outcome_detail)}" if seen.outcome_detail else label


def _advice(seen: Inspection, voice: Voice) -> str:
    return voice.say("to_do", advice=getattr(about(Outcome(seen.outcome)).advice, voice.language))


def _stage(seen: Inspection, knowledge: Knowledge, voice: Voice) -> str:
    reason = reason_in_words(seen.reason, knowledge, voice)
    if seen.stage is None:
        return voice.say("no_stage", reason=reason)
    name = next(voice.own(stage.name) for stage in knowledge.stages if stage.stage == seen.stage)
    stage = voice.say("stage", stage=seen.stage, name=name, reason=reason)
    return f"{stage} {voice.say('sure', share=voice.share(seen.confidence))}"


def reason_in_words(reason: str, knowledge: Knowledge, voice: Voice) -> str:
    """Return the wording of a rule of the rubric, or of why there is no stage."""
    rules = {rule.id: rule.wording for rule in knowledge.rubric.rules}
    reasons = {one.id: one.wording for one in knowledge.rubric.undetermined}
    wording = rules.get(reason) or reasons.get(reason)
    return voice.own(wording) if wording else reason


def _ladder(seen: Inspection, knowledge: Knowledge, voice: Voice) -> Table:
    table = Table(
        box=None, show_header=False, padding=(0, 1), title=voice.say("ladder"), title_justify="left"
    )
    for stage in sorted(knowledge.stages, key=lambda one: -one.stage):
        is_here = stage.stage == seen.stage
        is_reached = seen.stage is not None and stage.stage < seen.stage
        mark = voice.say("here") if is_here else voice.say("reached") if is_reached else ""
        style = "bold green" if is_here else "green" if is_reached else "dim"
        table.add_row(str(stage.stage), voice.own(stage.name), mark, style=style)
    return table
