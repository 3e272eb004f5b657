"""How far confidence may be believed: the reliability diagram, and the line that calibrates."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Answers of about the same confidence, and how many of them were right."""

    lower: float
    upper: float
    count: int
    confidence: float  # mean
    accuracy: float


def bin_of(confidence: float) -> int:
    """Return the number of the bin, of equal width, into which a confidence of 0 to 1 falls."""
    return min(int(confidence * BINS), BINS - 1)


def reliability(answers: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Return the reliability diagram of (confidence, was it right): the bins that have answers."""
    grouped: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in answers:
        grouped.setdefault(bin_of(confidence), []).append((confidence, right))
    return tuple(
        Bin(
            lower=index / BINS,
            upper=(index + 1) / BINS,
            count=len(group),
            confidence=math.fsum(confidence for confidence, _ in group) / len(group),
            accuracy=sum(right for _, right in group) / len(group),
        )
        for index, group in sorted(grouped.items())
    )


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
