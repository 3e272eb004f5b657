"""What little would do: words counted, and a bag of words with logistic regression. Both by site.

A judgement is worth its trouble only so far as it beats these.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.judging.cues import Read
from pipelines.judging.expertise import Knowledge
from pipelines.judging.kinds import likeliest
from pipelines.measuring.answers import Answer, Label
from pipelines.measuring.folds import FOLDS, folds

_SURE = 0.5
_RARE = 3  # positives: a feature with fewer in the other folds is never answered


def baselines(
    labels: Sequence[Label], reads: Sequence[Read], knowledge: Knowledge
) -> dict[str, list[Answer]]:
    """Return the answers of each baseline, by its name.

    Raises:
        ImportError: scikit-learn is not installed.
    """
    return {
        "keyword counts": [
            _by_keywords(label, read, knowledge) for label, read in zip(labels, reads, strict=True)
        ],
        "bag of words, logistic regression": _by_bag_of_words(labels, reads, knowledge),
    }


def _by_keywords(label: Label, read: Read, knowledge: Knowledge) -> Answer:
    """Answer by which words are said at all: no places, no forms, no weights."""
    features = frozenset(
        indicator.id
        for indicator in knowledge.indicators
        if any(concept in read.seen for cue in indicator.seen for concept in cue.words)
    )
    counts: dict[str, float] = dict.fromkeys((kind.id for kind in knowledge.kinds), 0.0)
    for sign in knowledge.signs.values():
        said = sum(len(read.seen.get(concept, ())) for concept in sign.seen.words)
        for kind, points in sign.points.items():
            counts[kind] += said * (points > 0)
    kind = likeliest(counts)[0]
    return _answer(label, kind, _highest(features, kind, knowledge), features)


def _highest(features: frozenset[str], kind: str, knowledge: Knowledge) -> int | None:
    """Return the highest stage of the features found, where the kind of page has stages."""
    stages = [knowledge.indicators_by_id[feature].stage for feature in features]
    return max(stages, default=1) if kind in knowledge.rubric.staged_kinds else None


def _answer(label: Label, kind: str, stage: int | None, features: frozenset[str]) -> Answer:
    return Answer(label=label, kind=kind, stage=stage, features=features, confidence=_SURE)


def _by_bag_of_words(labels: Sequence[Label], reads: Sequence[Read], knowledge: Knowledge) -> list[Answer]:
    """Answer by words weighed on the other folds' pages."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - only measuring needs it

    texts = [f"{read.page.title}\n{read.page.text}" for read in reads]
    fold_of = folds(labels)
    answers: dict[str, Answer] = {}
    for fold in range(FOLDS):
        known = [index for index, label in enumerate(labels) if fold_of[label.site] != fold]
        asked = [index for index, label in enumerate(labels) if fold_of[label.site] == fold]
        if not known or not asked:
            continue
        words = TfidfVectorizer(sublinear_tf=True, min_df=2, max_features=20_000)
        seen, unseen = (
            words.fit_transform([texts[i] for i in known]),
            words.transform([texts[i] for i in asked]),
        )
        kinds = _predicted(seen, [labels[i].kind for i in known], unseen)
        stages = _predicted(seen, [str(labels[i].stage) for i in known], unseen)
        features = _predicted_features(seen, [labels[i] for i in known], unseen, knowledge)
        for row, index in enumerate(asked):
            stage = None if stages[row] == "None" else int(stages[row])
            found = frozenset(name for name, flags in features.items() if flags[row])
            answers[labels[index].page_id] = _answer(labels[index], kinds[row], stage, found)
    return [answers[label.page_id] for label in labels]


def _predicted(seen: Any, truth: Sequence[str], unseen: Any) -> list[str]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only measuring needs it

    if len(set(truth)) == 1:
        return [truth[0]] * unseen.shape[0]
    model = LogisticRegression(C=10, max_iter=1000, class_weight="balanced")
    return [str(one) for one in model.fit(seen, list(truth)).predict(unseen)]


def _predicted_features(
    seen: Any, known: Sequence[Label], unseen: Any, knowledge: Knowledge
) -> Mapping[str, Sequence[bool]]:
    flags: dict[str, list[bool]] = {}
    for indicator in knowledge.indicators:
        truth = [str(indicator.id in label.features) for label in known]
        if truth.count("True") >= _RARE:
            flags[indicator.id] = [one == "True" for one in _predicted(seen, truth, unseen)]
    return flags
