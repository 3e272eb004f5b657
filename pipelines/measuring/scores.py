"""Measure answers against labels: agreement, precision, recall, calibration, and how sure all that is."""

import math
import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

_Row = TypeVar("_Row")

Pair = tuple[Hashable, Hashable]  # (label, answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How often a thing was rightly found, wrongly found, and missed."""

    hits: int
    false_alarms: int
    misses: int

    @property
    def precision(self) -> float:
        """The share of what was found that was right, 0 to 1."""
        return self.hits / (self.hits + self.false_alarms) if self.hits else 0.0

    @property
    def recall(self) -> float:
        """The share of what there was that was found, 0 to 1."""
        return self.hits / self.support if self.hits else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        wrong = self.false_alarms + self.misses
        return 2 * self.hits / (2 * self.hits + wrong) if self.hits else 0.0

    @property
    def support(self) -> int:
        """How many there were by the labels."""
        return self.hits + self.misses

    def __add__(self, other: "Counts") -> "Counts":
        """Return both counts together."""
        return Counts(
            hits=self.hits + other.hits,
            false_alarms=self.false_alarms + other.false_alarms,
            misses=self.misses + other.misses,
        )


def counts_of(pairs: Iterable[tuple[bool, bool]]) -> Counts:
    """Return the counts of (there by the label, found by the answer)."""
    seen = Counter(pairs)
    return Counts(hits=seen[True, True], false_alarms=seen[False, True], misses=seen[True, False])


def accuracy(pairs: Sequence[Pair]) -> float:
    """Return the share of pairs whose label and answer are the same; 0 where there are none."""
    return sum(label == answer for label, answer in pairs) / len(pairs) if pairs else 0.0


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Return the mean F1 over the classes that the labels have."""
    classes = sorted({label for label, _ in pairs}, key=str)
    scores = [counts_of((label == one, answer == one) for label, answer in pairs).f1 for one in classes]
    return sum(scores) / len(scores) if scores else 0.0


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float:
    """Return Cohen's kappa with quadratic weights (Cohen 1968): 1 is full agreement, 0 that of chance."""
    total = len(pairs)
    labels, answers = Counter(label for label, _ in pairs), Counter(answer for _, answer in pairs)
    observed = sum((label - answer) ** 2 for label, answer in pairs)
    expected = sum(
        (label - answer) ** 2 * often * much
        for label, often in labels.items()
        for answer, much in answers.items()
    )
    return 1 - observed * total / expected if expected else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Answers of about the same confidence, and how many of them were right."""

    lower: float
    upper: float
    count: int
    confidence: float  # mean
    accuracy: float


def reliability(answers: Sequence[tuple[float, bool]], bins: int = 10) -> tuple[Bin, ...]:
    """Return the reliability diagram of (confidence, was it right): bins of equal width that have answers."""
    grouped: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in answers:
        grouped.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    return tuple(
        Bin(
            lower=index / bins,
            upper=(index + 1) / bins,
            count=len(group),
            confidence=math.fsum(confidence for confidence, _ in group) / len(group),
            accuracy=sum(right for _, right in group) / len(group),
        )
        for index, group in sorted(grouped.items())
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far confidence lies from accuracy, by the bins' size."""
    total = sum(one.count for one in bins)
    return math.fsum(one.count * abs(one.confidence - one.accuracy) for one in bins) / total if total else 0.0


def isotonic(points: Sequence[tuple[float, bool]], least: int = 25) -> tuple[tuple[float, float], ...]:
    """Return a rising line through (score, was it right): pool adjacent violators (Ayer et al. 1955).

    `least`: how many points are pooled before the line may rise.
    """
    ordered = sorted(points)
    pools: list[list[float]] = []  # sum of scores, rights, count
    for start in range(0, len(ordered), least):
        part = ordered[start : start + least]
        pools.append(
            [math.fsum(score for score, _ in part), float(sum(right for _, right in part)), float(len(part))]
        )
        while len(pools) > 1 and pools[-2][1] * pools[-1][2] >= pools[-1][1] * pools[-2][2]:
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    return tuple(
        (round(score / count, 4), round((right + 0.5) / (count + 1), 4)) for score, right, count in pools
    )


def interval(
    rows: Sequence[_Row], measure: Callable[[Sequence[_Row]], float], draws: int = 200
) -> tuple[float, float]:
    """Return the bootstrap 95 % interval of `measure` (Efron 1979), drawn the same way every time."""
    chance = random.Random(2014)
    values = sorted(measure(chance.choices(rows, k=len(rows))) for _ in range(draws)) if rows else [0.0]
    return values[int(0.025 * len(values))], values[min(int(0.975 * len(values)), len(values) - 1)]
