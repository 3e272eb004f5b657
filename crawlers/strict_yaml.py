"""Read YAML and let nothing pass silently: no duplicate key, no unknown key, no wrong value.

A person fixes a registry by hand, so an error says the file, the line where YAML knows it, the key's
place, the value that stood there and what was expected.
"""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from crawlers.errors import CrawlersError

_Model = TypeVar("_Model", bound=BaseModel)
_SHOWN_CHARACTERS = 80
_NO_KEYS = frozenset({"model_type", "dict_type", "mapping_type"})


class _StrictLoader(yaml.CSafeLoader):
    """A safe loader that refuses the same key twice (YAML 1.2, section 3.2.1.3)."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML's signature
        """Return what a node says, or name the value that is none, such as the 30th of February."""
        try:
            return super().construct_object(node, deep=deep)
        except ValueError as failure:
            raise yaml.constructor.ConstructorError(
                None, None, f"{node.value!r}: {failure}", node.start_mark
            ) from failure

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        """Return the mapping, or say which key stands twice."""
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} stands where a key should; expected a word", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice; expected once", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path, error: type[CrawlersError]) -> Any:
    """Return what `path` holds.

    Raises:
        CrawlersError: the given class of it: the file cannot be read, is not UTF-8 or not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a subclass of SafeLoader
    except OSError as failure:
        raise error(f"{path}: cannot be read ({failure.strerror}); expected a YAML file") from failure
    except UnicodeDecodeError as failure:
        raise error(f"{path}: byte {failure.start} is not UTF-8; expected UTF-8 text") from failure
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        line = f" line {mark.line + 1}, column {mark.column + 1}:" if mark else ""
        raise error(f"{path}:{line} {failure.problem}") from failure
    except yaml.YAMLError as failure:
        raise error(f"{path}: {failure}") from failure


def load_model(path: Path, model: type[_Model], error: type[CrawlersError]) -> _Model:
    """Return the YAML file at `path` as a `model`.

    Raises:
        CrawlersError: the given class of it, with every fault: key's place, value, what was expected.
    """
    content = read_yaml(path, error)
    try:
        return model.model_validate(content)
    except ValidationError as failure:
        faults = _faults(failure, ", ".join(model.model_fields))
        raise error("\n".join(f"{path}: {fault}" for fault in faults)) from failure


def _faults(failure: ValidationError, keys: str) -> list[str]:
    """Each fault in words: place, value, expectation. `keys` are those that the whole file may have."""
    faults = failure.errors(include_url=False, include_context=False)
    inner = {fault["loc"][:length] for fault in faults for length in range(len(fault["loc"]))}
    return [
        _in_words(place(fault["loc"]), fault["input"], fault["type"], _expected(fault, keys))
        for fault in faults
        if fault["type"] != "too_short" or fault["loc"] not in inner  # too short for lack of its faulty items
    ]


def _expected(fault: Mapping[str, Any], keys: str) -> str:
    """What was expected: Pydantic's words, but for where it names a class of ours."""
    if fault["type"] not in _NO_KEYS:
        return str(fault["msg"]).removeprefix("Value error, ")
    return "expected keys with their values" + ("" if fault["loc"] else f": {keys}")


def _in_words(where: str, value: object, fault_type: str, message: str) -> str:
    """One fault; a missing and an unknown key have no value to show, or none that matters."""
    if fault_type == "missing":
        return f"{where}: is missing; expected a value"
    if fault_type == "extra_forbidden":
        return f"{where}: {_shown(value)}: unknown key; expected no such key here"
    return f"{where}: {_shown(value)}: {message}"


def place(keys: tuple[int | str, ...]) -> str:
    """Return a key's place as a person writes it: `sites[3].expect.pages.min`."""
    written = ""
    for key in keys:
        written += f"[{key}]" if isinstance(key, int) else f".{key}" if written else str(key)
    return written or "(the whole file)"


def _shown(value: object) -> str:
    """A value, short enough to read."""
    shown = repr(value)
    return shown if len(shown) <= _SHOWN_CHARACTERS else shown[: _SHOWN_CHARACTERS - 1] + "…"
