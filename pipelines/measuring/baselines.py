"""What little would do: words counted, and a bag of words with logistic regression. Both by site.

A judgement is worth its trouble only so far as it beats these.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from pipelines.judging.cues import Read
from pipelines.judging.expertise import Knowledge
from pipelines.judging.kinds import likeliest
from pipelines.measuring.answers import Answer, Label
from pipelines.measuring.folds import partings
from pipelines.measuring.resampling import Numbers

_SURE = 0.5
_LEAST_TEXTS = 2  # a word that only one text has says nothing of others
_NOTHING = 1e-9  # a direction in which the texts do not differ
_RARE = 3  # positives: a feature with fewer in the other folds is never answered


def by_keywords(labels: Sequence[Label], reads: Sequence[Read], knowledge: Knowledge) -> list[Answer]:
    """Answer by which words are said at all: no places, no forms, no weights."""
    return [_by_keywords(label, read, knowledge) for label, read in zip(labels, reads, strict=True)]


def _by_keywords(label: Label, read: Read, knowledge: Knowledge) -> Answer:
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


def by_bag_of_words(labels: Sequence[Label], reads: Sequence[Read], knowledge: Knowledge) -> list[Answer]:
    """Answer by words weighed on the other folds' pages."""
    texts = [f"{read.page.title}\n{read.page.text}" for read in reads]
    answers: dict[str, Answer] = {}
    for known, asked in partings(labels):
        seen, unseen = _weighed([texts[i] for i in known], [texts[i] for i in asked])
        kinds = _predicted(seen, [labels[i].kind for i in known], unseen)
        stages = _predicted(seen, [str(labels[i].stage) for i in known], unseen)
        features = _predicted_features(seen, [labels[i] for i in known], unseen, knowledge)
        for row, index in enumerate(asked):
            stage = None if stages[row] == "None" else int(stages[row])
            found = frozenset(name for name, flags in features.items() if flags[row])
            answers[labels[index].page_id] = _answer(labels[index], kinds[row], stage, found)
    return [answers[label.page_id] for label in labels]


def _weighed(known: Sequence[str], asked: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return both sets of texts as points in the space that the known ones span.

    Weights of words never leave that space where they are drawn towards nought, so that a model of some
    hundred numbers answers as one of twenty thousand words would, in a hundredth of the time.
    """
    words = TfidfVectorizer(sublinear_tf=True, min_df=min(_LEAST_TEXTS, len(known)), max_features=20_000)
    try:
        seen = words.fit_transform(known)
    except ValueError:  # no word is said often enough: all texts are alike
        return np.zeros((len(known), 1)), np.zeros((len(asked), 1))
    lengths, axes = np.linalg.eigh((seen @ seen.T).toarray())
    axes = axes[:, lengths > _NOTHING] / np.sqrt(lengths[lengths > _NOTHING])
    return (seen @ seen.T) @ axes, (words.transform(asked) @ seen.T) @ axes


def _predicted(seen: Numbers, truth: Sequence[str], unseen: Numbers, *, is_rare: bool = False) -> list[str]:
    """Answer by logistic regression. `is_rare`: what is sought is seldom there, so its texts weigh more."""
    if len(set(truth)) == 1:
        return [truth[0]] * unseen.shape[0]
    model = LogisticRegression(C=10, max_iter=1000, class_weight="balanced" if is_rare else None)
    return [str(one) for one in model.fit(seen, list(truth)).predict(unseen)]


def _predicted_features(
    seen: Numbers, known: Sequence[Label], unseen: Numbers, knowledge: Knowledge
) -> Mapping[str, Sequence[bool]]:
    flags: dict[str, list[bool]] = {}
    for indicator in knowledge.indicators:
        truth = [str(indicator.id in label.features) for label in known]
        if truth.count("True") >= _RARE:
            flags[indicator.id] = [one == "True" for one in _predicted(seen, truth, unseen, is_rare=True)]
    return flags
