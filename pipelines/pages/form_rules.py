"""The rules by which a form's purpose is told, from `knowledge/forms.yml`, checked and made ready once."""

import re
from functools import cache

from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict


class PurposeRule(Strict):
    """One rule: every condition that is given must hold."""

    purpose: str
    kinds: frozenset[str] = frozenset()
    names: re.Pattern[str] | None = None
    words: re.Pattern[str] | None = None
    place: re.Pattern[str] | None = None
    submit: re.Pattern[str] | None = None
    without: re.Pattern[str] | None = None
    method: str | None = None
    min_fields: int = 0
    max_fields: int = 100_000


class FormRules(Strict):
    """Everything in `knowledge/forms.yml`; each field is explained there."""

    button_kinds: frozenset[str]
    unseen_kinds: frozenset[str]
    template_inputs: dict[str, str]
    label_limit: int
    text_limit: int
    purposes: tuple[PurposeRule, ...]


@cache
def form_rules() -> FormRules:
    """Return the rules of `knowledge/forms.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return FormRules.model_validate(load_yaml("forms.yml"))
