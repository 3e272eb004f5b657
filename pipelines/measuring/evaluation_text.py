"""Show an evaluation: as tables for a person at a terminal, and as plain values for programs."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from pipelines.measuring.evaluation import Evaluation, IndicatorFigures, Mode, Summary
from pipelines.measuring.text_parts import figure, listed, matrix, mistake

_FIGURES = (
    ("kind: accuracy", "kind_accuracy"),
    ("kind: macro F1", "kind_macro_f1"),
    ("service-like against the rest: F1", "service_f1"),
    ("stage: accuracy", "stage_accuracy"),
    ("stage: macro F1", "stage_macro_f1"),
    ("stage: quadratic kappa", "stage_kappa"),
    ("pages with a stage that got one", "staged_found"),
    ("pages without that got one", "staged_invented"),
    ("indicators: micro F1", "feature_f1"),
    ("expected calibration error", "calibration_error"),
)
_COLUMN = 26  # characters of a figure with its interval and its pages
_MATRIX = "{}: a row for each label, a column for each answer; pages"
_ONE_SITE = "cross-validation needs pages of two sites at least, and these are of one:\n"


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return the evaluation as plain JSON values; a figure that rests on nothing is null."""
    return asdict(evaluation)


def render(evaluation: Evaluation) -> str:
    """Return the evaluation as text for a terminal."""
    summaries = (evaluation.ours, evaluation.plain, *evaluation.baselines)
    parts = [
        _title(evaluation),
        *(_figures(one, evaluation.second_reader) for one in summaries),
        _indicators(evaluation.indicators),
        _groups("Language", evaluation.languages),
        _groups("Country", evaluation.countries),
        _groups("Script", evaluation.scripts),
        matrix(_MATRIX.format("Kind"), evaluation.kind_confusion, evaluation.kinds),
        matrix(_MATRIX.format("Stage"), evaluation.stage_confusion, evaluation.stages),
        _reliability(evaluation),
        _mistakes(evaluation),
        f"Quotes found again: {evaluation.quotes_found_again} of {evaluation.quote_count}",
    ]
    return "\n\n".join(parts)


def _title(evaluation: Evaluation) -> str:
    pages, sites = evaluation.ours.page_count, evaluation.site_count
    counted = f"labelled pages: {pages}, of sites: {sites}"
    head = f"Rubric {evaluation.rubric_version}; {counted}"
    return "\n".join(
        [head, _mode(evaluation), "[95 % interval by bootstrap] (pages that the figure rests on)"]
    )


def _mode(evaluation: Evaluation) -> str:
    """Return by which weights pages were judged, and what that is worth."""
    if evaluation.mode is Mode.CROSS_VALIDATED:
        return f"cross-validated by site in {evaluation.fold_count} parts"
    why = _ONE_SITE if evaluation.site_count == 1 else ""
    return (
        f"{why}judged as shipped, by weights and calibration fitted on {evaluation.fitted_on};\n"
        "the figures hold only for pages of other sites than those"
    )


def _figures(summary: Summary, second_reader: Mapping[str, float]) -> str:
    lines = [summary.name]
    for title, name in _FIGURES:
        second = f"second reader {second_reader[name]:.2f}" if name in second_reader else ""
        lines.append(f"  {title:36}{figure(getattr(summary, name), 3):{_COLUMN + 2}}{second}".rstrip())
    return "\n".join(lines)


def _indicators(indicators: Mapping[str, IndicatorFigures]) -> str:
    rows = (
        (name, figure(one.precision), figure(one.recall), figure(one.f1)) for name, one in indicators.items()
    )
    return _columns(("Indicator", "precision", "recall", "F1"), rows)


def _groups(title: str, groups: Mapping[str, Summary]) -> str:
    rows = (
        (name, figure(one.kind_accuracy), figure(one.stage_accuracy), figure(one.feature_f1))
        for name, one in groups.items()
    )
    return _columns((title, "kind: accuracy", "stage: accuracy", "indicators: micro F1"), rows)


def _columns(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table: a name, then figures with their intervals and pages."""
    lines = [
        f"{indent}{row[0]:{24 - len(indent)}}" + "".join(f"{one:{_COLUMN}}" for one in row[1:])
        for indent, row in (("", head), *(("  ", row) for row in rows))
    ]
    return "\n".join(line.rstrip() for line in lines)


def _reliability(evaluation: Evaluation) -> str:
    rows = (
        f"  {one.lower:.1f}-{one.upper:.1f}: said {one.confidence:.2f}, was {one.accuracy:.2f} ({one.count})"
        for one in evaluation.reliability
    )
    return listed("Confidence", rows)


def _mistakes(evaluation: Evaluation) -> str:
    shown, all_of_them = len(evaluation.mistakes), evaluation.mistake_count
    rows = (line for one in evaluation.mistakes for line in mistake(one))
    return listed(f"Worst errors, with what misled: {shown} of {all_of_them} pages with an error", rows)
