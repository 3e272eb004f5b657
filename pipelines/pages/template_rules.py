"""What template code would show, from `knowledge/templates.yml`, checked and made ready once."""

import re
from functools import cache

from pipelines.pages.html_rules import load_yaml
from pipelines.strict import Strict


class Helper(Strict):
    """A part of a helper's name, and the kind of input that it writes."""

    kind: str
    name: re.Pattern[str]


class Component(Strict):
    """A part of an element's name, and the element of HTML that a reader meets; none: its content alone."""

    tag: str
    name: re.Pattern[str]


class Span(Strict):
    """How a span of code begins and ends, and what it is: nothing, a statement, or what it says."""

    opening: str
    closing: str
    what: str  # comment | statement | output
    then: str = ""  # a pattern that must hold after the opening
    to_end: bool = False  # it may go on to the end of the file


class TemplateRules(Strict):
    """Everything in `knowledge/templates.yml`; each field is explained there."""

    marks: tuple[str, ...]
    at_calls: re.Pattern[str]
    beginnings: re.Pattern[str]
    signs: re.Pattern[str]
    front_matter: re.Pattern[str]
    front_title: re.Pattern[str]
    spans: tuple[Span, ...]
    kept_elements: frozenset[str]
    longest_code: int
    title_names: re.Pattern[str]
    comment_starts: frozenset[str]
    comment_ends: frozenset[str]
    block_starts: frozenset[str]
    block_ends: frozenset[str]

    at_signs: re.Pattern[str]
    razor_signs: re.Pattern[str]
    at_words: frozenset[str]
    at_lines: frozenset[str]
    code_lines: re.Pattern[str]

    helpers: tuple[Helper, ...]
    form_builders: frozenset[str]
    fields: tuple[Helper, ...]
    silent_helpers: re.Pattern[str]
    form_helpers: re.Pattern[str]
    form_ends: re.Pattern[str]
    ruby_blocks: frozenset[str]
    link_helpers: re.Pattern[str]
    form_fields: re.Pattern[str]
    label_parts: frozenset[str]
    silent_fields: re.Pattern[str]
    addresses: re.Pattern[str]
    label_keys: tuple[str, ...]
    name_keys: tuple[str, ...]
    shown_keys: frozenset[str]
    option_controls: dict[str, str]
    translators: re.Pattern[str]
    defaults: frozenset[str]
    printers: frozenset[str]
    short_statements: int
    bags: frozenset[str]
    word_starts: re.Pattern[str]

    components: tuple[Component, ...]
    component_names: frozenset[str]
    component_words: tuple[str, ...]
    silent_tags: re.Pattern[str]
    plain_tags: frozenset[str]
    void_tags: frozenset[str]
    attribute_names: dict[str, str]

    jsx_signs: re.Pattern[str]
    script_file: re.Pattern[str]
    single_file: re.Pattern[str]
    code_words: int
    silent_calls: frozenset[str]


@cache
def template_rules() -> TemplateRules:
    """Return the rules of `knowledge/templates.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return TemplateRules.model_validate(load_yaml("templates.yml"))
