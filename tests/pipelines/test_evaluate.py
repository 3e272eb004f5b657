"""Accuracy is measured by site, with honest figures, and never on what weights were fitted on."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.evaluate import evaluate, render, to_json
from pipelines.knowledge import load_knowledge
from pipelines.measuring.answers import Answer, Label
from pipelines.measuring.folds import GoldError, folds, read_labels
from pipelines.measuring.measure import indicator_counts, micro, mistakes
from pipelines.measuring.scores import (
    accuracy,
    calibration_error,
    counts_of,
    interval,
    isotonic,
    macro_f1,
    reliability,
    weighted_kappa,
)

GOLD = Path(__file__).parents[2].parent / "shared/corpus/gold.jsonl"
KNOWLEDGE = load_knowledge()


def label(
    page_id: str = "p", site: str = "a", kind: str = "service", stage: int | None = 1, **changed: object
) -> Label:
    """Return a label."""
    base = {
        "file": "",
        "url": None,
        "features": frozenset(),
        "language": "en",
        "country": "KG",
        "is_complete": True,
        "is_cyrillic": False,
    }
    return Label(page_id=page_id, site=site, kind=kind, stage=stage, **(base | changed))


def answer(
    of: Label, kind: str = "service", stage: int | None = 1, *features: str, confidence: float = 0.9
) -> Answer:
    """Return an answer to a label."""
    return Answer(label=of, kind=kind, stage=stage, features=frozenset(features), confidence=confidence)


def test_full_agreement_has_kappa_one_and_chance_zero():
    """Cohen's kappa with quadratic weights."""
    assert 1.0 == weighted_kappa([(1, 1), (2, 2), (3, 3)])
    assert 0.0 == weighted_kappa([(1, 1), (1, 3), (3, 1), (3, 3)])


def test_kappa_forgives_a_neighbour_more_than_a_far_stage():
    """Quadratic weights."""
    near = weighted_kappa([(1, 1), (2, 2), (3, 3), (4, 3)])
    far = weighted_kappa([(1, 1), (2, 2), (3, 3), (4, 1)])

    assert far < near


def test_f1_is_the_harmonic_mean():
    """One hit, one false alarm, one miss."""
    counts = counts_of([(True, True), (False, True), (True, False), (False, False)])

    assert (0.5, 0.5, 0.5, 2) == (counts.precision, counts.recall, counts.f1, counts.support)


def test_macro_f1_gives_a_rare_class_the_weight_of_a_common_one():
    """Nine right of a common class do not hide one wrong of a rare one."""
    pairs = [("common", "common")] * 9 + [("rare", "common")]

    assert 0.9 == accuracy(pairs)
    assert macro_f1(pairs) < 0.5


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_the_calibration_line_never_falls(points: list[tuple[float, bool]]):
    """A higher raw score never means a lower confidence."""
    line = isotonic(points)

    assert [share for _, share in line] == sorted(share for _, share in line)


def test_confidence_that_is_always_right_about_itself_has_no_error():
    """Half of those at 0.5 were right."""
    assert 0.0 == calibration_error(reliability([(0.5, True), (0.5, False)]))


def test_a_bootstrap_interval_is_the_same_every_time():
    """Drawn by a fixed seed."""
    rows = [0.0, 1.0, 1.0, 0.0, 1.0]

    assert interval(rows, lambda sample: sum(sample) / 5) == interval(rows, lambda sample: sum(sample) / 5)


def test_a_site_is_never_split_between_folds():
    """Cross-validation is by site, never by page."""
    labels = [label(str(number), site=f"site-{number % 7}") for number in range(40)]

    assert {f"site-{number}" for number in range(7)} == set(folds(labels))


def test_features_count_only_on_pages_seen_whole():
    """What the rater did not see is not our false alarm."""
    partial = answer(label(is_complete=False), "service", 1, "fee")
    whole = answer(label(features=frozenset({"faq"})), "service", 1, "faq", "fee")

    counts = micro(indicator_counts([partial, whole], KNOWLEDGE))

    assert (1, 1, 0) == (counts.hits, counts.false_alarms, counts.misses)


def test_the_worst_errors_come_first():
    """The most confident mistake misleads most."""
    rows = [
        answer(label("sure"), "news", None, confidence=0.9),
        answer(label("unsure"), "news", None, confidence=0.4),
    ]

    assert ["sure", "unsure"] == [one.page_id for one in mistakes(rows)]


def test_labels_that_cannot_be_read_are_refused_with_their_line(tmp_path: Path):
    """The message names the file and the line."""
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a"}\n', "utf-8")

    with pytest.raises(GoldError, match="line 1"):
        read_labels(path)
    with pytest.raises(GoldError, match="cannot be read"):
        read_labels(tmp_path / "none.jsonl")


def small_gold(folder: Path) -> Path:
    """Write a gold file of a dozen small pages on six sites."""
    pages = {
        "service": "<h1>Permit</h1><h2>Who can apply</h2><p>You can apply if you live here.</p>"
        "<h2>Fee</h2><p>Fee: $5</p>",
        "news": "<h1>News: the mayor opens a park</h1><p>12 May 2026. Press release.</p>",
    }
    rows = []
    for number in range(12):
        kind = "service" if number % 2 else "news"
        (folder / f"{number}.html").write_text(
            f"<html><body><main>{pages[kind]}</main></body></html>", "utf-8"
        )
        rows.append(
            {
                "id": f"p{number}",
                "file": f"{number}.html",
                "url": None,
                "kind": kind,
                "stage": 1 if kind == "service" else None,
                "features": ["recipients", "fee"] * (kind == "service"),
                "language": "en",
                "complete": True,
                "site": f"s{number // 2}",
                "country": "GB",
            }
        )
    gold = folder / "gold.jsonl"
    gold.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return gold


def test_an_evaluation_is_shown_to_people_and_programs(tmp_path: Path):
    """Tables for a terminal, plain values for JSON; every quote is found again."""
    pytest.importorskip("sklearn", reason="measuring fits weights and a baseline with scikit-learn")
    evaluation = evaluate(small_gold(tmp_path))

    text, values = render(evaluation), json.loads(json.dumps(to_json(evaluation)))

    assert "kind: accuracy" in text
    assert "bag of words" in text
    assert 12 == values["ours"]["page_count"]
    assert evaluation.quote_count == evaluation.quotes_found_again
    assert evaluation.ours.kind_accuracy.value > evaluation.baselines[0].kind_accuracy.value - 0.5


@pytest.mark.soak
@pytest.mark.skipif(
    not GOLD.exists(), reason="the labelled pages lie beside the repository and are not there"
)
def test_real_pages_are_judged_as_well_as_promised():
    """The bars of the method: kinds, stages, indicators, confidence and quotes, cross-validated by site."""
    evaluation = evaluate(GOLD)
    ours = evaluation.ours

    assert ours.kind_accuracy.value >= 0.80
    assert ours.service_f1.value >= 0.92
    assert ours.stage_kappa.value >= 0.85
    assert ours.stage_macro_f1.value >= 0.80
    assert ours.staged_found.value >= 0.90
    assert ours.staged_invented.value <= 0.05
    assert ours.feature_f1.value >= 0.87
    assert ours.calibration_error <= 0.05
    assert all(one.f1 >= 0.75 for one in evaluation.indicators.values() if one.support >= 15)
    assert evaluation.quote_count == evaluation.quotes_found_again
