"""Read and write `knowledge/accuracy.yml`: figures that an evaluation made, never typed by hand."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache

import yaml
from pydantic import TypeAdapter

from pipelines.codes.openness import AccuracyRow
from pipelines.pages.html_rules import load_yaml

COMMAND = "python -m pipelines.accuracy GOLD.jsonl"
_WIDTH = 1000  # characters: one row a line


def written(rows: Sequence[AccuracyRow]) -> str:
    """Return the text of `accuracy.yml`: its command first, then one row a line."""
    lines = (
        yaml.safe_dump(
            asdict(row), allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=True
        )
        for row in rows
    )
    head = f"# How well labelled pages are judged. Made by `{COMMAND}`; do not edit.\nrows:\n"
    return head + "".join(f"  - {line}" for line in lines)


@cache
def known_accuracy() -> tuple[AccuracyRow, ...]:
    """Return the rows of `accuracy.yml`, which ships with the package.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return TypeAdapter(tuple[AccuracyRow, ...]).validate_python(load_yaml("accuracy.yml")["rows"])
