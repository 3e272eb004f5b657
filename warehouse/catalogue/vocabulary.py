"""The terms of others by which a release is described."""

from functools import cache
from pathlib import Path
from typing import Any

from warehouse.plain_yaml import read_yaml


@cache
def vocabulary() -> dict[str, Any]:
    """Return the whole of `vocabulary.yml`."""
    terms: dict[str, Any] = read_yaml(Path(__file__).with_name("vocabulary.yml"))
    return terms
