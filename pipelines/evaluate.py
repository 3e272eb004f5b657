"""Measure how well pages are judged against labelled pages, cross-validated by site or as shipped.

Cross-validated: what is fitted (the kinds' weights, the calibration of confidence) is fitted on other sites
than those it is tried on. Hand-written rules were written by people who had seen the labelled pages: only
pages kept back can say how those carry over. As shipped: the weights and calibration that ship, for pages of
other sites than those that they were fitted on.
"""

from collections.abc import Sequence
from pathlib import Path

from threadpoolctl import threadpool_limits

from pipelines.judging.cues import Read
from pipelines.judging.expertise import Knowledge
from pipelines.knowledge import load_knowledge
from pipelines.measuring.answering import answers_of, fitted_answers, read_label, unfitted
from pipelines.measuring.answers import Label
from pipelines.measuring.bars import bars
from pipelines.measuring.baselines import by_bag_of_words, by_keywords
from pipelines.measuring.evaluation import Evaluation, Mode
from pipelines.measuring.evaluation_text import render, to_json
from pipelines.measuring.folds import can_be_parted, folds
from pipelines.measuring.gold import read_labels
from pipelines.measuring.measure import (
    NO_STAGE,
    by_group,
    confidences,
    indicator_figures,
    kind_confusion,
    stage_confusion,
    summary,
)
from pipelines.measuring.mistakes import mistakes, worst
from pipelines.measuring.scores import reliability

__all__ = ["evaluate", "render", "to_json"]


def evaluate(gold: Path, knowledge: Knowledge | None = None, *, as_shipped: bool = False) -> Evaluation:
    """Return how well the pages of `gold` (a gold.jsonl, its files beside it) are judged.

    `as_shipped`: by the weights and the calibration that ship, nothing fitted anew. So are pages of a single
    site, because there are no others to fit on.

    Raises:
        GoldError: the labels or a page cannot be read.
    """
    knowledge = knowledge or load_knowledge()
    labels = read_labels(gold, knowledge)
    reads = [read_label(gold, label, knowledge) for label in labels]
    mode = Mode.AS_SHIPPED if as_shipped or not can_be_parted(labels) else Mode.CROSS_VALIDATED
    with threadpool_limits(limits=1):  # the matrices are small: threads would only wait for one another
        return _evaluation(mode, labels, reads, knowledge)


def _evaluation(
    mode: Mode, labels: Sequence[Label], reads: Sequence[Read], knowledge: Knowledge
) -> Evaluation:
    is_shipped = mode is Mode.AS_SHIPPED
    answers = (answers_of if is_shipped else fitted_answers)(labels, reads, knowledge)
    plain = answers_of(labels, reads, unfitted(knowledge))
    others = {"keyword counts": by_keywords(labels, reads, knowledge)}
    if not is_shipped:
        others["bag of words, logistic regression"] = by_bag_of_words(labels, reads, knowledge)
    quotes = sum(len(one.findings) for one in answers)
    wrong = mistakes(answers)
    return Evaluation(
        mode=mode,
        fitted_on=knowledge.weights.fitted_on if knowledge.weights else "nothing",
        rubric_version=knowledge.rubric.version,
        site_count=len({label.site for label in labels}),
        fold_count=0 if is_shipped else len(set(folds(labels).values())),
        ours=summary("rubric, fitted weights", answers, knowledge),
        plain=summary("rubric, hand-set points", plain, knowledge),
        baselines=tuple(summary(name, rows, knowledge) for name, rows in others.items()),
        second_reader=bars().second_reader,
        indicators=indicator_figures(answers, knowledge),
        languages=by_group(answers, knowledge, lambda label: label.language),
        countries=by_group(answers, knowledge, lambda label: label.country),
        scripts=by_group(answers, knowledge, lambda label: "Cyrillic" if label.is_cyrillic else "other"),
        kinds=tuple(sorted(knowledge.kinds_by_id)),
        stages=(*(str(one.stage) for one in knowledge.stages), NO_STAGE),
        kind_confusion=kind_confusion(answers),
        stage_confusion=stage_confusion(answers),
        reliability=reliability(confidences(answers)),
        mistake_count=len(wrong),
        mistakes=worst(wrong),
        quote_count=quotes,
        quotes_found_again=quotes - sum(one.quotes_lost for one in answers),
    )
