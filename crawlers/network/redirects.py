"""Decide where a redirect leads, and whether we go there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import ada_url

from crawlers.network.addresses import Address, parse_address
from crawlers.network.answers import Answer
from crawlers.outcomes import Outcome, outcome_of_status
from crawlers.policy import policy
from crawlers.visiting.canonical import canonical_url
from crawlers.visiting.frontier import Wanted
from crawlers.visiting.lapsed import keeper_of

# The same that <meta http-equiv=refresh> says (WHATWG HTML, shared declarative refresh steps). No part gives
# back what it took, so that a mass of spaces is gone through once.
_REFRESH = re.compile(r"\s*+[\d.]++\s*+[;,]?+\s*+url\s*+=\s*+['\"]?\s*+([^'\"\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Where an answer sends its reader."""

    url: str | None  # absolute, as far as it can be made so
    follow: str | None  # canonical; None: we do not go there
    outcome: Outcome
    detail: str | None
    sets_cookie: bool


def redirect_of(answer: Answer, wanted: Wanted, owns: Callable[[Address], bool]) -> Redirect | None:
    """Return where `answer` leads, None if it is no redirect; `owns` tells the site's own addresses."""
    location = as_utf8(answer.header("Location") or "")
    if outcome_of_status(answer.status) is not Outcome.REDIRECTED or not location:
        return None
    outcome, detail, follow = _judged(joined(wanted.url, location), wanted.hops, owns)
    return Redirect(
        url=joined(wanted.url, location),
        follow=follow,
        outcome=outcome,
        detail=detail,
        sets_cookie=answer.header("Set-Cookie") is not None,
    )


def joined(url: str, location: str) -> str:
    """Return where `location`, said by the answer from `url`, leads; as it stands where nobody can tell."""
    try:
        return ada_url.join_url(url, location.strip())
    except ValueError:
        return location


def as_utf8(value: str) -> str:
    """Return a header field's value as browsers read addresses in it: as UTF-8, where it is that.

    HTTP's fields are bytes, which Python reads as Latin-1 (RFC 9110, section 5.5); servers of sites in
    Cyrillic put unescaped addresses there.
    """
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def refresh_of(answer: Answer, url: str) -> list[tuple[str, str]]:
    """Return where a `Refresh` field sends a browser, as a link of the page at `url`: (address, no text)."""
    found = _REFRESH.match(as_utf8(answer.header("Refresh") or ""))
    return [(joined(url, found[1]), "")] if found else []


def _judged(
    target: str, hops: int, owns: Callable[[Address], bool]
) -> tuple[Outcome, str | None, str | None]:
    """Outcome, a detail for a person, and the address to follow."""
    follow = canonical_url(target)
    address = parse_address(follow) if follow else None
    if follow is None or address is None:
        return Outcome.POLICY_REFUSED, f"leads to {target}, which is no http or https address", None
    keeper = keeper_of(follow)
    if keeper:
        return Outcome.LAPSED, f"leads to {target}: {keeper} keeps domains that were given up", None
    if not owns(address):
        return Outcome.MOVED_OFFSITE, f"leads to {target}, which is not of this site", None
    if hops >= policy().max_redirects:
        return Outcome.POLICY_REFUSED, f"more than {policy().max_redirects} redirects in a row", None
    return Outcome.REDIRECTED, None, follow
