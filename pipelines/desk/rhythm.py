"""Tell a site that fell silent from one that is only slow, by its own rhythm.

A round is a month. A site's patience is the longest time between two rounds in which it was seen, within
the bounds of `desk.yml`: who always answered is stale after two months, who used to miss rounds later.
That nobody asked is no rhythm: it is told apart, because it is for us to mend.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from crawlers.outcomes import Outcome, about
from pipelines.desk.words import Language, desk, say
from pipelines.months import months_between
from warehouse.looking_back import SiteRound

State = Literal["fresh", "late", "unheard", "unwelcome", "silent", "unseen", "forgotten", "unasked"]
STALE: frozenset[State] = frozenset({"silent", "unseen", "forgotten", "unasked"})
_TO_DO = {"fresh": "nothing", "late": "wait", "forgotten": "harvest", "unasked": "harvest"}
# Its owner's wish, not its silence: red would only teach people to look away.
_UNWELCOME = frozenset({Outcome.ROBOTS_DISALLOWED, Outcome.OPTED_OUT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How fresh what is published of a site is."""

    site_id: str
    state: State
    newest_round: str | None  # of its country
    last_seen_round: str | None
    asked_rounds: int
    silent_months: int | None  # since it was seen last
    patience_months: int
    outcome: Outcome | None  # what kept us from looking last

    @property
    def is_stale(self) -> bool:
        """Whether somebody has to do something."""
        return self.state in STALE

    def reason(self, language: Language) -> str:
        """Return in words why it is fresh, or is not."""
        return say(
            desk().freshness[self.state],
            language,
            last=self.last_seen_round,
            newest=self.newest_round,
            silent=self.silent_months,
            patience=self.patience_months,
            asked=self.asked_rounds,
            outcome=getattr(about(self.outcome).label, language) if self.outcome else "?",
        )

    def to_do(self, language: Language) -> str:
        """Return in words what somebody can do."""
        advice = getattr(about(self.outcome).advice, language) if self.outcome else ""
        return say(desk().to_do[_TO_DO.get(self.state, "ask_owner")], language, advice=advice)


def freshness_of(site_id: str, rounds: Sequence[SiteRound], month: str) -> Freshness:
    """Return how fresh a site is in `month` (YYYY-MM), by its `rounds`, the oldest first."""
    seen = [each.round_id for each in rounds if each.is_seen]
    asked = [each for each in rounds if each.is_asked]
    silent = months_between(seen[-1], month) if seen else None
    patience = _patience(seen)
    failed = asked[-1].main_outcome if asked and not asked[-1].is_seen else None
    return Freshness(
        site_id=site_id,
        state=_state(asked, silent, patience, month),
        newest_round=rounds[-1].round_id if rounds else None,
        last_seen_round=seen[-1] if seen else None,
        asked_rounds=len(asked),
        silent_months=silent,
        patience_months=patience,
        outcome=Outcome(failed) if failed else None,
    )


def _state(asked: Sequence[SiteRound], silent: int | None, patience: int, month: str) -> State:
    if not asked:
        return "unasked"
    last = asked[-1]
    if not last.is_seen and last.main_outcome in _UNWELCOME:
        return "unwelcome"
    if silent is None:
        return "unseen" if months_between(asked[0].round_id, month) > patience else "unheard"
    if silent > patience:
        return "forgotten" if last.is_seen else "silent"
    return "fresh" if last.is_seen else "late"


def _patience(seen: Sequence[str]) -> int:
    bounds = desk().patience
    longest = max((months_between(*pair) for pair in pairwise(seen)), default=bounds.least_months)
    return min(max(longest, bounds.least_months), bounds.most_months)
