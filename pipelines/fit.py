"""Fit the weights of the kind classifier and the calibration of verdicts on labelled pages.

    python -m pipelines.fit GOLD.jsonl

writes `weights.yml` and `calibration.yml` in the knowledge folder. Judging itself needs none of this: weights
are data, and inference is plain Python. Fitting needs numpy and scipy, which scikit-learn brings (the `dev`
extra). The calibration is fitted on answers given by weights that had not seen the answered site.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from pipelines.judging.kinds import signs_of
from pipelines.knowledge import FOLDER, load_knowledge
from pipelines.measuring.answering import cross_validated, read_label
from pipelines.measuring.gold import read_labels
from pipelines.measuring.measure import confidences
from pipelines.measuring.scores import isotonic
from pipelines.measuring.weighing import COMMAND, fitted_weights


def fit(gold: Path, folder: Path = FOLDER) -> tuple[Path, Path]:
    """Fit on all pages of `gold`, write both files into `folder` and return their paths.

    Raises:
        GoldError: the labels cannot be read.
        ImportError: numpy and scipy are not installed.
    """
    knowledge = load_knowledge(folder)
    labels = read_labels(gold, knowledge)
    reads = [read_label(gold, label, knowledge) for label in labels]
    signs = [signs_of(read, knowledge) for read in reads]
    weights = fitted_weights(signs, [label.kind for label in labels], knowledge)
    line = isotonic(confidences(cross_validated(labels, reads, knowledge)))
    return (
        _written(folder / "weights.yml", "Fitted weights of signs for kinds.", weights.model_dump()),
        _written(
            folder / "calibration.yml",
            "Raw confidence of a verdict -> share of verdicts that were right, cross-validated by site.",
            {"fitted_on": weights.fitted_on, "command": COMMAND, "points": [list(point) for point in line]},
        ),
    )


def _written(path: Path, title: str, content: dict[str, Any]) -> Path:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=True, width=110, default_flow_style=None)
    path.write_text(f"# {title} Made by `{COMMAND}`; do not edit.\n{text}", "utf-8")
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and fit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="labelled pages: gold.jsonl, its files beside it")
    fit(parser.parse_args(arguments).gold)


if __name__ == "__main__":
    main()
