"""Write how well labelled pages are judged, as data that the portal's method page shows.

    python -m pipelines.accuracy GOLD.jsonl

evaluates and writes `accuracy.yml` in the knowledge folder: nobody types a figure. The file has one row a
figure, each with its bootstrap interval, the number of pages it rests on, and the bar that it must reach.
"""

import argparse
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from pathlib import Path

from pipelines.codes.openness import AccuracyRow
from pipelines.evaluate import evaluate
from pipelines.knowledge import FOLDER
from pipelines.measuring.accuracy_file import written
from pipelines.measuring.answers import Evaluation, Measure, Summary
from pipelines.measuring.bars import bar_for
from pipelines.measuring.scores import Bin, Counts, counts_of, interval

_DIGITS = 4
_OURS = "baskych"
_OF_COUNTS: Mapping[str, Callable[[Counts], float]] = {
    "precision": attrgetter("precision"),
    "recall": attrgetter("recall"),
    "f1": attrgetter("f1"),
}
_GROUP_MEASURES = ("kind_accuracy", "stage_accuracy", "feature_f1")


def accuracy_rows(evaluation: Evaluation) -> tuple[AccuracyRow, ...]:
    """Return the figures of an evaluation, one a row, in a fixed order."""
    return tuple(_rows(evaluation))


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
    share = evaluation.quotes_found_again / evaluation.quote_count if evaluation.quote_count else 0.0
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
        if isinstance(found, Measure) and summary.supports[field.name]:
            yield _row(place, field.name, found, summary.supports[field.name])
    yield _row(place, "calibration_error", summary.calibration_error, summary.supports["calibration_error"])


def _of_groups(evaluation: Evaluation, ours: _Place) -> Iterator[AccuracyRow]:
    groups = {"language": evaluation.languages, "script": evaluation.scripts, "country": evaluation.countries}
    for scope, summaries in groups.items():
        for subject, summary in summaries.items():
            place = replace(ours, scope=scope, subject=subject)
            for measure in _GROUP_MEASURES:
                if summary.supports[measure]:
                    yield _row(place, measure, getattr(summary, measure), summary.supports[measure])


def _of_indicator(counts: Counts, place: _Place) -> Iterator[AccuracyRow]:
    """Yield an indicator's figures; pages are drawn anew from those to which label or answer gives it.

    Of an indicator that no labelled page has, nothing can be said.
    """
    if not counts.support:
        return
    pages = (
        [(True, True)] * counts.hits + [(False, True)] * counts.false_alarms + [(True, False)] * counts.misses
    )
    for measure, figure in _OF_COUNTS.items():
        low, high = interval(pages, _after_counting(figure))
        yield _row(place, measure, Measure(value=figure(counts), low=low, high=high), counts.support)


def _after_counting(figure: Callable[[Counts], float]) -> Callable[[Sequence[tuple[bool, bool]]], float]:
    return lambda pages: figure(counts_of(pages))


def _of_bin(one: Bin, place: _Place) -> Iterator[AccuracyRow]:
    yield _row(place, "confidence_said", one.confidence, one.count)
    yield _row(place, "share_right", one.accuracy, one.count)


def _row(place: _Place, measure: str, found: Measure | float, support: int | None) -> AccuracyRow:
    """Return one figure; a figure without an interval is a plain number."""
    known, plain = (found, found.value) if isinstance(found, Measure) else (None, found)
    value = round(plain, _DIGITS)
    bar = bar_for(measure, place.scope, support or 0) if place.judge == _OURS else None
    return AccuracyRow(
        judge=place.judge,
        measure=measure,
        scope=place.scope,
        subject=place.subject,
        value=value,
        low=round(known.low, _DIGITS) if known else None,
        high=round(known.high, _DIGITS) if known else None,
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
    chosen.write.write_text(written(accuracy_rows(evaluate(chosen.gold))), "utf-8")


if __name__ == "__main__":
    main()
