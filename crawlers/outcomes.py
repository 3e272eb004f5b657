"""What came of one request: a closed list, with whose fault a failure is and whether to try again.

Could not look is never absent: only an `Outcome` that `is_observation` can prove or disprove anything.
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crawlers.errors import CrawlersError
from crawlers.strict_yaml import load_model


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
    NOT_DUE = "not_due"
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
    OPTED_OUT = "opted_out"
    POLICY_REFUSED = "policy_refused"
    RATE_LIMITED = "rate_limited"
    UNREACHABLE_DNS = "unreachable_dns"
    UNREACHABLE_TLS = "unreachable_tls"
    UNREACHABLE_TIMEOUT = "unreachable_timeout"
    UNREACHABLE_REFUSED = "unreachable_refused"
    UNREACHABLE_RESET = "unreachable_reset"
    UNREACHABLE_EMPTY = "unreachable_empty"
    UNREACHABLE_HTTP_4XX = "unreachable_http_4xx"
    UNREACHABLE_HTTP_5XX = "unreachable_http_5xx"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    BAD_CONTENT = "bad_content"
    NOT_ARCHIVED = "not_archived"
    CRAWLER_FAILED = "crawler_failed"

    @property
    def is_observation(self) -> bool:
        """Whether this outcome let us look: only then can a page prove or disprove anything."""
        return self in _OBSERVATIONS


# What is not due is known from an earlier look, whose time its capture has.
_OBSERVATIONS = frozenset({Outcome.OK, Outcome.UNCHANGED, Outcome.NOT_DUE, Outcome.LOGIN})


class InThreeLanguages(BaseModel):
    """The same words in Kyrgyz, Russian and English."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ky: Annotated[str, Field(min_length=1)]
    ru: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class About(BaseModel):
    """What is known of an outcome, whatever site it happened at."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fault: Fault
    can_retry: bool  # whether asking again later may end better
    label: InThreeLanguages
    advice: InThreeLanguages  # to the site's owner


class _Knowledge(BaseModel):
    """The whole of `outcomes.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    http_status: Mapping[str | int, Outcome]
    outcomes: Mapping[Outcome, About]

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        missing = [outcome.value for outcome in Outcome if outcome not in self.outcomes]
        if missing:
            raise ValueError(f"no entry for {', '.join(missing)}; expected one for each outcome")
        return self


@cache
def _knowledge() -> _Knowledge:
    return load_model(Path(__file__).with_name("outcomes.yml"), _Knowledge, CrawlersError)


def about(outcome: Outcome) -> About:
    """Return whose fault `outcome` is, whether to try again, its name and advice in three languages."""
    return _knowledge().outcomes[outcome]


def outcome_of_status(status: int) -> Outcome:
    """Return what an HTTP status alone says (RFC 9110); a number outside it is content we cannot use."""
    table = _knowledge().http_status
    return table.get(status) or table.get(f"{status // 100}xx") or Outcome.BAD_CONTENT
