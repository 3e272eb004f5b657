"""Say which rules of the rubric hold for a set of findings, and which stage that makes.

The highest stage with a rule that holds is reached: a further finding can only raise it.
"""

from collections.abc import Iterable

from pipelines.judging.expertise import Knowledge, Rubric, Rule
from pipelines.knowledge import load_knowledge
from pipelines.records import Finding

__all__ = ["Knowledge", "Rubric", "holding_rule", "load_knowledge", "missing_for_next", "proving"]


def holding_rule(kinds: Iterable[str], findings: Iterable[Finding], rubric: Rubric) -> Rule | None:
    """Return the rule of the highest stage that holds for pages of `kinds`, None where no rule does."""
    of_kinds, found = frozenset(kinds), tuple(findings)
    strong = frozenset(one.indicator_id for one in found if one.strength == "direct")
    seen = frozenset(one.indicator_id for one in found)
    holding = [
        rule
        for rule in rubric.rules
        if of_kinds & set(rule.kinds) and _holds(rule, strong if rule.strength == "direct" else seen)
    ]
    return max(holding, key=lambda rule: rule.stage, default=None)


def _holds(rule: Rule, found: frozenset[str]) -> bool:
    enough = not rule.any_of or len(found & set(rule.any_of)) >= rule.at_least
    return enough and found >= set(rule.all_of)


def proving(rule: Rule, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that make `rule` hold, direct ones first; all of them where it asks for none."""
    wanted = set(rule.all_of + rule.any_of)
    chosen = [one for one in findings if not wanted or one.indicator_id in wanted]
    if rule.strength == "direct":
        chosen = [one for one in chosen if one.strength == "direct"] or chosen
    return tuple(sorted(chosen, key=lambda one: (one.strength != "direct", one.indicator_id, one.finding_id)))


def missing_for_next(stage: int | None, findings: Iterable[Finding], rubric: Rubric) -> tuple[str, ...]:
    """Return the indicators not found of which any would prove the stage after `stage`."""
    seen = {one.indicator_id for one in findings if one.strength == "direct"}
    return tuple(one for one in rubric.prove_next.get((stage or 0) + 1, ()) if one not in seen)
