"""How a site's captures are read together, from `knowledge/understand.yml`."""

import re
from functools import cache

from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict


class Repetition(Strict):
    """How often words stand on a site's pages before they are the site's own."""

    share: float
    pages: int


class UnderstandRules(Strict):
    """Everything in `knowledge/understand.yml`; each field is explained there."""

    no_page: re.Pattern[str]
    machine_types: frozenset[str]
    site_wide: dict[str, Repetition]
    always_site_wide: frozenset[str]
    page_group: int
    least_kind_share: float


@cache
def understand_rules() -> UnderstandRules:
    """Return the rules of `knowledge/understand.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return UnderstandRules.model_validate(load_yaml("understand.yml"))
