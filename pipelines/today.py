"""Today's web is filed under this month, and under no other, by a clock that nothing contradicts.

What was on the web in another month is known to web archives only. What the servers' own clocks say is heard
while they are asked (`crawlers.crawling.server_clocks`).
"""

from datetime import datetime

from crawlers.errors import WrongClockError
from crawlers.network.addresses import parse_address
from pipelines.months import months_between, this_round
from pipelines.operating.failures import UsageError
from pipelines.scope import Scope


def refuse_other_months(scope: Scope, now: datetime | None = None) -> None:
    """Refuse to file the web of `now` under a month that it says nothing of.

    Last month's harvest may be gone on with, once it was begun. Sites that the registry names as private
    addresses are somebody's own machine, such as the sample republic: they may play any month that has begun.

    Raises:
        UsageError: names the round, this month, and how an earlier round is filled.
    """
    month = this_round(scope.registry.country.time_zone, now)
    if is_played(scope):
        refuse_months_to_come(scope, now)
        return
    was_begun = (scope.data / "captures" / scope.round_id).is_dir()
    if 0 <= months_between(scope.round_id, month) <= was_begun:
        return
    raise UsageError(
        f"--round {scope.round_id}: the web of today is that of {month}; expected that month, or the one"
        " before it where its harvest was begun. What another month's web was, archives know: the job"
        f" `backfill`, or `baskych import CDX-URL --country {scope.country_id} --round {scope.round_id}`"
    )


def refuse_months_to_come(scope: Scope, now: datetime | None = None) -> None:
    """Refuse a round of a month that `now` has not reached: nobody has been there, and no archive (E4).

    It would be taken for the newest, and hide all rounds until its month comes.

    Raises:
        UsageError: names the round and this month.
    """
    month = this_round(scope.registry.country.time_zone, now)
    if scope.round_id > month:
        raise UsageError(
            f"--round {scope.round_id}: expected a month that has begun;"
            f" the clock of this machine says {month}"
        )


def refuse_a_clock_behind_its_rounds(scope: Scope, now: datetime | None = None) -> None:
    """Refuse to crawl while a round of the country is of a month that `now` says is still to come.

    Either the clock is behind, or it was ahead when that round was filed, which would hide all rounds until
    its month comes (E4).

    Raises:
        WrongClockError: names the month, the newest round, and what to do in either case.
    """
    month = this_round(scope.registry.country.time_zone, now)
    rounds = [folder.parent for folder in scope.data.glob(f"captures/*/{scope.country_id}-*/")]
    newest = max(rounds, key=lambda folder: folder.name, default=None)
    if newest is None or newest.name <= month or is_played(scope):
        return
    raise WrongClockError(
        f"{newest}: a round of {newest.name}, and the clock of this machine says {month}. If it is wrong, set"
        f" it (NTP). If it is right, it was wrong then: move {newest} out of {scope.data / 'captures'}, and"
        " `baskych rebuild`"
    )


def is_played(scope: Scope) -> bool:
    """Whether all sites of `scope` are on private addresses that the registry names."""
    seeds = {seed for site_id in scope.asked_sites for seed in scope.registry.site(site_id).seeds}
    hosts = {address.host_port for address in map(parse_address, seeds) if address}
    return bool(hosts) and hosts <= set(scope.registry.allow_private)
