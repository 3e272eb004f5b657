"""Refuse knowledge that names what there is not, or that gives one id to two things."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pipelines.judging.expertise import Cue, Indicator, Knowledge, Subject
from pipelines.judging.shapes import SHAPES


class KnowledgeError(ValueError):
    """The knowledge does not fit: the message names the file, the key, the value and what was expected."""


class UnknownIndicatorError(KnowledgeError):
    """The rubric names an indicator that `indicators.yml` does not have."""


def check_names(knowledge: Knowledge) -> None:
    """Check that every concept, kind, sign, shape and indicator that the knowledge names exists.

    Raises:
        KnowledgeError: one does not, or an id is given twice.
    """
    kinds, signs = set(knowledge.kinds_by_id), set(knowledge.signs)
    for owner, cue in _cues(knowledge):
        _expect(
            cue.words + cue.near + cue.without + cue.unsaid, knowledge.lexicon.concepts, f"{owner}: concept"
        )
        _expect(cue.kinds, kinds, f"{owner}: kind")
        _expect(cue.when + cue.unless, signs, f"{owner}: sign")
        _expect([cue.shape] if cue.shape else [], set(SHAPES), f"{owner}: shape")
    _expect(knowledge.base, kinds, "kinds.yml: base: kind")
    for name, sign in knowledge.signs.items():
        _expect(sign.points, kinds, f"kinds.yml: sign {name}: kind")
    for subject in knowledge.subjects:
        _expect(subject.indicators, knowledge.indicators_by_id, f"openness.yml: {subject.id}: indicator")
    _check_ids(knowledge)
    _check_rubric(knowledge)


def _check_ids(knowledge: Knowledge) -> None:
    for one, count in Counter(sought.id for _, sought in _sought(knowledge)).items():
        if count > 1:
            raise KnowledgeError(f"{one!r} is the id of {count} indicators or subjects; expected one")
    for indicator in knowledge.site_indicators:
        if indicator.level != "site":
            raise KnowledgeError(f"site_indicators: {indicator.id}: level {indicator.level!r}; expected site")


def _check_rubric(knowledge: Knowledge) -> None:
    if knowledge.rubric.named_by not in knowledge.indicators_by_id:
        raise UnknownIndicatorError(
            f"rubric.yml: named_by: {knowledge.rubric.named_by!r}: expected an id of indicators.yml"
        )
    for rule in knowledge.rubric.rules:
        _expect(rule.kinds, set(knowledge.kinds_by_id), f"rubric.yml: rule {rule.id}: kind")
        unknown = set(rule.all_of + rule.any_of) - set(knowledge.indicators_by_id)
        if unknown:
            raise UnknownIndicatorError(
                f"rubric.yml: rule {rule.id}: {min(unknown)!r}: expected an id of indicators.yml"
            )


def _sought(knowledge: Knowledge) -> Iterator[tuple[str, Indicator | Subject]]:
    """Yield all that is sought on pages, with the file that says how it is seen."""
    yield from (("indicators.yml", one) for one in knowledge.indicators)
    yield from (("openness.yml", one) for one in knowledge.subjects)
    yield from (("site_indicators", one) for one in knowledge.site_indicators)


def _cues(knowledge: Knowledge) -> Iterator[tuple[str, Cue]]:
    for file, sought in _sought(knowledge):
        yield from ((f"{file}: {sought.id}", cue) for cue in sought.seen)
    yield from ((f"kinds.yml: sign {name}", sign.seen) for name, sign in knowledge.signs.items())


def _expect(named: Iterable[str], known: Iterable[str], what: str) -> None:
    unknown = sorted(set(named) - set(known))
    if unknown:
        raise KnowledgeError(f"{what}: {unknown[0]!r}: expected one of {', '.join(sorted(known))}")
