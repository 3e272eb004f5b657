"""Read and write `knowledge/accuracy.yml`: figures that an evaluation made, never typed by hand."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache

import yaml
from pydantic import TypeAdapter

from pipelines.codes.openness import AccuracyRow, ConfusionRow
from pipelines.pages.html_rules import load_yaml

COMMAND = "python -m pipelines.accuracy GOLD.jsonl"
_WIDTH = 1000  # characters: one row a line


def written(rows: Sequence[AccuracyRow], confusions: Sequence[ConfusionRow]) -> str:
    """Return the text of `accuracy.yml`: its command first, then one row a line."""
    head = f"# How well labelled pages are judged. Made by `{COMMAND}`; do not edit.\n"
    return head + _listed("rows", rows) + _listed("confusions", confusions)


def _listed(name: str, rows: Sequence[AccuracyRow] | Sequence[ConfusionRow]) -> str:
    if not rows:
        return f"{name}: []\n"
    lines = (
        yaml.safe_dump(
            asdict(row), allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=True
        )
        for row in rows
    )
    return f"{name}:\n" + "".join(f"  - {line}" for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAccuracy:
    """All of `accuracy.yml`."""

    rows: tuple[AccuracyRow, ...]
    confusions: tuple[ConfusionRow, ...]


@cache
def known_accuracy() -> KnownAccuracy:
    """Return `accuracy.yml`, which ships with the package.

    Raises:
        pydantic.ValidationError: a key is unknown, missing, or not what it should be.
    """
    return TypeAdapter(KnownAccuracy).validate_python(load_yaml("accuracy.yml"))
