"""Agreement of answers with labels, for all draws of pages at once.

`weights`: one row a draw, one column a page: how often the page counts. Each function returns one value a
draw; it is not a number (nan) where the draw has nothing that the figure could rest on.
"""

import numpy as np
from numpy.typing import NDArray

from pipelines.measuring.resampling import Flags, Numbers
from pipelines.measuring.scores import BINS


def ratio(part: Numbers, whole: Numbers) -> Numbers:
    """Return part / whole; nan where the whole is nothing."""
    return np.divide(part, whole, out=np.full_like(whole, np.nan), where=whole > 0)


def share(weights: Numbers, right: Flags, among: Flags) -> Numbers:
    """Return the share of the pages `among` that are `right`, 0 to 1."""
    return ratio(weights @ (right & among).astype(float), weights @ among.astype(float))


def f1(weights: Numbers, truth: Flags, said: Flags) -> Numbers:
    """Return the harmonic mean of precision and recall, 0 to 1; nan where no label has the thing."""
    there = weights @ truth.astype(float)
    found = ratio(2 * (weights @ (truth & said).astype(float)), there + weights @ said.astype(float))
    return np.where(there > 0, found, np.nan)


def macro_f1(weights: Numbers, truth: NDArray[np.str_], said: NDArray[np.str_]) -> Numbers:
    """Return the mean F1 over the classes that the labels of a draw have."""
    classes = np.unique(truth)
    if not classes.size:
        return np.full(len(weights), np.nan)
    scores = np.array([f1(weights, truth == one, said == one) for one in classes])
    present = ~np.isnan(scores)
    return ratio(np.where(present, scores, 0.0).sum(axis=0), present.sum(axis=0).astype(float))


def weighted_kappa(weights: Numbers, truth: Numbers, said: Numbers) -> Numbers:
    """Return Cohen's kappa with quadratic weights (Cohen 1968): 1 is full agreement, 0 that of chance.

    Where all are of one class, chance agrees as well, and kappa says nothing.
    """
    classes = np.unique(np.concatenate([truth, said]))
    labels = weights @ (truth[:, None] == classes).astype(float)
    answers = weights @ (said[:, None] == classes).astype(float)
    distance = (classes[:, None] - classes) ** 2
    expected = ((labels @ distance) * answers).sum(axis=1)
    observed = (weights @ (truth - said) ** 2) * weights.sum(axis=1)
    return 1 - ratio(observed, expected)


def calibration_error(weights: Numbers, confidence: Numbers, right: Flags) -> Numbers:
    """Return the expected calibration error: how far confidence lies from accuracy, by the bins' size."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = (bins[:, None] == np.arange(BINS)) * (confidence - right)[:, None]
    return ratio(np.abs(weights @ gaps).sum(axis=1), weights.sum(axis=1))
