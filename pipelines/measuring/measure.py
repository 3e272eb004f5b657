"""Turn answers into figures: of all pages, of each language and country, and of each indicator."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from pipelines.judging.expertise import Knowledge
from pipelines.measuring.answers import Answer, Measure, Mistake, Summary
from pipelines.measuring.scores import (
    Counts,
    accuracy,
    calibration_error,
    counts_of,
    interval,
    macro_f1,
    reliability,
    weighted_kappa,
)

_MOST_MISTAKES = 40
_MOST_EVIDENCE = 3


def summary(name: str, answers: Sequence[Answer], knowledge: Knowledge, draws: int = 200) -> Summary:
    """Return the main figures of `answers`, each with its bootstrap interval."""
    staged = frozenset(knowledge.rubric.staged_kinds)

    def measured(measure: Callable[[Sequence[Answer]], float]) -> Measure:
        low, high = interval(answers, measure, draws)
        return Measure(value=measure(answers), low=low, high=high)

    return Summary(
        name=name,
        page_count=len(answers),
        kind_accuracy=measured(lambda rows: accuracy([(one.label.kind, one.kind) for one in rows])),
        kind_macro_f1=measured(lambda rows: macro_f1([(one.label.kind, one.kind) for one in rows])),
        service_f1=measured(
            lambda rows: counts_of((one.label.kind in staged, one.kind in staged) for one in rows).f1
        ),
        stage_accuracy=measured(lambda rows: accuracy(_stages(rows))),
        stage_macro_f1=measured(lambda rows: macro_f1(_stages(rows))),
        stage_kappa=measured(lambda rows: weighted_kappa(_stages(rows))),
        staged_found=measured(lambda rows: _staged(one for one in rows if one.label.stage is not None)),
        staged_invented=measured(lambda rows: _staged(one for one in rows if one.label.stage is None)),
        feature_f1=measured(lambda rows: micro(indicator_counts(rows, knowledge)).f1),
        calibration_error=calibration_error(reliability(confidences(answers))),
        supports=_supports(answers),
    )


def _supports(answers: Sequence[Answer]) -> dict[str, int]:
    """Return on how many pages each figure rests: not every page has a stage, or was labelled whole."""
    both = len(_stages(answers))
    staged = sum(one.label.stage is not None for one in answers)
    return {
        "kind_accuracy": len(answers),
        "kind_macro_f1": len(answers),
        "service_f1": len(answers),
        "stage_accuracy": both,
        "stage_macro_f1": both,
        "stage_kappa": both,
        "staged_found": staged,
        "staged_invented": len(answers) - staged,
        "feature_f1": sum(one.label.is_complete for one in answers),
        "calibration_error": len(answers),
    }


def _stages(answers: Iterable[Answer]) -> list[tuple[int, int]]:
    """Return (label, answer) of the pages where both have a stage."""
    return [
        (one.label.stage, one.stage)
        for one in answers
        if one.label.stage is not None and one.stage is not None
    ]


def _staged(answers: Iterable[Answer]) -> float:
    """Return the share of answers that have a stage."""
    given = [one.stage is not None for one in answers]
    return sum(given) / len(given) if given else 0.0


def indicator_counts(answers: Iterable[Answer], knowledge: Knowledge) -> dict[str, Counts]:
    """Return hits, false alarms and misses of each indicator on pages that the rater saw whole."""
    rows = [one for one in answers if one.label.is_complete]
    return {
        indicator.id: counts_of(
            (indicator.id in one.label.features, indicator.id in one.features) for one in rows
        )
        for indicator in knowledge.indicators
    }


def micro(counts: Mapping[str, Counts]) -> Counts:
    """Return the counts of all indicators together."""
    return sum(counts.values(), Counts(hits=0, false_alarms=0, misses=0))


def confidences(answers: Iterable[Answer]) -> list[tuple[float, bool]]:
    """Return (confidence, was the stage right) of each answer."""
    return [(one.confidence, one.stage == one.label.stage) for one in answers]


def confusion(pairs: Iterable[tuple[object, object]]) -> dict[tuple[str, str], int]:
    """Return how many pages had each (label, answer), most first."""
    counted = Counter((str(label), str(answer)) for label, answer in pairs)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def mistakes(answers: Iterable[Answer]) -> tuple[Mistake, ...]:
    """Return the pages judged wrongly, the most confident first, with the words that misled."""
    wrong = [one for one in answers if one.kind != one.label.kind or one.stage != one.label.stage]
    wrong.sort(key=lambda one: (-one.confidence, one.label.page_id))
    return tuple(_mistake(one) for one in wrong[:_MOST_MISTAKES])


def _mistake(answer: Answer) -> Mistake:
    by_kind = answer.kind != answer.label.kind
    return Mistake(
        page_id=answer.label.page_id,
        site=answer.label.site,
        what="kind" if by_kind else "stage",
        label=answer.label.kind if by_kind else str(answer.label.stage),
        answer=answer.kind if by_kind else str(answer.stage),
        confidence=answer.confidence,
        evidence=tuple((one.indicator_id, one.quote) for one in answer.findings[:_MOST_EVIDENCE]),
    )
