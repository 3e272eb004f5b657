"""Load what judging knows from its YAML, refusing whatever does not fit.

`load_knowledge()` reads `stages.yml`, `indicators.yml`, `site_indicators/`, `openness.yml`, `kinds.yml`,
`rubric.yml`, `index.yml`, `patterns.yml`, the lexicons and the fitted weights from one folder and checks that
all they name exists.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from crawlers.plain_yaml import parsed
from pipelines.judging.expertise import (
    IndexRules,
    Indicator,
    Kind,
    Knowledge,
    Rubric,
    Sign,
    Stage,
    Subject,
    Weights,
)
from pipelines.judging.names import KnowledgeError, UnknownIndicatorError, check_names
from pipelines.lexicon import Lexicon

__all__ = ["FOLDER", "KnowledgeError", "UnknownIndicatorError", "load_knowledge"]
FOLDER = Path(__file__).parent / "knowledge"
SITE_INDICATORS = "site_indicators"
_NO_RULES = frozenset(
    {
        "accuracy.yml",
        "bars.yml",
        "index.yml",
        "inspecting.yml",
        "ogp.yml",
        "indicator_sources.yml",
        "declared.yml",
    }
)  # no stage follows from them

_T = TypeVar("_T")


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Return what judging knows, read from `folder` (the package's own where none is given).

    Raises:
        KnowledgeError: a file is missing or has a key or value that does not fit.
    """
    return _load(folder or FOLDER)


@cache
def _load(folder: Path) -> Knowledge:
    kinds = _read(folder / "kinds.yml")
    openness = _read(folder / "openness.yml")
    weights = folder / "weights.yml"
    knowledge = Knowledge(
        stages=_checked(tuple[Stage, ...], _read(folder / "stages.yml")["stages"], folder / "stages.yml"),
        indicators=_checked(
            tuple[Indicator, ...], _read(folder / "indicators.yml")["indicators"], folder / "indicators.yml"
        ),
        kinds=_checked(tuple[Kind, ...], kinds["kinds"], folder / "kinds.yml"),
        signs=_checked(dict[str, Sign], kinds["signs"], folder / "kinds.yml"),
        lexicon=_lexicon(folder),
        base=_checked(dict[str, float], kinds["base"], folder / "kinds.yml"),
        least_staged_share=_checked(float, kinds["least_staged_share"], folder / "kinds.yml"),
        least_kind_share=_checked(float, kinds["least_kind_share"], folder / "kinds.yml"),
        rubric=_rubric(folder),
        weights=_checked(Weights, _read(weights), weights) if weights.exists() else None,
        index=_checked(IndexRules, _read(folder / "index.yml"), folder / "index.yml"),
        subjects=_checked(tuple[Subject, ...], openness["subjects"], folder / "openness.yml"),
        site_indicators=tuple(_site_indicators(folder)),
    )
    check_names(knowledge)
    return knowledge


def _site_indicators(folder: Path) -> Iterator[Indicator]:
    """Yield the indicators of sites, stage by stage."""
    for path in _site_files(folder):
        yield from _checked(tuple[Indicator, ...], _read(path)["indicators"], path)


def _site_files(folder: Path) -> list[Path]:
    return sorted((folder / SITE_INDICATORS).glob("*.yml"))


def _read(path: Path) -> Mapping[str, Any]:
    try:
        loaded = parsed(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{path.name}: cannot be read as YAML: {error}") from error
    if not isinstance(loaded, dict):
        raise KnowledgeError(f"{path.name}: expected a mapping, found {type(loaded).__name__}")
    return loaded


def _checked(shape: type[_T], value: Any, path: Path) -> _T:
    try:
        checked: _T = TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(f"{path.name}: {place}: {first['input']!r}: {first['msg']}") from error
    return checked


def _rubric(folder: Path) -> Rubric:
    """Return the rubric, its version told apart by all rules, with its fitted calibration if any."""
    rules = dict(_read(folder / "rubric.yml"))
    rules["version"] = f"{rules.get('version')}+{_digest(folder)}"
    calibration = folder / "calibration.yml"
    if calibration.exists():
        rules["calibration"] = _read(calibration)["points"]
    return _checked(Rubric, rules, folder / "rubric.yml")


def _digest(folder: Path) -> str:
    """Return what tells these rules from any other: a word more in a lexicon is another version."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        if path.name not in _NO_RULES and path.parent.name != SITE_INDICATORS:
            digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def _lexicon(folder: Path) -> Lexicon:
    terms: dict[str, Mapping[str, list[str]]] = {}
    for path in sorted((folder / "lexicons").glob("*.yml")):
        raw = _read(path)
        if set(raw) != {"language", "concepts"} or raw["language"] != path.stem:
            raise KnowledgeError(f"{path.name}: expected the keys language ({path.stem}) and concepts")
        terms[path.stem] = _checked(dict[str, list[str]], raw["concepts"], path)
    for path in (folder / "openness.yml", *_site_files(folder)):
        _add_concepts(terms, path)
    path = folder / "patterns.yml"
    patterns = _checked(dict[str, dict[str, list[str]]], _read(path), path)
    if set(patterns) != {"patterns", "digit_patterns"}:
        raise KnowledgeError(f"{path.name}: expected the keys patterns and digit_patterns")
    return Lexicon(terms=terms, **patterns)


def _add_concepts(terms: dict[str, Mapping[str, list[str]]], path: Path) -> None:
    """Add the words that a file of indicators or subjects brings with it; none may stand elsewhere too."""
    for language, concepts in _checked(
        dict[str, dict[str, list[str]]], _read(path)["concepts"], path
    ).items():
        taken = sorted(set(concepts) & set(terms.get(language, {})))
        if taken:
            raise KnowledgeError(
                f"{path.name}: concept {taken[0]!r} of {language} has its words elsewhere too"
            )
        terms[language] = {**terms.get(language, {}), **concepts}
