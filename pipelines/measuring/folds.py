"""Read labelled pages, and part them by site.

Nothing fitted is tried on a site that it was fitted on.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipelines.measuring.answers import Label

FOLDS = 10
_CYRILLIC = frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"})


class GoldError(ValueError):
    """The labels cannot be read: the message names the file, the row and what was expected."""


def read_labels(gold: Path) -> tuple[Label, ...]:
    """Return the labelled pages of a `gold.jsonl`, in its order.

    Raises:
        GoldError: the file or one of its rows cannot be read.
    """
    try:
        lines = gold.read_text("utf-8").splitlines()
    except OSError as error:
        raise GoldError(f"{gold}: cannot be read: {error}; expected one JSON object a line") from error
    return tuple(_labels(gold, lines))


def _labels(gold: Path, lines: Iterable[str]) -> Iterator[Label]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield Label(
                page_id=row["id"],
                file=row["file"],
                url=row["url"],
                kind=row["kind"],
                stage=row["stage"],
                features=frozenset(row["features"]),
                language=row["language"],
                country=row["country"],
                site=row["site"],
                is_complete=row["complete"],
                is_cyrillic=row["language"] in _CYRILLIC,
            )
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise GoldError(
                f"{gold}, line {number}: {error!r}; expected a row as LABELS.md describes it"
            ) from error


def folds(labels: Sequence[Label], count: int = FOLDS) -> dict[str, int]:
    """Return the fold of each site: large sites first, each into the fold that has the fewest pages yet."""
    loads = [0] * count
    chosen: dict[str, int] = {}
    sizes = Counter(label.site for label in labels)
    for site, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        chosen[site] = loads.index(min(loads))
        loads[chosen[site]] += size
    return chosen
