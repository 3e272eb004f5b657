"""Accuracy is measured by site, with honest figures, and never on what weights were fitted on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from golden_labels import answer, label, row, write_gold

from pipelines.evaluate import evaluate, render, to_json
from pipelines.knowledge import load_knowledge
from pipelines.measuring.answering import read_label
from pipelines.measuring.answers import Clue
from pipelines.measuring.evaluation import Cell, Mode
from pipelines.measuring.gold import GoldError
from pipelines.measuring.mistakes import mistakes
from pipelines.measuring.text_parts import matrix, mistake
from pipelines.records import Finding

GOLD = Path(__file__).parents[2].parent / "shared/corpus/gold.jsonl"
KNOWLEDGE = load_knowledge()


def finding(indicator_id: str, quote: str) -> Finding:
    """Return a finding of an indicator in these words."""
    return Finding(
        finding_id=quote,
        page_id="p",
        capture_id="c",
        country_id="kg",
        round_id="2026-11",
        site_id="s",
        page_url="https://a.example/",
        indicator_id=indicator_id,
        quote=quote,
        place="text",
        offset=0,
        region="main",
        strength="direct",
    )


def test_the_worst_errors_come_first():
    """The most confident mistake misleads most; a wrong indicator is the least of errors."""
    rows = [
        answer(label("indicator"), "service", 1, confidence=0.99),
        answer(label("unsure"), "news", None, confidence=0.4),
        answer(label("sure"), "news", None, confidence=0.9),
        answer(label("right"), "service", 1, confidence=0.9),
    ]
    rows[0] = replace(rows[0], label=label("indicator", features=frozenset({"fee"})))

    assert ["sure", "unsure", "indicator"] == [one.page_id for one in mistakes(rows)]


def test_a_page_wrong_in_kind_and_stage_is_listed_as_both():
    """Each with what proves the wrong answer, and never with findings that did not."""
    wrong = replace(
        answer(label(kind="news", stage=None, features=frozenset({"faq"})), "service", 3, "apply-online"),
        kind_clues=(Clue(name="s_apply", quote="Apply now"),),
        stage_clues=(Clue(name="apply-online", quote="Apply now"),),
        findings=(finding("apply-online", "Apply now"), finding("apply-online", "Apply later")),
    )

    said = "\n".join(mistake(mistakes([wrong])[0]))

    assert "kind: is news, said service\n      because of the sign s_apply: Apply now" in said
    assert "stage: is none, said 3\n      because of apply-online: Apply now" in said
    assert "missed: faq" in said
    assert "wrongly found: apply-online: Apply now" in said
    assert "Apply later" not in said


def test_a_sign_without_words_is_named_without_a_quote():
    """A page's length has no words."""
    wrong = replace(answer(label(), "news", None), kind_clues=(Clue(name="s_long", quote=""),))

    assert "      because of the sign s_long" in [*mistake(mistakes([wrong])[0])]


def test_nothing_is_called_wrongly_found_on_a_page_seen_in_part():
    """Nobody knows what the rater would have found in its middle."""
    part = replace(answer(label(is_complete=False), "service", 1, "fee"), findings=(finding("fee", "$5"),))

    assert () == mistakes([part])


def test_a_confusion_matrix_shows_every_class_also_those_without_pages():
    """A row for each label, a column for each answer."""
    lines = matrix("Kinds", [Cell(label="a", answer="b", pages=12)], ("a", "b")).splitlines()

    assert ["Kinds", "a b", "a a . 12", "b b . ."] == [" ".join(line.split()) for line in lines]


def test_an_evaluation_is_shown_to_people_and_programs(tmp_path: Path):
    """Tables for a terminal, plain values for JSON; every quote is found again."""
    evaluation = evaluate(write_gold(tmp_path, [row(number) for number in range(12)]))

    text, values = render(evaluation), json.loads(json.dumps(to_json(evaluation), allow_nan=False))

    assert "cross-validated by site in 6 parts" in text
    assert "kind: accuracy" in text
    assert "bag of words" in text
    assert "e-signature           — (0)" in text
    assert values["indicators"]["e-signature"]["f1"]["value"] is None
    assert {"value", "low", "high", "support"} == values["indicators"]["fee"]["recall"].keys()
    assert 12 == values["ours"]["page_count"]
    assert evaluation.quote_count == evaluation.quotes_found_again
    assert evaluation.ours.kind_accuracy.value > evaluation.baselines[0].kind_accuracy.value - 0.5


def test_pages_kept_back_are_judged_by_what_ships(tmp_path: Path):
    """Nothing is fitted on them, and the report says by what they were judged."""
    evaluation = evaluate(write_gold(tmp_path, [row(number) for number in range(4)]), as_shipped=True)

    assert (Mode.AS_SHIPPED, 0) == (evaluation.mode, evaluation.fold_count)
    assert "judged as shipped, by weights and calibration fitted on" in render(evaluation)
    assert ["keyword counts"] == [one.name for one in evaluation.baselines]


@pytest.mark.parametrize("count", [1, 2])
def test_pages_of_one_site_are_judged_by_what_ships_because_there_is_nothing_to_fit_on(
    tmp_path: Path, count: int
):
    """One page, or two of one site: the report says why."""
    text = render(evaluate(write_gold(tmp_path, [row(number) for number in range(count)])))

    assert "cross-validation needs pages of two sites at least, and these are of one:" in text


def test_two_pages_of_two_sites_can_be_cross_validated(tmp_path: Path):
    """Also where they have no word in common, or none at all."""
    rows = [row(0, site="a"), row(1, site="b"), row(2, site="c", kind="error")]

    assert Mode.CROSS_VALIDATED is evaluate(write_gold(tmp_path, rows)).mode


def test_a_page_that_vanished_is_named(tmp_path: Path):
    """It lay there when the labels were read."""
    with pytest.raises(GoldError, match=r"gone\.html: cannot be read: No such file"):
        read_label(tmp_path / "gold.jsonl", label(file="gone.html"), KNOWLEDGE)


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
    assert ours.calibration_error.value <= 0.05
    assert all(one.f1.value >= 0.75 for one in evaluation.indicators.values() if one.f1.support >= 15)
    assert evaluation.quote_count == evaluation.quotes_found_again
