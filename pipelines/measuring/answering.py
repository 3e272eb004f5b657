"""Judge labelled pages: by weights fitted on other sites, or by those that ship."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.clean import page_from_html
from pipelines.find import understand_read
from pipelines.judge import calibrated, judge_page
from pipelines.judging.cues import Read
from pipelines.judging.expertise import Knowledge, Rubric
from pipelines.judging.kinds import read_page, signs_of
from pipelines.judging.quotes import is_found_again
from pipelines.measuring.answers import Answer, Label
from pipelines.measuring.folds import folds, partings
from pipelines.measuring.gold import GoldError
from pipelines.measuring.measure import confidences
from pipelines.measuring.mistakes import kind_clues, stage_clues
from pipelines.measuring.scores import isotonic
from pipelines.measuring.weighing import fitted_weights

_RAW = ((0.0, 0.0), (1.0, 1.0))  # no calibration: confidence as the shares of kinds give it


def read_label(gold: Path, label: Label, knowledge: Knowledge) -> Read:
    """Return the labelled page, read.

    Raises:
        GoldError: its file cannot be read.
    """
    path = gold.parent / label.file
    try:
        body = path.read_bytes()
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise GoldError(f"{path}: cannot be read: {why}; expected the page of {label.page_id}") from error
    return read_page(page_from_html(body, label.url), knowledge)


def cross_validated(labels: Sequence[Label], reads: Sequence[Read], knowledge: Knowledge) -> list[Answer]:
    """Return an answer for each label by weights fitted on other sites; confidence not yet calibrated."""
    signs = [signs_of(read, knowledge) for read in reads]
    uncalibrated = _uncalibrated(knowledge.rubric)
    answers: dict[str, Answer] = {}
    for others, asked in partings(labels):
        weights = fitted_weights([signs[i] for i in others], [labels[i].kind for i in others], knowledge)
        fitted = replace(knowledge, weights=weights)
        for index in asked:
            answers[labels[index].page_id] = answer_of(labels[index], reads[index], fitted, uncalibrated)
    return [answers[label.page_id] for label in labels]


def fitted_answers(labels: Sequence[Label], reads: Sequence[Read], knowledge: Knowledge) -> list[Answer]:
    """Return an answer for each label by weights and calibration fitted on other sites."""
    return calibrated_answers(cross_validated(labels, reads, knowledge))


def unfitted(knowledge: Knowledge) -> Knowledge:
    """Return `knowledge` with hand-set points for weights and no calibration."""
    return replace(knowledge, weights=None, rubric=_uncalibrated(knowledge.rubric))


def _uncalibrated(rubric: Rubric) -> Rubric:
    return rubric.model_copy(update={"calibration": _RAW})


def answers_of(labels: Sequence[Label], reads: Sequence[Read], knowledge: Knowledge) -> list[Answer]:
    """Return an answer for each label by the weights and the calibration that `knowledge` has."""
    return [
        answer_of(label, read, knowledge, knowledge.rubric) for label, read in zip(labels, reads, strict=True)
    ]


def answer_of(label: Label, read: Read, knowledge: Knowledge, rubric: Rubric) -> Answer:
    """Return what is judged of one labelled page."""
    reading = understand_read(read, knowledge)
    verdict = judge_page(read.page, reading.kind, reading.findings, rubric, shares=reading.kind_shares)
    return Answer(
        label=label,
        kind=reading.kind,
        stage=verdict.stage,
        features=frozenset(finding.indicator_id for finding in reading.findings) & knowledge.labelled_ids,
        confidence=verdict.confidence,
        findings=reading.findings,
        quotes_lost=sum(not is_found_again(finding, read.page) for finding in reading.findings),
        kind_clues=kind_clues(label, reading.kind, read, knowledge),
        stage_clues=stage_clues(label, verdict, reading),
    )


def calibrated_answers(answers: Sequence[Answer]) -> list[Answer]:
    """Return `answers` with confidence calibrated on the other folds' answers."""
    fold_of = folds([answer.label for answer in answers])
    lines = {
        fold: isotonic(confidences(one for one in answers if fold_of[one.label.site] != fold))
        for fold in sorted(set(fold_of.values()))
    }
    return [
        replace(one, confidence=calibrated(one.confidence, lines[fold_of[one.label.site]])) for one in answers
    ]
