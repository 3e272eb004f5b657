"""The rules by which HTML is read, from `knowledge/html.yml`, checked and made ready once.

Patterns are compiled here, and an unknown or missing key is refused with its place.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from crawlers.plain_yaml import parsed
from pipelines.strict import Strict


class RegionPattern(Strict):
    """A class or id that names a region."""

    region: str
    pattern: re.Pattern[str]


class Trap(Strict):
    """What would stop a parser."""

    characters: int
    tag: int
    attributes: int
    words: int
    options: int
    depth: int
    nesting_tags: tuple[str, ...]


class SchemaRules(Strict):
    """What is read of a page's own declarations."""

    types: frozenset[str]
    properties: dict[str, tuple[str, ...]]
    values: tuple[tuple[str, ...], ...]
    most: int
    characters: int
    depth: int
    steps: int


class HtmlRules(Strict):
    """Everything in `knowledge/html.yml`; each field is explained there."""

    block_tags: frozenset[str]
    unseen_tags: frozenset[str]
    heading_tags: dict[str, int]
    link_tags: frozenset[str]
    link_attributes: tuple[str, ...]
    button_tags: frozenset[str]
    script_address: re.Pattern[str]
    hidden_style: re.Pattern[str]
    overlay_pattern: re.Pattern[str]
    region_tags: dict[str, str]
    region_roles: dict[str, str]
    sectioning_tags: frozenset[str]
    region_patterns: tuple[RegionPattern, ...]
    region_name_ending: re.Pattern[str]
    region_never_on: frozenset[str]
    header_within: int
    aside_is_main: float
    trap: Trap
    unseen_characters: re.Pattern[str]
    file_types: dict[str, str]
    file_media_types: dict[str, str]
    players: dict[str, str]
    player_attributes: tuple[str, ...]
    option_address: re.Pattern[str]
    media_attributes: tuple[str, ...]
    media_pattern: re.Pattern[str]
    captcha_pattern: re.Pattern[str]
    schema_vocabulary: re.Pattern[str]
    schema_things: SchemaRules


def load_yaml(name: str) -> Any:
    """Return the content of `knowledge/<name>`, which ships with the package."""
    return parsed((files("pipelines") / "knowledge" / name).read_text(encoding="utf-8"))


@cache
def html_rules() -> HtmlRules:
    """Return the rules of `knowledge/html.yml`.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return HtmlRules.model_validate(load_yaml("html.yml"))
