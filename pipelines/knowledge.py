"""Load what judging knows from its YAML, refusing whatever does not fit.

`load_knowledge()` reads `stages.yml`, `indicators.yml`, `site_indicators/`, `openness.yml`, `kinds.yml`,
`rubric.yml`, `index.yml`, `patterns.yml`, the lexicons and the fitted weights from one folder and checks that
all they name exists.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
from pipelines.knowledge_file import checked, read_mapping
from pipelines.lexicon import Lexicon
from pipelines.lexicon_files import LexiconFiles

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


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Return what judging knows, read from `folder` (the package's own where none is given).

    Raises:
        KnowledgeError: a file is missing or has a key or value that does not fit.
    """
    return _load(folder or FOLDER)


@cache
def _load(folder: Path) -> Knowledge:
    kinds = read_mapping(folder / "kinds.yml")
    openness = read_mapping(folder / "openness.yml")
    weights = folder / "weights.yml"
    stages, indicators = folder / "stages.yml", folder / "indicators.yml"
    knowledge = Knowledge(
        stages=checked(tuple[Stage, ...], read_mapping(stages)["stages"], stages),
        indicators=checked(tuple[Indicator, ...], read_mapping(indicators)["indicators"], indicators),
        kinds=checked(tuple[Kind, ...], kinds["kinds"], folder / "kinds.yml"),
        signs=checked(dict[str, Sign], kinds["signs"], folder / "kinds.yml"),
        lexicon=_lexicon(folder),
        base=checked(dict[str, float], kinds["base"], folder / "kinds.yml"),
        least_staged_share=checked(float, kinds["least_staged_share"], folder / "kinds.yml"),
        least_kind_share=checked(float, kinds["least_kind_share"], folder / "kinds.yml"),
        rubric=_rubric(folder),
        weights=checked(Weights, read_mapping(weights), weights) if weights.exists() else None,
        index=checked(IndexRules, read_mapping(folder / "index.yml"), folder / "index.yml"),
        subjects=checked(tuple[Subject, ...], openness["subjects"], folder / "openness.yml"),
        site_indicators=tuple(_site_indicators(folder)),
    )
    if folder != FOLDER:  # of ours a test proves it: to check it, all lexicons must be read
        check_names(knowledge)
    return knowledge


def _site_indicators(folder: Path) -> Iterator[Indicator]:
    """Yield the indicators of sites, stage by stage."""
    for path in _site_files(folder):
        yield from checked(tuple[Indicator, ...], read_mapping(path)["indicators"], path)


def _site_files(folder: Path) -> list[Path]:
    return sorted((folder / SITE_INDICATORS).glob("*.yml"))


def _rubric(folder: Path) -> Rubric:
    """Return the rubric, its version told apart by all rules, with its fitted calibration if any."""
    rules = dict(read_mapping(folder / "rubric.yml"))
    rules["version"] = f"{rules.get('version')}+{_digest(folder)}"
    calibration = folder / "calibration.yml"
    if calibration.exists():
        rules["calibration"] = read_mapping(calibration)["points"]
    return checked(Rubric, rules, folder / "rubric.yml")


def _digest(folder: Path) -> str:
    """Return what tells these rules from any other: a word more in a lexicon is another version."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        if path.name not in _NO_RULES and path.parent.name != SITE_INDICATORS:
            digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def _lexicon(folder: Path) -> Lexicon:
    added = [folder / "openness.yml", *_site_files(folder)]
    path = folder / "patterns.yml"
    patterns = checked(dict[str, dict[str, list[str]]], read_mapping(path), path)
    if set(patterns) != {"patterns", "digit_patterns"}:
        raise KnowledgeError(f"{path.name}: expected the keys patterns and digit_patterns")
    return Lexicon(terms=LexiconFiles(folder / "lexicons", added), **patterns)
