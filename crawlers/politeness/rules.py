"""What each rule of the ledger is called, and what a site's owner can do about it, in three languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import model_validator

from crawlers.errors import CrawlersError
from crawlers.outcomes import InThreeLanguages
from crawlers.politeness.decisions import Grant, Rule
from crawlers.registry.fields import Strict
from crawlers.strict_yaml import load_model


class AboutRule(Strict):
    """What is known of a rule."""

    label: InThreeLanguages
    advice: InThreeLanguages  # to the site's owner


class _Rules(Strict):
    """The whole of `rules.yml`."""

    refusals: Mapping[Rule, AboutRule]
    grants: Mapping[Grant, AboutRule]

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        missing = [rule.value for rule in Rule if rule not in self.refusals]
        missing += [grant.value for grant in Grant if grant not in self.grants]
        if missing:
            raise ValueError(f"no entry for {', '.join(missing)}; expected one for each rule")
        return self


@cache
def _rules() -> _Rules:
    return load_model(Path(__file__).with_name("rules.yml"), _Rules, CrawlersError)


def about_rule(rule: Rule | Grant) -> AboutRule:
    """Return the name of `rule` and advice on it."""
    rules = _rules()
    return rules.refusals[rule] if isinstance(rule, Rule) else rules.grants[rule]
