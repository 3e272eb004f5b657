"""The rules of rendering, from `rendering.yml`, and where the browser is."""

import os
import shutil
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from crawlers.errors import CrawlersError
from crawlers.registry.fields import Strict
from crawlers.strict_yaml import load_model

_Positive = Annotated[int, Field(gt=0)]


class Viewport(Strict):
    """The size of the browser's window, in CSS pixels."""

    width: _Positive
    height: _Positive


class RenderingRules(Strict):
    """The whole of `rendering.yml`; each field is explained there."""

    thin_characters: _Positive
    probes: _Positive
    least_ratio: Annotated[float, Field(gt=1)]
    least_gain_characters: _Positive
    pages_per_site: _Positive
    failures_in_a_row: _Positive
    seconds_per_page: _Positive
    seconds_to_idle: _Positive
    seconds_to_start: _Positive
    requests_per_page: _Positive
    kept_bytes: _Positive
    max_dom_characters: _Positive
    browsers_at_once: _Positive
    resource_types: frozenset[str]
    kept_types: frozenset[str]
    methods: frozenset[str]
    withheld_fields: frozenset[str]
    viewport: Viewport
    commands: tuple[str, ...]
    arguments: tuple[str, ...]
    root_arguments: tuple[str, ...]

    @property
    def all_arguments(self) -> tuple[str, ...]:
        """The browser's command line for the user that we are."""
        return self.arguments + (self.root_arguments if os.geteuid() == 0 else ())


@cache
def rendering_rules() -> RenderingRules:
    """Return the rules that ship with the crawler."""
    return load_model(Path(__file__).with_name("rendering.yml"), RenderingRules, CrawlersError)


def find_chromium() -> str | None:
    """Return the path of the system's Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, rendering_rules().commands)), None)
