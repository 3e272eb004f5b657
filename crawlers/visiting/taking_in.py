"""Make of an answer what the rest of a visit works with: an attempt, and where it leads."""

from collections.abc import Callable

from crawlers.network.addresses import Address
from crawlers.network.answers import Answer, Failure
from crawlers.network.redirects import Redirect, redirect_of
from crawlers.politeness.hosts import Host
from crawlers.visiting.attempts import Attempt, judged
from crawlers.visiting.frontier import Wanted


def attempt_of(
    wanted: Wanted, answer: Answer | Failure, host: Host, owns: Callable[[Address], bool]
) -> tuple[Attempt, Redirect | None]:
    """Return what came of asking `host` for `wanted`, and the redirect that it is, if it is one."""
    outcome, detail, body = judged(answer)
    redirect = redirect_of(answer, wanted, owns) if isinstance(answer, Answer) else None
    attempt = Attempt(
        wanted=wanted,
        outcome=redirect.outcome if redirect else outcome,
        detail=redirect.detail if redirect else detail,
        answer=answer,
        body=body,
        redirect_url=redirect.url if redirect else None,
        robots_rule=host.rule_for(wanted.url),
        delay_seconds=host.delay_seconds,
    )
    return attempt, redirect
