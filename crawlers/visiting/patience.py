"""How long a visit goes on: until going on would only be a burden to the site."""

from dataclasses import dataclass

from crawlers.captures import ERRAND_DEPTH, ROBOTS_DEPTH
from crawlers.network.answers import Answer, Failure
from crawlers.outcomes import Outcome
from crawlers.policy import policy
from crawlers.reports import Finish
from crawlers.visiting.attempts import Attempt

_FREE = {ROBOTS_DEPTH, ERRAND_DEPTH}  # pages cannot be had without them


@dataclass(slots=True)
class Patience:
    """The counts by which a visit ends."""

    page_count: int = 0
    _unanswered: int = 0  # in a row
    _server_errors: int = 0  # in a row
    _waited_seconds: float = 0.0  # for answers; pauses are not the site's doing

    def count(self, attempt: Attempt) -> None:
        """Count what came of asking for a page."""
        outcome = attempt.outcome
        is_unanswered = outcome.startswith("unreachable_") and not outcome.startswith("unreachable_http")
        self._unanswered = self._unanswered + 1 if is_unanswered else 0
        is_error = outcome is Outcome.UNREACHABLE_HTTP_5XX
        self._server_errors = self._server_errors + 1 if is_error else 0
        self.count_page(attempt)

    def count_page(self, attempt: Attempt) -> None:
        """Count a request against the site's pages and time; a redirect costs no page."""
        self.page_count += costs_a_page(attempt.outcome, attempt.wanted.depth)
        if isinstance(attempt.answer, Answer | Failure):
            self._waited_seconds += attempt.answer.elapsed_seconds

    def ending(self) -> Finish | None:
        """Return why the visit should end; None where it may go on."""
        limits = policy()
        if self._unanswered >= limits.give_up_after or self._server_errors >= limits.give_up_after_errors:
            return Finish.GAVE_UP
        return Finish.TIME_LIMIT if self._waited_seconds >= limits.site_seconds else None


def costs_a_page(outcome: Outcome, depth: int) -> bool:
    """Whether what was asked for at `depth` is of a site's pages: no redirect is, nor is robots.txt."""
    return outcome is not Outcome.REDIRECTED and depth not in _FREE
