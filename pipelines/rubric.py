"""Say which rules of the rubric hold for a set of findings, which stage that makes, and what lacks for more.

The highest stage with a rule that holds is reached: a further finding can only raise it. What is missing is
read off the rules that do not hold yet, so a promise of a higher stage is one that the rubric keeps.
"""

from collections.abc import Iterable

from pipelines.judging.expertise import Knowledge, Rubric, Rule
from pipelines.knowledge import load_knowledge
from pipelines.records import Finding, Way

__all__ = ["Knowledge", "Rubric", "alone", "holding_rule", "load_knowledge", "proving", "ways_to_next"]


def holding_rule(kinds: Iterable[str], findings: Iterable[Finding], rubric: Rubric) -> Rule | None:
    """Return the rule of the highest stage that holds for pages of `kinds`, None where no rule does."""
    of_kinds, found = frozenset(kinds), tuple(findings)
    holding = [rule for rule in _speaking(of_kinds, rubric) if not _way(rule, found).needed_count]
    return max(holding, key=lambda rule: rule.stage, default=None)


def _speaking(kinds: frozenset[str], rubric: Rubric) -> list[Rule]:
    return [rule for rule in rubric.rules if kinds & set(rule.kinds)]


def _way(rule: Rule, findings: Iterable[Finding]) -> Way:
    """Return what `rule` still asks for; it holds where that is nothing."""
    seen = {one.indicator_id for one in findings if rule.strength == "any" or one.strength == "direct"}
    asked, count = (rule.all_of, len(rule.all_of)) if rule.all_of else (rule.any_of, rule.at_least)
    needed = max(0, count - len(seen & set(asked))) if asked else 0
    lacking = tuple(one for one in asked if one not in seen)
    return Way(rule_id=rule.id, stage=rule.stage, needed_count=needed, indicators=lacking)


def proving(rule: Rule, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that make `rule` hold, direct ones first; all of them where it asks for none."""
    wanted = set(rule.all_of + rule.any_of)
    chosen = [one for one in findings if not wanted or one.indicator_id in wanted]
    if rule.strength == "direct":
        chosen = [one for one in chosen if one.strength == "direct"] or chosen
    return tuple(sorted(chosen, key=lambda one: (one.strength != "direct", one.indicator_id, one.finding_id)))


def ways_to_next(kinds: Iterable[str], findings: Iterable[Finding], rubric: Rubric) -> tuple[Way, ...]:
    """Return the ways to the next stage that pages of `kinds` can reach, the shortest first.

    Not every kind has rules for every stage: after stage 2, open data is next shown at stage 4.
    """
    of_kinds, found = frozenset(kinds), tuple(findings)
    reached = holding_rule(of_kinds, found, rubric)
    above = [rule for rule in _speaking(of_kinds, rubric) if rule.stage > (reached.stage if reached else 0)]
    following = min((rule.stage for rule in above), default=0)
    ways = [_way(rule, found) for rule in above if rule.stage == following]
    return tuple(sorted(ways, key=lambda way: way.needed_count))


def alone(ways: Iterable[Way]) -> tuple[str, ...]:
    """Return the indicators of which any one, by itself, is a way."""
    return tuple(dict.fromkeys(one for way in ways if way.needed_count == 1 for one in way.indicators))
