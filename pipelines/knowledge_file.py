"""Read one YAML file of what judging knows, and check the shape of what it holds."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from crawlers.plain_yaml import parsed
from pipelines.judging.names import KnowledgeError

_T = TypeVar("_T")


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
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(f"{path.name}: {place}: {first['input']!r}: {first['msg']}") from error
    return found
