"""Read labelled pages from a `gold.jsonl`, and refuse what is not as LABELS.md describes it.

A label that nobody checks is scored all the same: a misspelt kind would count as our error.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.judging.expertise import Knowledge
from pipelines.measuring.answers import Label
from pipelines.measuring.bars import bars
from pipelines.measuring.gold_keys import Check, checks

_LONGEST_VALUE = 80  # characters of a refused value that are shown

_NO_LANGUAGE, _NO_COUNTRY = "und", "zz"  # as everywhere else: not known, none


class GoldError(ValueError):
    """The labels cannot be read: the message names file, line, key, value and what was expected."""


def read_labels(gold: Path, knowledge: Knowledge) -> tuple[Label, ...]:
    """Return the labelled pages of a `gold.jsonl`, in its order.

    Raises:
        GoldError: the file, one of its lines, or a page's file cannot be used.
    """
    labels: dict[str, Label] = {}
    for number, line in enumerate(_text(gold).split("\n"), 1):  # not splitlines: JSON may hold U+2028
        if line.strip():
            label = _Line(gold, number, knowledge).label(line)
            if label.page_id in labels:
                raise GoldError(_place(gold, number, "id", label.page_id, "an id that no line before has"))
            labels[label.page_id] = label
    if not labels:
        raise GoldError(f"{gold}: has no labelled page; expected one JSON object a line")
    return tuple(labels.values())


def _text(gold: Path) -> str:
    try:
        return gold.read_text("utf-8-sig")
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise GoldError(
            f"{gold}: cannot be read: {why}; expected a file with one JSON object a line"
        ) from error
    except UnicodeDecodeError as error:
        raise GoldError(
            f"{gold}: byte {error.start} is not UTF-8; expected one JSON object a line, in UTF-8"
        ) from error


class _Line:
    """One line of the file, to be turned into a label."""

    def __init__(self, gold: Path, number: int, knowledge: Knowledge) -> None:
        self._gold, self._number, self._knowledge = gold, number, knowledge

    def label(self, line: str) -> Label:
        """Return the label that `line` holds."""
        row = self._row(line)
        for key, (fits, expected) in checks(self._knowledge, self._gold.parent).items():
            if key not in row:
                raise GoldError(f"{self._gold}, line {self._number}: {key}: is missing; expected {expected}")
            if not fits(row[key]):
                raise GoldError(_place(self._gold, self._number, key, _refused(row[key], fits), expected))
        return Label(
            page_id=row["id"],
            file=row["file"],
            url=row["url"],
            kind=row["kind"],
            stage=row["stage"],
            features=frozenset(row["features"]),
            language=row["language"] or _NO_LANGUAGE,
            country=row["country"] or _NO_COUNTRY,
            site=row["site"],
            is_complete=row["complete"],
            is_cyrillic=row["language"] in bars().cyrillic_languages,
        )

    def _row(self, line: str) -> Mapping[str, Any]:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            column = f", column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            raise GoldError(
                f"{self._gold}, line {self._number}{column}: {_shown(line.strip())} is not JSON; "
                "expected a JSON object"
            ) from error
        if not isinstance(row, dict):
            raise GoldError(f"{self._gold}, line {self._number}: {_shown(row)}; expected a JSON object")
        return row


def _refused(value: Any, fits: Check) -> Any:
    """Return the first element of a list that does not fit by itself; of anything else the whole."""
    wrong = [one for one in value if not fits([one])] if isinstance(value, list) else []
    return wrong[0] if wrong else value


def _place(gold: Path, number: int, key: str, value: Any, expected: str) -> str:
    return f"{gold}, line {number}: {key}: {_shown(value)}; expected {expected}"


def _shown(value: Any) -> str:
    """Return a value as JSON writes it, cut where it is long; a text without its quotation marks."""
    said = value if isinstance(value, str) and value.strip() else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= _LONGEST_VALUE else said[:_LONGEST_VALUE] + "…"
