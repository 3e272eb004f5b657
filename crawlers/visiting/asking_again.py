"""Decide whether an address is asked for once more in the same visit.

A failure may pass; and a page that was there in the last round and is "not found" now may be away only
while its site is being changed. Where the server says that it is gone for good (410), it is believed.
"""

from dataclasses import replace
from http import HTTPStatus

from crawlers.network.answers import Answer
from crawlers.outcomes import Outcome, about
from crawlers.policy import policy
from crawlers.visiting.attempts import Attempt
from crawlers.visiting.frontier import Wanted

_NOT_THERE = {Outcome.GONE, Outcome.SOFT_404}


def next_try(attempt: Attempt, *, is_of_service: bool) -> Wanted | None:
    """Return how the address of `attempt` is asked for at the visit's end; None where its answer stands.

    `is_of_service`: whether it spoke of a service when its site was last seen. Numbers: `policy.yml`.
    """
    asked = attempt.wanted.attempts + 1
    may_pass = about(attempt.outcome).can_retry and asked <= policy().max_retries
    may_return = is_of_service and _may_come_back(attempt) and asked < policy().gone_asks
    return replace(attempt.wanted, attempts=asked) if may_pass or may_return else None


def _may_come_back(attempt: Attempt) -> bool:
    """Whether a page was not there, and its server does not say that it is gone for good."""
    answer = attempt.answer
    return attempt.outcome in _NOT_THERE and isinstance(answer, Answer) and answer.status != HTTPStatus.GONE
