"""Tell in one pass which of many regular expressions may match in a text, and which surely do not."""

from collections.abc import Sequence

import ahocorasick_rs

from pipelines.literals import Expression, caseless, told


class Prefilter:
    """Regular expressions, numbered from 0, by the literals that they need."""

    def __init__(self, expressions: Sequence[Expression]) -> None:
        """Ask of texts which of `expressions` may match there."""
        literals = [frozenset(map(caseless, needs)) for needs, _ in told(expressions)]
        self._always = frozenset(number for number, one in enumerate(literals) if not one)
        each = sorted(frozenset().union(*literals))
        self._numbers = [[n for n, one in enumerate(literals) if literal in one] for literal in each]
        self._automaton = ahocorasick_rs.AhoCorasick(each)

    def possible(self, text: str) -> frozenset[int]:
        """Return the numbers of the expressions that may match somewhere in `text`, whatever its case."""
        met = {
            number
            for number, _, _ in self._automaton.find_matches_as_indexes(caseless(text), overlapping=True)
        }
        return self._always.union(*(self._numbers[number] for number in met))
