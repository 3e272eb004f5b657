"""The numbers and patterns of `traps.yml`, checked as they are read."""

import re
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from crawlers.errors import CrawlersError
from crawlers.registry.fields import Positive, RegularExpression, Strict
from crawlers.strict_yaml import load_model

_Share = Annotated[float, Field(ge=0, le=1)]


class TrapRules(Strict):
    """The whole of `traps.yml`."""

    path_repeats: Annotated[int, Field(ge=2)]
    longest_stretch: Positive
    counted_from: Positive
    max_path_parts: Positive
    max_parameters: Positive
    max_parameter_sets: Positive
    max_paths: Positive
    calendar_parameters: RegularExpression
    calendar_paths: RegularExpression
    calendar_pages: Positive
    max_links: Positive
    form_pages: Positive
    form_share: _Share
    new_share: _Share
    own_characters: Positive
    boilerplate_pages: Positive
    followed_repeats: Positive
    repeats_in_a_row: Positive
    max_lines: Positive

    @cached_property
    def calendar_parameter(self) -> re.Pattern[str]:
        """The name of a parameter that says a day or a month."""
        return re.compile(self.calendar_parameters, re.IGNORECASE)

    @cached_property
    def calendar_path(self) -> re.Pattern[str]:
        """The part of a path that says a day or a month of a calendar."""
        return re.compile(f"/{self.calendar_paths}", re.IGNORECASE)

    @cached_property
    def repeated_stretch(self) -> re.Pattern[str]:
        """A stretch of a path's parts that stands there too often, one after the other."""
        stretch, more = self.longest_stretch, self.path_repeats - 1
        return re.compile(rf"((?:/[^/]+){{1,{stretch}}}?)\1{{{more}}}(?=/|$)")


@cache
def trap_rules() -> TrapRules:
    """Return the rules that ship with the crawler."""
    return load_model(Path(__file__).with_name("traps.yml"), TrapRules, CrawlersError)
