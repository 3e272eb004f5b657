"""The lines of a text that have digits, as a text of their own: most of what is written has none."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_DIGIT = re.compile(r"\d")
# Expressions for amounts go through such a mass once from each of its figures: a page of nothing else would
# be read for hours. No amount is so long, so its middle may say nothing; its ends, with what is beside, do.
_MASS = re.compile(r"[\d., ]{400,}")
_KEPT = 100  # characters at each end of a mass
_NOTHING = "\0"  # neither figure nor letter nor space


@dataclass(frozen=True, slots=True)
class DigitLines:
    """Some lines of a text, one below the other, and where each stood."""

    text: str
    _starts: tuple[int, ...]  # of each line, characters into `text`
    _moved: tuple[int, ...]  # how much further each stood in the whole text

    @classmethod
    def of(cls, whole: str) -> "DigitLines":
        """Return the lines of `whole` that have a digit."""
        lines, starts, moved, length = [], [], [], 0
        for start, end in lines_with_digits(whole):
            lines.append(_MASS.sub(_hollow, whole[start:end]))
            starts.append(length)
            moved.append(start - length)
            length += end - start + 1
        return cls("\n".join(lines), tuple(starts), tuple(moved))

    def moved(self, place: int) -> int:
        """Return by how many characters further what is at `place` of `text` stands in the whole text."""
        return self._moved[bisect_right(self._starts, place) - 1]


def _hollow(mass: re.Match[str]) -> str:
    """A mass of figures as long as it is, with nothing in its middle."""
    figures = mass[0]
    return figures[:_KEPT] + _NOTHING * (len(figures) - 2 * _KEPT) + figures[-_KEPT:]


def lines_with_digits(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line with a digit begins and ends; from digit to digit, for that is fast."""
    digit = _DIGIT.search(text)
    while digit:
        end = text.find("\n", digit.end())
        end = len(text) if end < 0 else end
        yield text.rfind("\n", 0, digit.start()) + 1, end
        digit = _DIGIT.search(text, end)
