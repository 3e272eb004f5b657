"""Tell of the addresses that a visit considered and did not come to ask for, why it did not."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from crawlers.politeness.decisions import Refusal, Rule
from crawlers.reports import Finish
from crawlers.visiting.frontier import Wanted

_RULES: Mapping[Finish, Rule] = MappingProxyType(
    {
        Finish.PAGE_LIMIT: Rule.PAGE_LIMIT,
        Finish.TIME_LIMIT: Rule.TIME_LIMIT,
        Finish.GAVE_UP: Rule.GAVE_UP,
        Finish.HOURS_OVER: Rule.VISITING_HOURS,
        Finish.INTERRUPTED: Rule.INTERRUPTED,
        Finish.DISK_FULL: Rule.INTERRUPTED,
    }
)


def left_over(take: Callable[[], Wanted | None], finish: Finish) -> Iterator[Refusal]:
    """Yield a refusal for each address that `take` still gives; one that was asked for before is none."""
    rule = _RULES.get(finish)
    while rule and (wanted := take()):
        if not wanted.attempts:
            yield Refusal(url=wanted.url, referrer_url=wanted.referrer_url, rule=rule)
