"""Turn answers into figures: of all pages, of each language and country, and of each indicator."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from pipelines.judging.expertise import Knowledge
from pipelines.measuring.answers import Answer, Label
from pipelines.measuring.evaluation import Cell, IndicatorFigures, Measure, Summary
from pipelines.measuring.figures import (
    calibration_error,
    f1,
    macro_f1,
    ratio,
    share,
    weighted_kappa,
)
from pipelines.measuring.resampling import Flags, Numbers, draws, measured

NO_STAGE = "none"


def summary(name: str, answers: Sequence[Answer], knowledge: Knowledge) -> Summary:
    """Return the main figures of `answers`, each with its bootstrap interval and the pages it rests on."""
    weights, pages = draws(len(answers)), np.ones(len(answers), bool)
    kinds = np.array([one.label.kind for one in answers]), np.array([one.kind for one in answers])
    staged_kinds = tuple(knowledge.rubric.staged_kinds)
    labelled, given = _numbers(one.label.stage for one in answers), _numbers(one.stage for one in answers)
    has, got = ~np.isnan(labelled), ~np.isnan(given)
    both = has & got
    stages, stage_weights = (labelled[both], given[both]), weights[:, both]
    right = (labelled == given) | (~has & ~got)

    def figure(values: Numbers, among: Flags) -> Measure:
        return measured(values, int(among.sum()))

    return Summary(
        name=name,
        page_count=len(answers),
        kind_accuracy=figure(share(weights, kinds[0] == kinds[1], pages), pages),
        kind_macro_f1=figure(macro_f1(weights, *kinds), pages),
        service_f1=figure(f1(weights, *(np.isin(one, staged_kinds) for one in kinds)), pages),
        stage_accuracy=figure(share(weights, labelled == given, both), both),
        stage_macro_f1=figure(macro_f1(stage_weights, *(one.astype(str) for one in stages)), both),
        stage_kappa=figure(weighted_kappa(stage_weights, *stages), both),
        staged_found=figure(share(weights, got, has), has),
        staged_invented=figure(share(weights, got, ~has), ~has),
        feature_f1=_feature_f1(answers, knowledge),
        calibration_error=figure(
            calibration_error(weights, np.array([one.confidence for one in answers]), right), pages
        ),
    )


def _numbers(stages: Iterable[int | None]) -> Numbers:
    """Return stages as numbers, nan where there is none."""
    return np.array([np.nan if one is None else one for one in stages], float)


def _feature_f1(answers: Sequence[Answer], knowledge: Knowledge) -> Measure:
    """Return the F1 of all indicators together, on pages that the rater saw whole."""
    rows, known = _complete(answers), knowledge.labelled_ids
    hits = np.array([len(one.label.features & one.features & known) for one in rows], float)
    named = [len(one.label.features & known) + len(one.features & known) for one in rows]
    weights = draws(len(rows))
    return measured(ratio(2 * (weights @ hits), weights @ np.array(named, float)), len(rows))


def _complete(answers: Iterable[Answer]) -> list[Answer]:
    return [one for one in answers if one.label.is_complete]


def indicator_figures(answers: Sequence[Answer], knowledge: Knowledge) -> dict[str, IndicatorFigures]:
    """Return how well each indicator is seen on pages that the rater saw whole."""
    rows = _complete(answers)
    return {
        indicator.id: figures_of(
            np.array([indicator.id in one.label.features for one in rows], bool),
            np.array([indicator.id in one.features for one in rows], bool),
        )
        for indicator in knowledge.indicators
        if indicator.is_labelled
    }


def figures_of(there: Flags, found: Flags) -> IndicatorFigures:
    """Return how well a thing is seen, by which pages have it and on which it was found."""
    weights = draws(len(there))
    return IndicatorFigures(
        precision=measured(share(weights, there, found), int(found.sum())),
        recall=measured(share(weights, found, there), int(there.sum())),
        f1=measured(f1(weights, there, found), int(there.sum())),
        hits=int((there & found).sum()),
        false_alarms=int((~there & found).sum()),
        misses=int((there & ~found).sum()),
    )


def by_group(
    answers: Sequence[Answer], knowledge: Knowledge, key: Callable[[Label], str]
) -> dict[str, Summary]:
    """Return the figures of each language, country or script, that with the most pages first."""
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[key(answer.label)].append(answer)
    order = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return {name: summary(name, rows, knowledge) for name, rows in order}


def confidences(answers: Iterable[Answer]) -> list[tuple[float, bool]]:
    """Return (confidence, was the stage right) of each answer."""
    return [(one.confidence, one.stage == one.label.stage) for one in answers]


def kind_confusion(answers: Iterable[Answer]) -> tuple[Cell, ...]:
    """Return how many pages of each kind were said to be of which kind, most first."""
    return _cells((one.label.kind, one.kind) for one in answers)


def stage_confusion(answers: Iterable[Answer]) -> tuple[Cell, ...]:
    """Return how many pages of each stage were said to be at which stage, most first."""
    return _cells((_stage(one.label.stage), _stage(one.stage)) for one in answers)


def _stage(stage: int | None) -> str:
    return NO_STAGE if stage is None else str(stage)


def _cells(pairs: Iterable[tuple[str, str]]) -> tuple[Cell, ...]:
    counted = sorted(Counter(pairs).items(), key=lambda item: (-item[1], item[0]))
    return tuple(Cell(label=label, answer=answer, pages=pages) for (label, answer), pages in counted)
