"""The rules of rendering, from `rendering.yml`, and where the browser is."""

import os
import shutil
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from crawlers.errors import CrawlersError
from crawlers.registry.fields import Positive, Strict
from crawlers.strict_yaml import load_model


class Viewport(Strict):
    """The size of the browser's window, in CSS pixels."""

    width: Positive
    height: Positive


class RenderingRules(Strict):
    """The whole of `rendering.yml`; each field is explained there."""

    thin_characters: Positive
    probes: Positive
    least_ratio: Annotated[float, Field(gt=1)]
    least_gain_characters: Positive
    pages_per_site: Positive
    failures_in_a_row: Positive
    seconds_per_page: Positive
    seconds_to_idle: Positive
    seconds_to_start: Positive
    requests_per_page: Positive
    kept_bytes: Positive
    max_dom_characters: Positive
    browsers_at_once: Positive
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
