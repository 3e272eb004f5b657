"""Figures of agreement: right by hand, honest about what they rest on, and the same every time."""

import numpy as np
import pytest
from golden_labels import answer, label
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.knowledge import load_knowledge
from pipelines.measuring.figures import calibration_error, f1, macro_f1, share, weighted_kappa
from pipelines.measuring.folds import folds
from pipelines.measuring.measure import indicator_figures, summary
from pipelines.measuring.resampling import draws, measured
from pipelines.measuring.scores import isotonic

KNOWLEDGE = load_knowledge()


def kappa(pairs: list[tuple[int, int]]) -> float:
    """Return the kappa of (label, answer)."""
    labels, answers = np.array(pairs, float).T
    return float(weighted_kappa(np.ones((1, len(pairs))), labels, answers)[0])


def test_full_agreement_has_kappa_one_and_chance_zero():
    """Cohen's kappa with quadratic weights."""
    assert 1.0 == kappa([(1, 1), (2, 2), (3, 3)])
    assert 0.0 == kappa([(1, 1), (1, 3), (3, 1), (3, 3)])


def test_kappa_forgives_a_neighbour_more_than_a_far_stage():
    """Quadratic weights."""
    near, far = kappa([(1, 1), (2, 2), (3, 3), (4, 3)]), kappa([(1, 1), (2, 2), (3, 3), (4, 1)])

    assert far < near


def test_kappa_says_nothing_where_all_are_of_one_stage():
    """Chance agrees as well."""
    assert np.isnan(kappa([(3, 3), (3, 3)]))


def test_the_f1_score_is_the_harmonic_mean():
    """One hit, one false alarm, one miss."""
    truth, said = np.array([True, False, True, False]), np.array([True, True, False, False])

    assert [0.5] == f1(np.ones((1, 4)), truth, said)


def test_macro_f1_gives_a_rare_class_the_weight_of_a_common_one():
    """Nine right of a common class do not hide one wrong of a rare one; one without labels has no part."""
    truth, said = np.array(["common"] * 9 + ["rare"]), np.array(["common"] * 9 + ["neither"])
    once = np.ones((1, 10))

    assert [0.9] == share(once, truth == said, np.ones(10, bool))
    assert [0.5] == macro_f1(once, truth, said)


def test_confidence_that_is_always_right_about_itself_has_no_error():
    """Half of those at 0.5 were right."""
    assert [0.0] == calibration_error(np.ones((1, 2)), np.array([0.5, 0.5]), np.array([True, False]))


def test_a_figure_weighs_each_page_as_often_as_it_was_drawn():
    """A draw in which the wrong page came thrice is three parts wrong."""
    right = np.array([True, False])

    assert [0.25] == share(np.array([[1.0, 3.0]]), right, np.ones(2, bool))


def test_the_interval_surrounds_the_figure_and_is_the_same_every_time():
    """Drawn by a fixed seed."""
    right = np.arange(40) % 4 > 0
    first, again = (measured(share(draws(40), right, np.ones(40, bool)), 40) for _ in range(2))

    assert first == again
    assert 0.55 < first.low < 0.75 == first.value < first.high < 0.95


def test_features_count_only_on_pages_seen_whole():
    """What the rater did not see is not our false alarm."""
    partial = answer(label(is_complete=False), "service", 1, "fee")
    whole = answer(label(features=frozenset({"faq"})), "service", 1, "faq", "fee")

    of = indicator_figures([partial, whole], KNOWLEDGE)

    assert (1, 0, 0) == (of["faq"].hits, of["faq"].false_alarms, of["faq"].misses)
    assert (0, 1, 0) == (of["fee"].hits, of["fee"].false_alarms, of["fee"].misses)
    assert pytest.approx(2 / 3) == summary("", [partial, whole], KNOWLEDGE).feature_f1.value


def test_a_figure_that_rests_on_nothing_is_none_and_says_so():
    """Nought would be a slander, and one a flattery."""
    found = summary("", [answer(label(kind="news", stage=None, is_complete=False), "news", None)], KNOWLEDGE)

    nothing = (
        found.stage_accuracy,
        found.stage_kappa,
        found.staged_found,
        found.feature_f1,
        found.service_f1,
    )
    assert {None} == {one.value for one in nothing}
    assert [0, 0, 0, 0] == [one.support for one in nothing[:-1]]
    assert (1.0, 1) == (found.kind_accuracy.value, found.kind_accuracy.support)


def test_every_figure_says_on_how_many_pages_it_rests():
    """Stages: where label and answer have one; found and invented: where the label has one, or none."""
    rows = [
        answer(label("a", stage=1), "service", 1),
        answer(label("b", stage=2), "service", None),
        answer(label("c", kind="news", stage=None, is_complete=False), "service", 1),
    ]
    found = summary("", rows, KNOWLEDGE)

    assert (1, 2, 1) == tuple(
        one.support for one in (found.stage_kappa, found.staged_found, found.staged_invented)
    )
    assert (0.5, 1.0) == (found.staged_found.value, found.staged_invented.value)
    assert (2, 3) == (found.feature_f1.support, found.calibration_error.support)


def test_no_answers_have_no_figures():
    """And nothing falls over."""
    assert summary("", [], KNOWLEDGE).kind_accuracy.value is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_the_calibration_line_never_falls(points: list[tuple[float, bool]]):
    """A higher raw score never means a lower confidence."""
    line = isotonic(points)

    assert [chance for _, chance in line] == sorted(chance for _, chance in line)


def test_a_site_is_never_split_between_folds():
    """Cross-validation is by site, never by page."""
    labels = [label(str(number), site=f"site-{number % 7}") for number in range(40)]

    assert {f"site-{number}" for number in range(7)} == set(folds(labels))
