"""Show an evaluation: as tables for a person at a terminal, and as JSON for programs and the method page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pipelines.measuring.answers import Evaluation, Measure, Summary
from pipelines.measuring.scores import Counts

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
)
_MOST_LANGUAGES = 12
_LONGEST_QUOTE = 70


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return the evaluation as plain JSON values; confusion matrices as rows of label, answer and pages."""
    plain = asdict(evaluation)
    for name in ("kind_confusion", "stage_confusion"):
        plain[name] = [
            {"label": label, "answer": answer, "pages": pages}
            for (label, answer), pages in getattr(evaluation, name).items()
        ]
    plain["indicators"] = {name: _counts(counts) for name, counts in evaluation.indicators.items()}
    return plain


def _counts(counts: Counts) -> dict[str, float]:
    return {
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f1": round(counts.f1, 4),
        "support": counts.support,
    }


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
        _confusion("Kind: label -> answer, pages wrong", evaluation.kind_confusion),
        _confusion("Stage: label -> answer, pages wrong", evaluation.stage_confusion),
        _reliability(evaluation),
        _mistakes(evaluation),
        f"Quotes found again: {evaluation.quotes_found_again} of {evaluation.quote_count}",
    ]
    return "\n\n".join(parts)


def _title(evaluation: Evaluation) -> str:
    pages, parts = evaluation.ours.page_count, evaluation.fold_count
    rubric = f"Rubric {evaluation.rubric_version} on {pages} labelled pages"
    return f"{rubric}, cross-validated by site in {parts} parts; [95 % interval by bootstrap]"


def _figures(summary: Summary, second_reader: Mapping[str, float]) -> str:
    lines = [summary.name]
    for title, name in _FIGURES:
        measure: Measure = getattr(summary, name)
        second = f"   second reader {second_reader[name]:.2f}" if name in second_reader else ""
        lines.append(f"  {title:36}{measure.value:6.3f}  [{measure.low:.2f}, {measure.high:.2f}]{second}")
    lines.append(f"  {'expected calibration error':36}{summary.calibration_error:6.3f}")
    return "\n".join(lines)


def _indicators(indicators: Mapping[str, Counts]) -> str:
    rows = [
        f"  {name:22}{one.precision:10.2f}{one.recall:8.2f}{one.f1:6.2f}{one.support:9}"
        for name, one in indicators.items()
    ]
    return "\n".join([f"{'Indicator':24}{'precision':>10}{'recall':>8}{'F1':>6}{'support':>9}", *rows])


def _groups(title: str, groups: Mapping[str, Summary]) -> str:
    rows = [
        f"  {name:22}{one.page_count:6}{one.kind_accuracy.value:8.2f}{one.stage_accuracy.value:8.2f}"
        f"{one.feature_f1.value:11.2f}"
        for name, one in list(groups.items())[:_MOST_LANGUAGES]
    ]
    return "\n".join([f"{title:24}{'pages':>6}{'kind':>8}{'stage':>8}{'indicators':>11}", *rows])


def _confusion(title: str, confusion: Mapping[tuple[str, str], int]) -> str:
    wrong = (
        f"  {label} -> {answer}: {pages}" for (label, answer), pages in confusion.items() if label != answer
    )
    return _listed(title, wrong)


def _reliability(evaluation: Evaluation) -> str:
    rows = (
        f"  {one.lower:.1f}-{one.upper:.1f}: said {one.confidence:.2f}, was {one.accuracy:.2f} ({one.count})"
        for one in evaluation.reliability
    )
    return _listed("Confidence", rows)


def _mistakes(evaluation: Evaluation) -> str:
    rows: list[str] = []
    for one in evaluation.mistakes:
        rows.append(
            f"  {one.page_id} {one.site}: {one.what} {one.label}, said {one.answer} ({one.confidence:.2f})"
        )
        rows += [
            f"    {indicator}: {' '.join(quote.split())[:_LONGEST_QUOTE]}"
            for indicator, quote in one.evidence
        ]
    return _listed("Worst errors, with what misled", rows)


def _listed(title: str, rows: Iterable[str]) -> str:
    listed: Sequence[str] = [*rows]
    return "\n".join([title, *(listed or ["  none"])])
