"""Fit weights from signs to kinds of pages, drawn back to the points that people set by hand."""

from collections.abc import Sequence
from typing import Any

from pipelines.judging.expertise import Knowledge, Weights

COMMAND = "python -m pipelines.fit GOLD.jsonl"
_ROUNDING = 3  # decimals of a weight
_TRUST = 1.0  # how many log-odds one hand-set point is worth
_PULL = 25.0  # how strongly weights are drawn back to the hand-set points


def fitted_weights(signs: Sequence[frozenset[str]], kinds: Sequence[str], knowledge: Knowledge) -> Weights:
    """Return weights of a multinomial logistic regression from signs to kinds.

    The hand-set points are where the fit starts from and what it is drawn back to (a normal prior around
    them), so that a kind with few examples keeps what people know of it.

    Raises:
        ImportError: scikit-learn, which brings numpy and scipy, is not installed.
    """
    import numpy as np  # noqa: PLC0415 - only fitting needs these; judging is plain Python
    from scipy.optimize import minimize  # noqa: PLC0415 - the same

    names, classes = sorted(knowledge.signs), sorted(knowledge.kinds_by_id)
    shown = np.array([[float(name in one) for name in names] + [1.0] for one in signs])
    truth = np.array([[float(kind == one) for one in classes] for kind in kinds])
    prior = np.array([[knowledge.signs[name].points.get(kind, 0.0) for kind in classes] for name in names])
    prior = np.vstack([prior, [knowledge.base.get(kind, 0.0) for kind in classes]]) * _TRUST

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(prior.shape)
        scores = shown @ weights
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        away = weights - prior
        value = -(truth * logs).sum() + _PULL * (away**2).sum() / 2
        return float(value), (shown.T @ (np.exp(logs) - truth) + _PULL * away).ravel()

    best = minimize(loss, prior.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x.reshape(
        prior.shape
    )
    return Weights(
        fitted_on=f"{len(kinds)} labelled pages",
        command=COMMAND,
        intercepts={
            kind: round(float(value), _ROUNDING) for kind, value in zip(classes, best[-1], strict=True)
        },
        weights={
            kind: {name: round(float(best[row, column]), _ROUNDING) for row, name in enumerate(names)}
            for column, kind in enumerate(classes)
        },
    )
