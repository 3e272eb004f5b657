"""What came of one request: a closed list, with whose fault a failure is and whether to try again.

Could not look is never absent: only an `Outcome` that `is_observation` can prove or disprove anything.
"""

from enum import StrEnum, unique


@unique
class Fault(StrEnum):
    """Who can do something about an outcome."""

    NOBODY = "nobody"
    SITE = "site"
    NETWORK = "network"
    US = "us"


@unique
class Outcome(StrEnum):
    """Every way in which one request can end."""

    OK = "ok"
    UNCHANGED = "unchanged"
    LOGIN = "login"
    REDIRECTED = "redirected"
    TRUNCATED = "truncated"
    BLOCKED = "blocked"
    NEEDS_JS = "needs_js"
    SOFT_404 = "soft_404"
    GONE = "gone"
    MOVED_OFFSITE = "moved_offsite"
    LAPSED = "lapsed"
    ROBOTS_DISALLOWED = "robots_disallowed"
    POLICY_REFUSED = "policy_refused"
    RATE_LIMITED = "rate_limited"
    UNREACHABLE_DNS = "unreachable_dns"
    UNREACHABLE_TLS = "unreachable_tls"
    UNREACHABLE_TIMEOUT = "unreachable_timeout"
    UNREACHABLE_REFUSED = "unreachable_refused"
    UNREACHABLE_RESET = "unreachable_reset"
    UNREACHABLE_HTTP_4XX = "unreachable_http_4xx"
    UNREACHABLE_HTTP_5XX = "unreachable_http_5xx"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    BAD_CONTENT = "bad_content"
    CRAWLER_FAILED = "crawler_failed"

    @property
    def is_observation(self) -> bool:
        """Whether this outcome let us look: only then can a page prove or disprove anything."""
        return self in _OBSERVATIONS


_OBSERVATIONS = frozenset({Outcome.OK, Outcome.UNCHANGED, Outcome.LOGIN})
