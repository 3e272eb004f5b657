"""What each key of a labelled page may hold, as LABELS.md says."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipelines.judging.expertise import Knowledge

Check = Callable[[Any], bool]


def checks(knowledge: Knowledge, folder: Path) -> Mapping[str, tuple[Check, str]]:
    """Return, by key, whether a value can be used, and what is expected."""
    kinds, features = sorted(knowledge.kinds_by_id), sorted(knowledge.labelled_ids)
    return {
        "id": (_is_text, "a text that is not empty"),
        "file": (
            lambda one: _is_text(one) and (folder / one).is_file(),
            f"the name of a page's file that lies in {folder}",
        ),
        "url": (_is_text_or_null, "an address or null"),
        "kind": (lambda one: isinstance(one, str) and one in kinds, f"one of {', '.join(kinds)}"),
        "stage": (
            lambda one: one is None or (type(one) is int and one in _stages(knowledge)),
            f"{', '.join(map(str, _stages(knowledge)))} or null",
        ),
        "features": (
            lambda many: (
                isinstance(many, list) and all(isinstance(one, str) and one in features for one in many)
            ),
            f"a list of any of {', '.join(features)}",
        ),
        "language": (_is_text_or_null, "a language's code, as ky, or null"),
        "country": (_is_text_or_null, "a country's code, as KG, or null"),
        "site": (_is_text, "the site's name: pages of one site are never parted"),
        "complete": (lambda one: isinstance(one, bool), "true or false"),
    }


def _stages(knowledge: Knowledge) -> list[int]:
    return sorted(stage.stage for stage in knowledge.stages)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_text_or_null(value: Any) -> bool:
    return value is None or _is_text(value)
