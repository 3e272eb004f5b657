"""Load what judging knows from its YAML, refusing whatever does not fit.

`load_knowledge()` reads `stages.yml`, `indicators.yml`, `openness.yml`, `kinds.yml`, `rubric.yml`,
`patterns.yml`, the lexicons and the fitted weights from one folder and checks that all they name exists.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from pipelines.judging.expertise import Cue, Indicator, Kind, Knowledge, Rubric, Sign, Stage, Subject, Weights
from pipelines.judging.shapes import SHAPES
from pipelines.lexicon import Lexicon

FOLDER = Path(__file__).parent / "knowledge"
_NO_RULES = frozenset({"accuracy.yml", "bars.yml", "ogp.yml"})  # told beside the rules, not judged by

_T = TypeVar("_T")


class KnowledgeError(ValueError):
    """The knowledge does not fit: the message names the file, the key, the value and what was expected."""


class UnknownIndicatorError(KnowledgeError):
    """The rubric names an indicator that `indicators.yml` does not have."""


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
        rubric=_rubric(folder),
        weights=_checked(Weights, _read(weights), weights) if weights.exists() else None,
        subjects=_checked(tuple[Subject, ...], openness["subjects"], folder / "openness.yml"),
    )
    _check_names(knowledge, folder)
    return knowledge


def _read(path: Path) -> Mapping[str, Any]:
    try:
        loaded = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader, in C
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{path.name}: cannot be read as YAML: {error}") from error
    if not isinstance(loaded, dict):
        raise KnowledgeError(f"{path.name}: expected a mapping, found {type(loaded).__name__}")
    return loaded


_LOADER: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the C one is ten times faster, where it is built


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
        if path.name not in _NO_RULES:
            digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def _lexicon(folder: Path) -> Lexicon:
    terms: dict[str, Mapping[str, list[str]]] = {}
    for path in sorted((folder / "lexicons").glob("*.yml")):
        raw = _read(path)
        if set(raw) != {"language", "concepts"} or raw["language"] != path.stem:
            raise KnowledgeError(f"{path.name}: expected the keys language ({path.stem}) and concepts")
        terms[path.stem] = _checked(dict[str, list[str]], raw["concepts"], path)
    path = folder / "openness.yml"
    for language, concepts in _checked(
        dict[str, dict[str, list[str]]], _read(path)["concepts"], path
    ).items():
        taken = sorted(set(concepts) & set(terms.get(language, {})))
        if taken:
            raise KnowledgeError(f"{path.name}: concept {taken[0]!r} stands in lexicons/{language}.yml too")
        terms[language] = {**terms.get(language, {}), **concepts}
    path = folder / "patterns.yml"
    return Lexicon(terms=terms, patterns=_checked(dict[str, list[str]], _read(path)["patterns"], path))


def _check_names(knowledge: Knowledge, folder: Path) -> None:
    """Refuse a cue or rule that names what there is not."""
    kinds, signs = set(knowledge.kinds_by_id), set(knowledge.signs)
    for owner, cue in _cues(knowledge):
        _expect(cue.words + cue.near + cue.without, knowledge.lexicon.concepts, f"{owner}: concept")
        _expect(cue.kinds, kinds, f"{owner}: kind")
        _expect(cue.when + cue.unless, signs, f"{owner}: sign")
        _expect([cue.shape] if cue.shape else [], set(SHAPES), f"{owner}: shape")
    _expect(knowledge.base, kinds, "kinds.yml: base: kind")
    for name, sign in knowledge.signs.items():
        _expect(sign.points, kinds, f"kinds.yml: sign {name}: kind")
    for subject in knowledge.subjects:
        _expect(subject.indicators, knowledge.indicators_by_id, f"openness.yml: {subject.id}: indicator")
        if subject.id in knowledge.indicators_by_id:
            raise KnowledgeError(
                f"openness.yml: {subject.id!r} is an indicator's id; expected one of its own"
            )
    for rule in knowledge.rubric.rules:
        _expect(rule.kinds, kinds, f"rubric.yml: rule {rule.id}: kind")
        unknown = set(rule.all_of + rule.any_of) - set(knowledge.indicators_by_id)
        if unknown:
            raise UnknownIndicatorError(
                f"rubric.yml in {folder.name}: rule {rule.id}: {min(unknown)!r}: expected one of its ids"
            )


def _cues(knowledge: Knowledge) -> Iterable[tuple[str, Cue]]:
    for indicator in knowledge.indicators:
        for cue in indicator.seen:
            yield f"indicators.yml: {indicator.id}", cue
    for subject in knowledge.subjects:
        for cue in subject.seen:
            yield f"openness.yml: {subject.id}", cue
    for name, sign in knowledge.signs.items():
        yield f"kinds.yml: sign {name}", sign.seen


def _expect(named: Iterable[str], known: Iterable[str], what: str) -> None:
    unknown = sorted(set(named) - set(known))
    if unknown:
        raise KnowledgeError(f"{what}: {unknown[0]!r}: expected one of {', '.join(sorted(known))}")
