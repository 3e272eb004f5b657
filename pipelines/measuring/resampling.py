"""Draw pages anew, to say how sure a figure is (bootstrap: Efron 1979).

A draw is how often each page was drawn. All draws of a figure are one product of matrices: a thousand of
them cost less than one reading of a page.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipelines.measuring.evaluation import Measure

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

DRAWS = 1000
_SEED = 2014
_INTERVAL = (2.5, 97.5)  # percentiles: 95 of 100 draws lie between


@cache
def draws(page_count: int) -> Numbers:
    """Return how often each page counts: once each in the first row, then as drawn, the same every time."""
    once = np.ones((1, page_count))
    if not page_count:
        return once
    drawn = np.random.default_rng(_SEED).multinomial(page_count, np.full(page_count, 1 / page_count), DRAWS)
    return np.vstack([once, drawn])


def measured(values: Numbers, support: int) -> Measure:
    """Return a figure from its values by draw: the first is the figure, the others say how sure it is.

    A draw on which the figure would rest on nothing is left out.
    """
    if not support or np.isnan(values[0]):
        return Measure(value=None, low=None, high=None, support=support)
    low, high = np.nanpercentile(values, _INTERVAL)
    return Measure(value=float(values[0]), low=float(low), high=float(high), support=support)
