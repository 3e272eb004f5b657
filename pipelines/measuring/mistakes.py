"""List the pages judged worst, each with what misled: the proofs of the wrong answer, no chance findings."""

from collections.abc import Iterable, Sequence

from pipelines.find import Reading
from pipelines.judging.cues import Read, proofs, spots
from pipelines.judging.expertise import Knowledge
from pipelines.judging.kinds import signs_of
from pipelines.measuring.answers import Answer, Clue, Label
from pipelines.measuring.evaluation import Mistake
from pipelines.records import Finding, Verdict

_MOST_CLUES = 3
_MOST_MISTAKES = 40


def kind_clues(label: Label, kind: str, read: Read, knowledge: Knowledge) -> tuple[Clue, ...]:
    """Return the signs that spoke most for a wrong kind against the label's; none where it is right."""
    if kind == label.kind:
        return ()
    pulls = {name: _pull(name, kind, label.kind, knowledge) for name in signs_of(read, knowledge)}
    strongest = sorted((name for name in pulls if pulls[name] > 0), key=lambda name: (-pulls[name], name))
    return tuple(
        Clue(name=name, quote=proofs(spots(knowledge.signs[name].seen, read), 1)[0].quote)
        for name in strongest[:_MOST_CLUES]
    )


def _pull(sign: str, kind: str, truth: str, knowledge: Knowledge) -> float:
    """Return by how much a sign speaks for `kind` rather than for `truth`."""
    if knowledge.weights is None:
        points = knowledge.signs[sign].points
        return points.get(kind, 0.0) - points.get(truth, 0.0)
    weights = knowledge.weights.weights
    return weights[kind].get(sign, 0.0) - weights[truth].get(sign, 0.0)


def stage_clues(label: Label, verdict: Verdict, reading: Reading) -> tuple[Clue, ...]:
    """Return what proves a wrong stage, one finding an indicator; none where it is right or unproved."""
    if verdict.stage == label.stage:
        return ()
    proving = {one.finding_id: one for one in reading.findings}
    first: dict[str, Finding] = {}
    for finding_id in verdict.finding_ids:
        first.setdefault(proving[finding_id].indicator_id, proving[finding_id])
    return tuple(_clue(one) for one in [*first.values()][:_MOST_CLUES])


def _clue(finding: Finding) -> Clue:
    return Clue(name=finding.indicator_id, quote=finding.quote)


def mistakes(answers: Iterable[Answer]) -> tuple[Mistake, ...]:
    """Return all pages judged wrongly, the worst first.

    A wrong kind or stage is worse than a wrong indicator, and the more confident of two the worse.
    """
    found = [_mistake(one) for one in answers]
    return tuple(sorted((one for one in found if _is_wrong(one)), key=_badness))


def worst(found: Sequence[Mistake]) -> tuple[Mistake, ...]:
    """Return as many of the mistakes, the worst first, as a person reads."""
    return tuple(found[:_MOST_MISTAKES])


def _badness(one: Mistake) -> tuple[bool, float, int, str]:
    judged_right = _is_judged_right(one)
    by_confidence = 0.0 if judged_right else -one.confidence
    return judged_right, by_confidence, -len(one.missed) - len(one.invented), one.page_id


def _is_judged_right(one: Mistake) -> bool:
    return (one.kind_label, one.stage_label) == (one.kind_answer, one.stage_answer)


def _is_wrong(one: Mistake) -> bool:
    return not _is_judged_right(one) or bool(one.missed or one.invented)


def _mistake(answer: Answer) -> Mistake:
    label = answer.label
    missed, invented = label.features - answer.features, answer.features - label.features
    first = {one.indicator_id: one for one in reversed(answer.findings)}
    return Mistake(
        page_id=label.page_id,
        site=label.site,
        confidence=answer.confidence,
        kind_label=label.kind,
        kind_answer=answer.kind,
        kind_clues=answer.kind_clues,
        stage_label=label.stage,
        stage_answer=answer.stage,
        stage_clues=answer.stage_clues,
        missed=tuple(sorted(missed)),
        # of a page that the rater saw only in part, nobody knows what it has besides
        invented=tuple(_clue(first[name]) for name in sorted(invented & set(first)) if label.is_complete),
    )
