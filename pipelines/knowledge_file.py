"""Read one YAML file of what judging knows, and check the shape of what it holds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from crawlers.plain_yaml import parsed
from pipelines.judging.names import KnowledgeError

_T = TypeVar("_T")
_MISTYPED = "extra_forbidden"  # a key that is none; the one that is missing may only be meant by it


def read_mapping(path: Path) -> Mapping[str, Any]:
    """Return what the file at `path` says.

    Raises:
        KnowledgeError: it cannot be read, is no YAML, or says something else than a mapping.
    """
    try:
        loaded = parsed(path.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:  # ValueError: no UTF-8, or a date that is none
        raise KnowledgeError(f"{path.name}: cannot be read as YAML: {error}") from error
    if not isinstance(loaded, dict):
        raise KnowledgeError(f"{path.name}: expected a mapping, found {type(loaded).__name__}")
    return loaded


def checked(shape: type[_T], value: Any, path: Path) -> _T:
    """Return `value`, which the file at `path` says, as a `shape`.

    Raises:
        KnowledgeError: names the file, the key, the value and what was expected.
    """
    try:
        found: _T = TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        faults = error.errors()
        telling = next((fault for fault in faults if fault["type"] == _MISTYPED), faults[0])
        raise KnowledgeError(f"{path.name}: {_in_words(telling)}") from error
    return found


def _in_words(fault: Mapping[str, Any]) -> str:
    """The key's place, the value where it is a single one, and what was expected."""
    place = ".".join(str(part) for part in fault["loc"])
    shown = "" if isinstance(fault["input"], Mapping | list | tuple) else repr(fault["input"])
    return ": ".join(filter(None, (place, shown, fault["msg"].removeprefix("Value error, "))))
