"""Part labelled pages by site: nothing fitted is tried on a site that it was fitted on."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipelines.measuring.answers import Label

FOLDS = 10
_LEAST_SITES = 2


def folds(labels: Sequence[Label], count: int = FOLDS) -> dict[str, int]:
    """Return the fold of each site: large sites first, each into the fold that has the fewest pages yet."""
    loads = [0] * count
    chosen: dict[str, int] = {}
    sizes = Counter(label.site for label in labels)
    for site, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        chosen[site] = loads.index(min(loads))
        loads[chosen[site]] += size
    return chosen


def can_be_parted(labels: Sequence[Label]) -> bool:
    """Say whether there are other sites to fit on than those to be judged."""
    return len({label.site for label in labels}) >= _LEAST_SITES


def partings(labels: Sequence[Label]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield, fold by fold, the places of the labels to fit on and of those to be judged."""
    fold_of = folds(labels)
    for fold in sorted(set(fold_of.values())):
        known = [index for index, label in enumerate(labels) if fold_of[label.site] != fold]
        asked = [index for index, label in enumerate(labels) if fold_of[label.site] == fold]
        yield known, asked
