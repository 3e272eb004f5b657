"""Tell what kind a page is, from signs that a person can check.

Each sign is a cue that shows or does not. Its weight for each kind is fitted on labelled pages where weights
are shipped (`python -m pipelines.fit`), and a hand-set number of points otherwise.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from pipelines.judging.cues import Read, shows
from pipelines.judging.expertise import Knowledge, Sign
from pipelines.judging.sightings import sightings
from pipelines.records import Finding, Page


def read_page(page: Page, knowledge: Knowledge) -> Read:
    """Return `page` with all that is said on it."""
    return Read(page=page, seen=sightings(page, knowledge.lexicon))


def signs_of(read: Read, knowledge: Knowledge) -> frozenset[str]:
    """Return the ids of the signs that a page shows: those that stand alone first, then those that do not."""
    alone = frozenset(_shown(read, {k: one for k, one in knowledge.signs.items() if not _asks(one)}))
    asking = {
        name: sign for name, sign in knowledge.signs.items() if _asks(sign) and sign.seen.goes_with(alone)
    }
    return alone | frozenset(_shown(read, asking))


def _shown(read: Read, signs: Mapping[str, Sign]) -> Iterator[str]:
    return (name for name, sign in signs.items() if shows(sign.seen, read))


def _asks(sign: Sign) -> bool:
    """Say whether a sign counts only beside others, or without them."""
    return bool(sign.seen.when or sign.seen.unless)


def points_of(signs: frozenset[str], knowledge: Knowledge) -> dict[str, float]:
    """Return the hand-set points of each kind."""
    points = {kind.id: knowledge.base.get(kind.id, 0.0) for kind in knowledge.kinds}
    for name in sorted(signs):
        for kind, value in knowledge.signs[name].points.items():
            points[kind] += value
    return points


def kind_shares(signs: frozenset[str], knowledge: Knowledge) -> dict[str, float]:
    """Return how probable each kind is, 0 to 1, together 1."""
    weights = knowledge.weights
    scores = points_of(signs, knowledge)
    if weights is not None:
        scores = {
            kind: intercept + math.fsum(weights.weights[kind].get(name, 0.0) for name in signs)
            for kind, intercept in weights.intercepts.items()
        }
    return _softmax(scores)


def likeliest(shares: Mapping[str, float]) -> tuple[str, float]:
    """Return the likeliest kind and its share; of two alike, the first by name."""
    kind = max(sorted(shares), key=lambda one: shares[one])
    return kind, shares[kind]


def decided(shares: Mapping[str, float], knowledge: Knowledge) -> tuple[str, float]:
    """Return the kind of a page and its share: first whether it is of a kind that has stages, then which."""
    staged = {kind.id for kind in knowledge.kinds if kind.has_stage}
    has_stage = (
        math.fsum(share for kind, share in shares.items() if kind in staged) >= knowledge.least_staged_share
    )
    return likeliest({kind: share for kind, share in shares.items() if (kind in staged) == has_stage})


def classify(page: Page, findings: Sequence[Finding], knowledge: Knowledge) -> tuple[str, float]:  # noqa: ARG001 - the contract's signature: findings may come to weigh in
    """Return the kind of `page` and how sure that is, 0 to 1."""
    return decided(kind_shares(signs_of(read_page(page, knowledge), knowledge), knowledge), knowledge)


def _softmax(scores: Mapping[str, float]) -> dict[str, float]:
    top = max(scores.values())
    powers = {kind: math.exp(score - top) for kind, score in sorted(scores.items())}
    total = math.fsum(powers.values())
    return {kind: power / total for kind, power in powers.items()}
