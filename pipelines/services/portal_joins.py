"""Join a service's place on the joint portal with its own page: one links to the other, or names are alike.

The portal names a provider or not. Where it does, only that institution's services are compared; where it
does not, only an equal name joins, and only when a single institution has it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipelines.services.groups import Join
from pipelines.services.identify_words import IdentifyWords
from pipelines.services.names import likeness
from pipelines.services.neutral_addresses import neutral_address
from pipelines.services.service_nodes import Node, agree

Group = Sequence[Node]


def portal_joins(groups: Sequence[Group], rules: IdentifyWords) -> Iterator[Join]:
    """Yield a reason for each group that stands on the portal only and has one fitting group elsewhere."""
    own = _Own(groups)
    for group in groups:
        portal = [node for node in group if node.page.is_joint_portal and node.words]
        if portal and all(node.page.is_joint_portal for node in group):
            found = _linked(portal, own, rules)
            found = found if found is not None else _alike(portal, own, rules)
            if found is not None:
                one, other = sorted((portal[0].key, groups[found][0].key))
                yield Join(weakness=6, one=one, other=other)


class _Own:
    """The groups on institutions' own sites, by address, by name, and by provider and word."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = groups
        self.by_address: dict[str, int] = {}
        self.by_name: dict[tuple[str, frozenset[str]], set[int]] = defaultdict(set)
        self.by_word: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        for place, group in enumerate(groups):
            for node in group:
                if not node.page.is_joint_portal:
                    self._add(node, place)

    def _add(self, node: Node, place: int) -> None:
        self.by_address.setdefault(node.neutral, place)
        self.by_name[node.language, node.words].add(place)
        for word in node.words:
            self.by_word[node.provider_id or "", node.language, word].add(place)


def _linked(portal: Group, own: _Own, rules: IdentifyWords) -> int | None:
    """The one service of another site that the portal's pages lead to, if name or facts fit."""
    ahead = {
        own.by_address.get(neutral_address(link.url, rules)) for node in portal for link in node.page.links
    }
    fitting = [
        place
        for place in sorted(ahead - {None}, key=str)
        if place is not None and _fits(portal, own.groups[place], rules)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _fits(portal: Group, group: Group, rules: IdentifyWords) -> bool:
    """Whether two pages, one leading to the other, are one service's: by name, or by facts and a word."""
    if _likeness(portal, group) >= rules.names.same_from:
        return True
    pairs = [(one, other) for one in portal for other in group if one.language == other.language]
    return any(one.words & other.words for one, other in pairs) and any(agree(*pair) for pair in pairs)


def _alike(portal: Group, own: _Own, rules: IdentifyWords) -> int | None:
    """The one service of the provider that the portal names with nearly the same name; of any, the same."""
    provider = next((node.provider_id for node in portal if node.provider_id), None)
    if provider is None:
        places = {place for node in portal for place in own.by_name[node.language, node.words]}
        return places.pop() if len(places) == 1 else None
    candidates = {
        place
        for node in portal
        for word in node.words
        for place in own.by_word.get((provider, node.language, word), ())
    }
    scores = {place: _likeness(portal, own.groups[place]) for place in candidates}
    best = max(scores.values(), default=0.0)
    winners = [place for place, score in scores.items() if score == best]
    return winners[0] if best >= rules.names.same_from and len(winners) == 1 else None


def _likeness(portal: Group, group: Group) -> float:
    return max(
        (
            likeness(one.words, other.words)
            for one in portal
            for other in group
            if one.language == other.language
        ),
        default=0.0,
    )
