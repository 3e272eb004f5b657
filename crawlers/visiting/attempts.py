"""One look at an address, from wanting it to knowing what came of it: what a capture is made from."""

from dataclasses import dataclass

from crawlers.network.answers import Answer, Failure, Original
from crawlers.network.decoding import DamagedError, TooBigError, decode
from crawlers.outcomes import Outcome, outcome_of_status
from crawlers.policy import policy
from crawlers.visiting.frontier import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A wanted address and what came of it."""

    wanted: Wanted
    outcome: Outcome
    detail: str | None = None
    answer: Answer | Failure | None = None  # None: it was not asked for
    body: bytes = b""  # free of content encodings
    redirect_url: str | None = None
    robots_rule: str | None = None
    delay_seconds: float = 0.0
    passed_by: Original | None = None  # what the page was when it was last looked at, where that is enough

    @property
    def repeats(self) -> Original | None:
        """The earlier capture whose body this has."""
        return self.answer.repeats if isinstance(self.answer, Answer) else self.passed_by

    @property
    def content_type(self) -> str | None:
        """What the server says that the body is, or said when it sent it."""
        said = self.answer.header("Content-Type") if isinstance(self.answer, Answer) else None
        return said or (self.repeats.capture.content_type if self.repeats else None)


def judged(answer: Answer | Failure) -> tuple[Outcome, str | None, bytes]:
    """Return the outcome of an answer by itself, a detail for a person, and the body unpacked.

    What the words of the body mean (a block page, a log-in wall) is not decided here.
    """
    if isinstance(answer, Failure):
        return answer.outcome, answer.detail, b""
    if answer.repeats:
        return Outcome.UNCHANGED, None, answer.repeats.body
    if answer.is_over_limit:
        limit = policy().max_bytes
        return Outcome.TOO_LARGE, f"the body is longer than the {limit} bytes that we take", b""
    outcome = outcome_of_status(answer.status)
    return _unasked() if outcome is Outcome.UNCHANGED else _unpacked(answer, outcome)


def _unasked() -> tuple[Outcome, str, bytes]:
    """What a server means that says "not modified" without having been asked: nothing."""
    return Outcome.BAD_CONTENT, "the server says that nothing changed, which we had not asked", b""


def _unpacked(answer: Answer, outcome: Outcome) -> tuple[Outcome, str | None, bytes]:
    """What an answer with that status is, once its body is unpacked."""
    if answer.header("Retry-After") and outcome is Outcome.UNREACHABLE_HTTP_5XX:
        outcome = Outcome.RATE_LIMITED
    try:
        limit = policy().max_unpacked_bytes
        body = decode(answer.body, content_encoding=answer.header("Content-Encoding"), limit=limit)
    except TooBigError as error:
        return Outcome.BOMB, str(error), b""
    except DamagedError as error:
        return Outcome.TRUNCATED if answer.is_cut else Outcome.BAD_CONTENT, str(error), b""
    if outcome is Outcome.OK and answer.is_cut:
        return Outcome.TRUNCATED, "the server ended the connection before the end of the body", body
    return outcome, None if outcome is Outcome.OK else f"HTTP {answer.status}", body
