"""Measure how well pages are judged against labelled pages, cross-validated by site.

What is fitted (the kinds' weights, the calibration of confidence) is fitted on other sites than those it is
tried on. Hand-written rules were written by people who had seen the labelled pages: only pages kept back can
say how those carry over.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.clean import page_from_html
from pipelines.find import Reading, understand_read
from pipelines.judge import calibrated, judge_page
from pipelines.judging.cues import Read
from pipelines.judging.expertise import Knowledge
from pipelines.judging.kinds import read_page, signs_of
from pipelines.judging.quotes import is_found_again
from pipelines.knowledge import load_knowledge
from pipelines.measuring.answers import Answer, Evaluation, Label, Summary
from pipelines.measuring.bars import bars
from pipelines.measuring.baselines import baselines
from pipelines.measuring.evaluation_text import render, to_json
from pipelines.measuring.folds import FOLDS, folds, read_labels
from pipelines.measuring.measure import confidences, confusion, indicator_counts, mistakes, summary
from pipelines.measuring.scores import isotonic, reliability
from pipelines.measuring.weighing import fitted_weights

__all__ = ["evaluate", "render", "to_json"]

_RAW = ((0.0, 0.0), (1.0, 1.0))  # no calibration: confidence as the shares of kinds give it


def evaluate(gold: Path, knowledge: Knowledge | None = None) -> Evaluation:
    """Return how well the pages of `gold` (a gold.jsonl, its files beside it) are judged.

    Raises:
        GoldError: the labels cannot be read.
        ImportError: scikit-learn, with which weights and a baseline are fitted, is not installed.
    """
    knowledge = knowledge or load_knowledge()
    labels = read_labels(gold)
    reads = [read_label(gold, label, knowledge) for label in labels]
    answers = calibrated_answers(cross_validated(labels, reads, knowledge))
    plain = [answer_of(label, read, _unfitted(knowledge)) for label, read in zip(labels, reads, strict=True)]
    quotes = sum(len(one.findings) for one in answers)
    return Evaluation(
        rubric_version=knowledge.rubric.version,
        fold_count=FOLDS,
        ours=summary("rubric, fitted weights", answers, knowledge),
        plain=summary("rubric, hand-set points", plain, knowledge),
        baselines=tuple(
            summary(name, rows, knowledge) for name, rows in baselines(labels, reads, knowledge).items()
        ),
        second_reader=bars().second_reader,
        indicators=indicator_counts(answers, knowledge),
        languages=_by(answers, knowledge, lambda label: label.language),
        countries=_by(answers, knowledge, lambda label: label.country),
        scripts=_by(answers, knowledge, lambda label: "Cyrillic" if label.is_cyrillic else "other"),
        kind_confusion=confusion((one.label.kind, one.kind) for one in answers),
        stage_confusion=confusion((one.label.stage, one.stage) for one in answers),
        reliability=reliability(confidences(answers)),
        mistakes=mistakes(answers),
        quote_count=quotes,
        quotes_found_again=quotes - sum(one.quotes_lost for one in answers),
    )


def read_label(gold: Path, label: Label, knowledge: Knowledge) -> Read:
    """Return the labelled page, read."""
    return read_page(page_from_html((gold.parent / label.file).read_bytes(), label.url), knowledge)


def cross_validated(labels: Sequence[Label], reads: Sequence[Read], knowledge: Knowledge) -> list[Answer]:
    """Return an answer for each label by weights fitted on other sites; confidence not yet calibrated."""
    fold_of = folds(labels)
    signs = [signs_of(read, knowledge) for read in reads]
    answers: dict[str, Answer] = {}
    for fold in range(FOLDS):
        others = [index for index, label in enumerate(labels) if fold_of[label.site] != fold]
        if not others or len(others) == len(labels):
            continue
        weights = fitted_weights([signs[i] for i in others], [labels[i].kind for i in others], knowledge)
        fitted = replace(knowledge, weights=weights)
        for label, read in zip(labels, reads, strict=True):
            if fold_of[label.site] == fold:
                answers[label.page_id] = answer_of(label, read, fitted)
    return [answers[label.page_id] for label in labels]


def answer_of(label: Label, read: Read, knowledge: Knowledge) -> Answer:
    """Return what is judged of one labelled page."""
    reading = understand_read(read, knowledge)
    uncalibrated = knowledge.rubric.model_copy(update={"calibration": _RAW})
    verdict = judge_page(read.page, reading.kind, reading.findings, uncalibrated, shares=reading.kind_shares)
    return Answer(
        label=label,
        kind=reading.kind,
        stage=verdict.stage,
        features=_features(reading),
        confidence=verdict.confidence,
        findings=reading.findings,
        quotes_lost=sum(not is_found_again(finding, read.page) for finding in reading.findings),
    )


def _features(reading: Reading) -> frozenset[str]:
    return frozenset(finding.indicator_id for finding in reading.findings)


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


def _unfitted(knowledge: Knowledge) -> Knowledge:
    return replace(knowledge, weights=None)


def _by(answers: Sequence[Answer], knowledge: Knowledge, key: Callable[[Label], str]) -> dict[str, Summary]:
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[key(answer.label)].append(answer)
    order = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return {name: summary(name, rows, knowledge, draws=40) for name, rows in order}
