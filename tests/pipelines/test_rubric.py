"""The rubric is explicit: each stage has rules, each rule its words, and the highest that holds wins."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from test_judge import INDICATORS, RUBRIC, findings, found

from pipelines.judging.expertise import Rule, Wording
from pipelines.records import Finding
from pipelines.rubric import alone, holding_rule, proving, ways_to_next

some_kinds = st.sets(st.sampled_from(RUBRIC.staged_kinds), min_size=1)


def stage_of(kinds: set[str], seen: list[Finding]) -> int:
    """Return the stage that a rule gives, 0 for none."""
    rule = holding_rule(kinds, seen, RUBRIC)
    return rule.stage if rule else 0


def test_the_highest_stage_with_a_rule_that_holds_wins():
    """Proof of stage 4 is not undone by proof of stage 2."""
    rule = holding_rule(["service"], [found("downloadable-form"), found("single-sign-on")], RUBRIC)

    assert rule is not None
    assert 4 == rule.stage


def test_a_rule_speaks_only_of_its_kinds():
    """A log-in page needs no link to apply."""
    rule = holding_rule(["account"], [], RUBRIC)

    assert rule is not None
    assert "has-account" == rule.id
    assert holding_rule(["news"], [found("apply-online")], RUBRIC) is None


def test_a_full_description_takes_four_facts():
    """Three facts inform, four describe in full."""
    facts = [found(one) for one in ("recipients", "documents-required", "fee", "processing-time")]
    three, four = holding_rule(["service"], facts[:3], RUBRIC), holding_rule(["service"], facts, RUBRIC)

    assert three is not None
    assert four is not None
    assert (1, 2) == (three.stage, four.stage)


def test_one_stop_alone_does_not_connect():
    """A portal that only informs is no stage 4."""
    alone = holding_rule(["service-list"], [found("one-stop")], RUBRIC)
    with_apply = holding_rule(["service-list"], [found("one-stop"), found("apply-online")], RUBRIC)

    assert alone is not None
    assert with_apply is not None
    assert (1, 4) == (alone.stage, with_apply.stage)


def test_proofs_are_those_that_the_rule_asks_for():
    """The fee proves nothing about applying online."""
    findings = [found("fee"), found("apply-online")]
    rule = holding_rule(["service"], findings, RUBRIC)

    assert rule is not None
    assert ["apply-online"] == [one.indicator_id for one in proving(rule, findings)]


def test_what_is_missing_leaves_out_what_was_found():
    """Nobody is told to do what they have done."""
    facts = [found("fee"), found("recipients"), found("faq", "site_wide")]
    missing = [one for way in ways_to_next({"service"}, facts, RUBRIC) for one in way.indicators]

    assert {"fee", "recipients"}.isdisjoint(missing)
    assert "faq" in missing
    assert () == ways_to_next({"service"}, [found("single-sign-on")], RUBRIC)


@settings(deadline=None, max_examples=300)
@given(some_kinds, findings)
def test_any_one_that_is_missing_raises_the_stage(kinds: set[str], seen: list[Finding]):
    """What is promised to a web team is what the rubric then does, whatever the kind and the findings."""
    before = stage_of(kinds, seen)
    for indicator_id in alone(ways_to_next(kinds, seen, RUBRIC)):
        assert before < stage_of(kinds, [*seen, found(indicator_id)])


@settings(deadline=None, max_examples=300)
@given(some_kinds, findings)
def test_as_many_of_a_way_as_it_takes_raise_the_stage_and_one_less_does_not_finish_it(
    kinds: set[str], seen: list[Finding]
):
    """Fee and legal basis together are a way; neither is said to be one alone."""
    before = stage_of(kinds, seen)
    for way in ways_to_next(kinds, seen, RUBRIC):
        enough = [found(one) for one in way.indicators[: way.needed_count]]
        rule = next(one for one in RUBRIC.rules if one.id == way.rule_id)
        too_few = {one.indicator_id for one in [*seen, *enough[1:]] if one.strength == "direct"}

        assert before < way.stage <= stage_of(kinds, [*seen, *enough])
        assert len(too_few & set(rule.any_of)) < rule.at_least or not too_few >= set(rule.all_of)


@settings(deadline=None, max_examples=300)
@given(some_kinds, findings, st.sampled_from(INDICATORS))
def test_no_way_is_left_out(kinds: set[str], seen: list[Finding], more: str):
    """What raises the stage to the next one alone is said to be missing."""
    ways = ways_to_next(kinds, seen, RUBRIC)
    after = stage_of(kinds, [*seen, found(more)])

    assert not ways or after != ways[0].stage or more in alone(ways)


def test_facts_that_are_short_of_a_full_description_are_a_way_together():
    """Two of five are there: two more of the other three make it."""
    ways = ways_to_next({"service"}, [found("fee"), found("recipients")], RUBRIC)
    [way] = [one for one in ways if one.rule_id == "fully-described"]

    assert (2, ("documents-required", "processing-time", "legal-basis")) == (way.needed_count, way.indicators)
    assert not set(way.indicators) & set(alone(ways))


def test_the_next_stage_of_open_data_is_an_api():
    """Data has no rule for stage 3, so none is promised."""
    [way] = ways_to_next({"data"}, [], RUBRIC)

    assert (4, ("open-data", "data-api")) == (way.stage, way.indicators)


def test_a_rule_asks_for_all_or_for_some_not_for_both():
    """Then what is missing is one list and one number."""
    words = Wording(ky="а", ru="б", en="c")
    with pytest.raises(ValidationError, match="one of the two"):
        Rule(id="r", stage=2, kinds=("service",), all_of=("fee",), any_of=("faq",), wording=words)
    with pytest.raises(ValidationError, match="expected at most the 1"):
        Rule(id="r", stage=2, kinds=("service",), any_of=("faq",), at_least=2, wording=words)


def test_every_stage_of_every_kind_with_stages_can_be_reached_from_information():
    """Each kind that has stages has a rule that asks for nothing, so it is never left without a verdict."""
    for kind in RUBRIC.staged_kinds:
        rule = holding_rule([kind], [], RUBRIC)

        assert rule is not None
