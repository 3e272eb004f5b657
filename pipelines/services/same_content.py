"""Know a service again by what its pages state, where its address and its name are both new.

A ministry that renews its site gives a service another address and often other words, but the same documents
are asked for, it costs and takes the same, and rests on the same act. What many services of a provider state
alike (free of charge, ten days) says little of one; what no other states says most.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipelines.judging.phrases import fold
from pipelines.records import ServiceFact
from pipelines.services.identify_words import ContentRules

Content = frozenset[str]  # what a service's pages state, each statement folded


def content_of(facts: Iterable[ServiceFact], rules: ContentRules) -> Content:
    """Return what `facts`, all of one service, state that can tell it from others."""
    return frozenset(
        f"{one.fact}\n{one.language}\n{fold(one.value)}" for one in facts if one.fact in rules.facts
    )


def newest_contents(facts: Iterable[ServiceFact], rules: ContentRules) -> dict[str, Content]:
    """Return what each service stated in the newest of the rounds that `facts` are of, by its id."""
    newest: dict[str, str] = {}
    rows: dict[str, list[ServiceFact]] = defaultdict(list)
    for one in facts:
        if one.round_id > newest.get(one.service_id, ""):
            newest[one.service_id] = one.round_id
            rows[one.service_id] = []
        if one.round_id == newest[one.service_id]:
            rows[one.service_id].append(one)
    return {service_id: content_of(stated, rules) for service_id, stated in rows.items()}


def pairs_alike(
    ours: Mapping[int, Content],
    theirs: Mapping[str, Content],
    others: Iterable[Content],
    rules: ContentRules,
) -> Sequence[tuple[int, str]]:
    """Return which of `ours` are which of `theirs`: those that are alike enough, and most alike both ways.

    All are services of one provider; `others` are those of it that are known again already. No pair rests
    on few statements, or alone on such as others make as well.
    """
    holders = Counter(said for content in (*ours.values(), *theirs.values(), *others) for said in content)
    scores = {
        (place, service_id): score
        for place, mine in ours.items()
        for service_id, other in theirs.items()
        if len(mine & other) >= rules.fewest and (score := _alike(mine, other, holders)) >= rules.alike
    }
    return [pair for pair in sorted(scores) if _is_best(pair, scores)]


def _alike(mine: Content, other: Content, holders: Mapping[str, int]) -> float:
    """The share of what both state in what either states, 0 to 1; what few state weighs more."""
    shared = mine & other
    if not any(holders[said] == len((mine, other)) for said in shared):
        return 0.0
    weight = {said: 1 / holders[said] for said in mine | other}
    return sum(weight[said] for said in shared) / sum(weight.values())


def _is_best(pair: tuple[int, str], scores: Mapping[tuple[int, str], float]) -> bool:
    """Whether neither of a pair is as much like another."""
    rivals = (other for other in scores if other != pair and (other[0] == pair[0] or other[1] == pair[1]))
    return all(scores[other] < scores[pair] for other in rivals)
