"""Write how well labelled pages are judged, as data that the portal's method page shows.

    python -m pipelines.accuracy GOLD.jsonl

evaluates and writes `accuracy.yml` in the knowledge folder: nobody types a figure. The file has one row a
figure, each with its bootstrap interval, the number of pages it rests on, and the bar that it must reach.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from pipelines.codes.openness import AccuracyRow, ConfusionRow
from pipelines.evaluate import evaluate
from pipelines.knowledge import FOLDER
from pipelines.measuring.accuracy_file import written
from pipelines.measuring.bars import bar_for
from pipelines.measuring.evaluation import Evaluation, IndicatorFigures, Measure, Mode, Summary
from pipelines.measuring.gold import GoldError
from pipelines.measuring.scores import Bin

_DIGITS = 4
_OURS = "baskych"
_OF_INDICATORS = ("precision", "recall", "f1")
_GROUP_MEASURES = ("kind_accuracy", "stage_accuracy", "feature_f1")
_PRESENT, _ABSENT = "present", "absent"


def accuracy_rows(evaluation: Evaluation) -> tuple[AccuracyRow, ...]:
    """Return the figures of an evaluation that rest on something, one a row, in a fixed order."""
    return tuple(_rows(evaluation))


def confusion_rows(evaluation: Evaluation) -> tuple[ConfusionRow, ...]:
    """Return how many pages of each label were given each answer: kinds, stages, then indicators."""
    return tuple(
        ConfusionRow(
            scope=scope,
            subject=subject,
            label=label,
            answer=answer,
            page_count=pages,
            rubric_version=evaluation.rubric_version,
        )
        for scope, subject, label, answer, pages in _confusions(evaluation)
        if pages
    )


def _confusions(evaluation: Evaluation) -> Iterator[tuple[str, str, str, str, int]]:
    for scope, cells in (("kind", evaluation.kind_confusion), ("stage", evaluation.stage_confusion)):
        for cell in cells:
            yield scope, "", cell.label, cell.answer, cell.pages
    for indicator_id, one in evaluation.indicators.items():
        yield "indicator", indicator_id, _PRESENT, _PRESENT, one.hits
        yield "indicator", indicator_id, _PRESENT, _ABSENT, one.misses
        yield "indicator", indicator_id, _ABSENT, _PRESENT, one.false_alarms


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a figure belongs: whose it is, and of which pages."""

    version: str
    judge: str = _OURS
    scope: str = "all"
    subject: str = ""


def _rows(evaluation: Evaluation) -> Iterator[AccuracyRow]:
    ours = _Place(version=evaluation.rubric_version)
    judges = {_OURS: evaluation.ours, "hand_set_points": evaluation.plain}
    judges |= {re.sub(r"\W+", "_", summary.name): summary for summary in evaluation.baselines}
    for judge, summary in judges.items():
        yield from _of_summary(summary, replace(ours, judge=judge))
    if evaluation.quote_count:
        share = evaluation.quotes_found_again / evaluation.quote_count
        yield _row(ours, "quotes_found_again", share, evaluation.quote_count)
    for measure, value in sorted(evaluation.second_reader.items()):
        yield _row(replace(ours, judge="second_reader"), measure, value, None)
    yield from _of_groups(evaluation, ours)
    for indicator_id, counts in evaluation.indicators.items():
        yield from _of_indicator(counts, replace(ours, scope="indicator", subject=indicator_id))
    for one in evaluation.reliability:
        yield from _of_bin(one, replace(ours, scope="confidence", subject=f"{one.lower:.1f}-{one.upper:.1f}"))


def _of_summary(summary: Summary, place: _Place) -> Iterator[AccuracyRow]:
    for field in fields(summary):
        found = getattr(summary, field.name)
        if isinstance(found, Measure):
            yield from _of_measure(found, place, field.name)


def _of_groups(evaluation: Evaluation, ours: _Place) -> Iterator[AccuracyRow]:
    groups = {"language": evaluation.languages, "script": evaluation.scripts, "country": evaluation.countries}
    for scope, summaries in groups.items():
        for subject, summary in summaries.items():
            for measure in _GROUP_MEASURES:
                place = replace(ours, scope=scope, subject=subject)
                yield from _of_measure(getattr(summary, measure), place, measure)


def _of_indicator(figures: IndicatorFigures, place: _Place) -> Iterator[AccuracyRow]:
    """Yield an indicator's figures; of one that no labelled page has, nothing can be said."""
    if figures.f1.value is not None:
        for measure in _OF_INDICATORS:
            yield from _of_measure(getattr(figures, measure), place, measure)


def _of_measure(found: Measure, place: _Place, measure: str) -> Iterator[AccuracyRow]:
    if found.value is not None:
        yield _row(place, measure, found, found.support)


def _of_bin(one: Bin, place: _Place) -> Iterator[AccuracyRow]:
    yield _row(place, "confidence_said", one.confidence, one.count)
    yield _row(place, "share_right", one.accuracy, one.count)


def _row(place: _Place, measure: str, found: Measure | float, support: int | None) -> AccuracyRow:
    """Return one figure; a figure without an interval is a plain number."""
    plain = found.value if isinstance(found, Measure) else found
    low, high = (found.low, found.high) if isinstance(found, Measure) else (None, None)
    value = round(plain or 0.0, _DIGITS)
    bar = bar_for(measure, place.scope, support or 0) if place.judge == _OURS else None
    return AccuracyRow(
        judge=place.judge,
        measure=measure,
        scope=place.scope,
        subject=place.subject,
        value=value,
        low=None if low is None else round(low, _DIGITS),
        high=None if high is None else round(high, _DIGITS),
        support=support,
        bar=bar.limit if bar else None,
        is_met=bar.is_met(value) if bar else None,
        rubric_version=place.version,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, evaluate and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="labelled pages: gold.jsonl, its files beside it")
    parser.add_argument("--write", type=Path, default=FOLDER / "accuracy.yml", help="the file to write")
    chosen = parser.parse_args(arguments)
    evaluation = evaluate(chosen.gold)
    if evaluation.mode is not Mode.CROSS_VALIDATED:
        raise GoldError(
            f"{chosen.gold}: has pages of one site; expected two at least, to try on what was not fitted"
        )
    chosen.write.write_text(written(accuracy_rows(evaluation), confusion_rows(evaluation)), "utf-8")


if __name__ == "__main__":
    main()
