"""Know a service again by what its pages state, where its address and its name are both new.

A ministry that renews its site gives a service another address and often other words, but the same documents
are asked for, it costs and takes the same, and rests on the same act. What many services of a provider state
alike (free of charge, ten days) says little of one; what no other states says most.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import Protocol

from pipelines.judging.phrases import fold
from pipelines.services.identify_words import ContentRules

Content = frozenset[str]  # what a service's pages state, each statement folded
_PAIR = 2  # one of ours and one of theirs


class Stated(Protocol):
    """One fact that a service's pages state."""

    @property
    def fact(self) -> str:
        """What kind of fact."""

    @property
    def language(self) -> str:
        """Of the page."""

    @property
    def value(self) -> str:
        """What is stated."""


def content_of(facts: Iterable[Stated], rules: ContentRules) -> Content:
    """Return what `facts`, all of one service, state that can tell it from others."""
    return frozenset(
        f"{one.fact}\n{one.language}\n{fold(one.value)}" for one in facts if one.fact in rules.facts
    )


def pairs_alike(
    ours: Mapping[int, Content],
    theirs: Mapping[str, Content],
    others: Iterable[Content],
    rules: ContentRules,
) -> Sequence[tuple[int, str]]:
    """Return which of `ours` are which of `theirs`: those that are alike enough, and most alike both ways.

    All are services of one provider; `others` are those of it that are known again already. No pair rests
    on few statements, or alone on such as others make as well: so only pairs are compared that state
    something which no other does.
    """
    holders = Counter(said for content in (*ours.values(), *theirs.values(), *others) for said in content)
    scores = {
        (place, service_id): score
        for place, service_id in _sharing(ours, theirs, holders)
        if len(ours[place] & theirs[service_id]) >= rules.fewest
        and (score := _alike(ours[place], theirs[service_id], holders)) >= rules.alike
    }
    rivals: dict[int | str, list[float]] = defaultdict(list)
    for pair, score in scores.items():
        for one in pair:
            rivals[one].append(score)
    return [pair for pair in sorted(scores) if all(_is_best(scores[pair], rivals[one]) for one in pair)]


def _sharing(
    ours: Mapping[int, Content], theirs: Mapping[str, Content], holders: Mapping[str, int]
) -> set[tuple[int, str]]:
    """The pairs that state something which these two state alone."""
    by_said = {
        said: service_id for service_id, other in theirs.items() for said in other if holders[said] == _PAIR
    }
    return {(place, by_said[said]) for place, mine in ours.items() for said in mine if said in by_said}


def _alike(mine: Content, other: Content, holders: Mapping[str, int]) -> float:
    """The share of what both state in what either states, 0 to 1; what few state weighs more.

    Sets have no order that stays from run to run: the sums are those that no order changes.
    """
    return fsum(1 / holders[said] for said in mine & other) / fsum(1 / holders[said] for said in mine | other)


def _is_best(score: float, scores: Sequence[float]) -> bool:
    """Whether no other of `scores`, among which `score` is, is as high."""
    return sum(one >= score for one in scores) == 1
