"""Tell what an error on the way to an answer means: libraries have dozens, we a few outcomes."""

import errno

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from twisted.internet.error import ConnectError, ConnectionClosed, ConnectionDone
from twisted.web._newclient import (
    BadHeaders,
    ParseError,
    RequestNotSent,
    RequestTransmissionFailed,
    ResponseFailed,
    ResponseNeverReceived,
)

from crawlers.network.guard import PolicyRefusedError
from crawlers.outcomes import Outcome
from crawlers.policy import policy

# The first that fits counts.
_OUTCOMES: tuple[tuple[type[BaseException], Outcome], ...] = (
    (PolicyRefusedError, Outcome.POLICY_REFUSED),
    (CannotResolveHostError, Outcome.UNREACHABLE_DNS),
    (DownloadConnectionRefusedError, Outcome.UNREACHABLE_REFUSED),
    (DownloadTimeoutError, Outcome.UNREACHABLE_TIMEOUT),
    (SSL.Error, Outcome.UNREACHABLE_TLS),
    (ParseError, Outcome.BAD_CONTENT),
    (BadHeaders, Outcome.BAD_CONTENT),
    (ConnectionClosed, Outcome.UNREACHABLE_RESET),
    (ConnectError, Outcome.UNREACHABLE_REFUSED),
    (ResponseFailed, Outcome.UNREACHABLE_RESET),
    (RequestTransmissionFailed, Outcome.UNREACHABLE_RESET),
    (RequestNotSent, Outcome.UNREACHABLE_RESET),
    (DownloadCancelledError, Outcome.UNREACHABLE_RESET),
    (DownloadFailedError, Outcome.UNREACHABLE_RESET),
)
EXPECTED = tuple(kind for kind, _ in _OUTCOMES)
# What Twisted raises within its parser for a header that no answer can have.
_NONSENSE = (KeyError, ValueError)


def meaning_of(error: BaseException) -> tuple[Outcome, str, str | None]:
    """Return outcome, detail for a person and fault of TLS that `error` (one of `EXPECTED`) stands for."""
    causes = list(_causes(error))
    special = _special(causes)
    if special:
        return *special, None
    for kind, outcome in _OUTCOMES:
        for cause in causes:
            if isinstance(cause, kind):
                detail = str(cause).rstrip(".") or type(cause).__name__
                return (outcome, *_of_tls(detail)) if kind is SSL.Error else (outcome, detail, None)
    raise error


def _special(causes: list[BaseException]) -> tuple[Outcome, str] | None:
    """What only several causes together tell."""
    kinds = {type(cause) for cause in causes}
    if {ResponseNeverReceived, ConnectionDone} <= kinds:
        return Outcome.UNREACHABLE_EMPTY, "the server ended the connection without a word"
    if any(isinstance(cause, ConnectError) and cause.osError == errno.ECONNRESET for cause in causes):
        return Outcome.UNREACHABLE_RESET, "the connection was broken off as it began"
    nonsense = next((cause for cause in causes if isinstance(cause, _NONSENSE)), None)
    return (Outcome.BAD_CONTENT, f"not HTTP: {nonsense}") if nonsense else None


def _of_tls(words: str) -> tuple[str, str | None]:
    """The detail, with the fault in plain words before it, and the fault."""
    known = policy().tls_errors
    fault = next((known[phrase] for phrase in known if f"'{phrase}'" in words), None)
    return f"{fault}: {words}" if fault else words, fault


def _causes(error: BaseException) -> list[BaseException]:
    """The error and all that stands behind it."""
    found = [error]
    if isinstance(error, ResponseFailed | RequestTransmissionFailed):
        for reason in error.reasons:
            found += _causes(reason.value) if reason.value is not None else []
    if error.__cause__ is not None:
        found += _causes(error.__cause__)
    return found
