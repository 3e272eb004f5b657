"""Figures of accuracy come from an evaluation, with intervals and bars, and never from a hand."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from golden_labels import row, write_gold

from pipelines.accuracy import accuracy_rows, confusion_rows, main
from pipelines.measuring.accuracy_file import COMMAND, known_accuracy, written
from pipelines.measuring.bars import bar_for
from pipelines.measuring.evaluation import Cell, Evaluation, IndicatorFigures, Measure, Mode, Summary
from pipelines.measuring.gold import GoldError
from pipelines.measuring.measure import figures_of
from pipelines.measuring.scores import Bin

MEASURE = Measure(value=0.81, low=0.7, high=0.9, support=50)
NOTHING = Measure(value=None, low=None, high=None, support=0)


def summary(name: str) -> Summary:
    """Return figures that are all the same, but for the stages of pages, of which there are none."""
    return Summary(
        name=name,
        page_count=50,
        kind_accuracy=MEASURE,
        kind_macro_f1=MEASURE,
        service_f1=MEASURE,
        stage_accuracy=NOTHING,
        stage_macro_f1=MEASURE,
        stage_kappa=MEASURE,
        staged_found=MEASURE,
        staged_invented=Measure(value=0.04, low=0.0, high=0.1, support=50),
        feature_f1=MEASURE,
        calibration_error=Measure(value=0.02, low=0.01, high=0.06, support=50),
    )


def indicator(hits: int, false_alarms: int, misses: int) -> IndicatorFigures:
    """Return an indicator's figures by its counts."""
    there = np.array([True] * (hits + misses) + [False] * (false_alarms + 10))
    found = np.array([True] * hits + [False] * misses + [True] * false_alarms + [False] * 10)
    return figures_of(there, found)


@pytest.fixture
def evaluation() -> Evaluation:
    """An evaluation of fifty pages in one language, with one indicator and one span of confidence."""
    return Evaluation(
        mode=Mode.CROSS_VALIDATED,
        fitted_on="50 labelled pages",
        rubric_version="7",
        site_count=12,
        fold_count=10,
        ours=summary("rubric"),
        plain=summary("plain"),
        baselines=(summary("keyword counts"),),
        second_reader={"kind_accuracy": 0.93},
        indicators={
            "fee": indicator(hits=18, false_alarms=2, misses=2),
            "e-signature": indicator(hits=0, false_alarms=1, misses=0),
        },
        languages={"ky": summary("ky")},
        countries={},
        scripts={},
        kinds=("news", "service"),
        stages=("1", "none"),
        kind_confusion=(Cell(label="news", answer="service", pages=3),),
        stage_confusion=(Cell(label="none", answer="1", pages=2),),
        reliability=(Bin(lower=0.8, upper=0.9, count=10, confidence=0.85, accuracy=0.9),),
        mistake_count=0,
        mistakes=(),
        quote_count=90,
        quotes_found_again=90,
    )


def test_our_figures_have_bars_and_others_have_none(evaluation: Evaluation):
    """0.81 is enough for the kinds of pages and too little for the kappa of stages."""
    rows = {(one.judge, one.measure): one for one in accuracy_rows(evaluation) if one.scope == "all"}

    assert (0.8, True) == (rows["baskych", "kind_accuracy"].bar, rows["baskych", "kind_accuracy"].is_met)
    assert (0.85, False) == (rows["baskych", "stage_kappa"].bar, rows["baskych", "stage_kappa"].is_met)
    assert rows["baskych", "staged_invented"].is_met
    assert rows["keyword_counts", "stage_kappa"].bar is None
    assert rows["second_reader", "kind_accuracy"].low is None


def test_an_indicator_has_precision_recall_and_an_interval_around_them(evaluation: Evaluation):
    """18 rightly found, 2 wrongly, 2 missed: 0.9, and how sure that is."""
    rows = {one.measure: one for one in accuracy_rows(evaluation) if one.scope == "indicator"}

    assert {"precision": 0.9, "recall": 0.9, "f1": 0.9} == {name: row.value for name, row in rows.items()}
    assert all(0.7 < row.low < 0.9 < row.high <= 1.0 for row in rows.values() if row.low and row.high)
    assert 20 == rows["f1"].support


def test_a_bar_for_an_indicator_holds_from_fifteen_pages_on():
    """Of fewer one cannot say."""
    assert bar_for("f1", "indicator", 14) is None
    assert bar_for("f1", "indicator", 15) is not None


def test_a_bin_of_confidence_says_what_was_said_and_what_was_right(evaluation: Evaluation):
    """The reliability diagram is made of these."""
    rows = [
        (one.subject, one.measure, one.value, one.support)
        for one in accuracy_rows(evaluation)
        if one.scope == "confidence"
    ]

    assert [("0.8-0.9", "confidence_said", 0.85, 10), ("0.8-0.9", "share_right", 0.9, 10)] == rows


def test_what_is_written_is_read_again_and_names_its_command(evaluation: Evaluation):
    """The first comment says how to make the file anew."""
    text = written(accuracy_rows(evaluation), confusion_rows(evaluation))
    read = yaml.safe_load(text)

    assert f"`{COMMAND}`" in text.splitlines()[0]
    assert len(accuracy_rows(evaluation)) == len(read["rows"])
    assert len(confusion_rows(evaluation)) == len(read["confusions"])


def test_confusions_count_pages_of_kinds_stages_and_indicators(evaluation: Evaluation):
    """What was missed and what was wrongly found, too; pairs without pages are left out."""
    counted = [
        (one.scope, one.subject, one.label, one.answer, one.page_count) for one in confusion_rows(evaluation)
    ]

    assert [
        ("kind", "", "news", "service", 3),
        ("stage", "", "none", "1", 2),
        ("indicator", "fee", "present", "present", 18),
        ("indicator", "fee", "present", "absent", 2),
        ("indicator", "fee", "absent", "present", 2),
        ("indicator", "e-signature", "absent", "present", 1),
    ] == counted


def test_figures_of_weights_that_saw_the_pages_are_never_written(tmp_path: Path):
    """Of one site there is nothing to try on that was not fitted."""
    with pytest.raises(GoldError, match="pages of one site"):
        main([str(write_gold(tmp_path, [row(0)])), "--write", str(tmp_path / "accuracy.yml")])


def test_the_shipped_figures_speak_of_every_indicator_once():
    """No figure stands twice, and no indicator is without one."""
    keys = [(one.judge, one.measure, one.scope, one.subject) for one in known_accuracy().rows]

    assert len(set(keys)) == len(keys)


def test_a_figure_that_rests_on_nothing_is_not_given(evaluation: Evaluation):
    """No page of the language has a stage, and no page the indicator: nought would be a slander."""
    rows = {(one.scope, one.subject, one.measure) for one in accuracy_rows(evaluation)}

    assert ("language", "ky", "kind_accuracy") in rows
    assert ("language", "ky", "stage_accuracy") not in rows
    assert not {row for row in rows if row[1] == "e-signature"}
