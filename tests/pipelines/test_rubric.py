"""The rubric is explicit: each stage has rules, each rule its words, and the highest that holds wins."""

from test_judge import RUBRIC, found

from pipelines.rubric import holding_rule, missing_for_next, proving


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
    assert "faq" not in missing_for_next(1, [found("faq")], RUBRIC)
    assert "faq" in missing_for_next(1, [found("faq", "site_wide")], RUBRIC)
    assert () == missing_for_next(4, [], RUBRIC)


def test_every_stage_of_every_kind_with_stages_can_be_reached_from_information():
    """Each kind that has stages has a rule that asks for nothing, so it is never left without a verdict."""
    for kind in RUBRIC.staged_kinds:
        rule = holding_rule([kind], [], RUBRIC)

        assert rule is not None
