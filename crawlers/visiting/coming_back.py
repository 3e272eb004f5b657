"""Decide how to ask again for a page that an earlier round saw: in full, only if it changed, or not yet."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from crawlers.captures import Capture
from crawlers.errors import CrawlersError
from crawlers.registry.fields import Positive, Strict
from crawlers.strict_yaml import load_model
from crawlers.visiting.earlier import Known
from crawlers.visiting.frontier import Wanted


class Interval(Strict):
    """How often a page is looked at that was found unchanged so many times in a row."""

    unchanged_looks: Positive
    rounds: Positive


class ComingBackRules(Strict):
    """The whole of `coming_back.yml`; each field is explained there."""

    remembered_rounds: Positive
    in_full_every: Positive
    longest_validator: Positive
    trust_modified_after_seconds: Positive
    look_every: tuple[Interval, ...]
    near_depth: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _grows(self) -> Self:
        for less, more in pairwise(self.look_every):
            if less.unchanged_looks >= more.unchanged_looks or less.rounds > more.rounds:
                raise ValueError(f"look_every: {more} follows {less}; expected both numbers to grow")
        return self


@cache
def coming_back_rules() -> ComingBackRules:
    """Return the rules that ship with the crawler."""
    return load_model(Path(__file__).with_name("coming_back.yml"), ComingBackRules, CrawlersError)


def validators(known: Known) -> Mapping[str, str]:
    """Return the header fields that ask for a page only if it changed (RFC 9110, section 13.1).

    Without any, it is asked for in full.
    """
    rules = coming_back_rules()
    if known.rounds_since_full >= rules.in_full_every:
        return {}
    fields: dict[str, str] = {}
    etag = known.latest.etag
    if etag and len(etag) <= rules.longest_validator and etag.isascii():
        fields["If-None-Match"] = etag
    if known.latest.last_modified and _is_settled(known.original, known.latest.last_modified):
        fields["If-Modified-Since"] = known.latest.last_modified
    return fields


def interval(unchanged_looks: int) -> int:
    """Return every how many rounds a page is looked at that was found unchanged so many times in a row."""
    reached = [one.rounds for one in coming_back_rules().look_every if unchanged_looks >= one.unchanged_looks]
    return max(reached, default=1)


def is_due(wanted: Wanted, known: Known, services: AbstractSet[str] | None) -> bool:
    """Whether a page must be looked at in this round.

    `services`: the addresses that spoke of a service in the last round; None: nobody knows, so all are due.
    """
    rules = coming_back_rules()
    if known.is_nothing:
        return known.rounds_since_full >= rules.in_full_every
    return (
        services is None
        or wanted.is_seed
        or wanted.depth <= rules.near_depth
        or wanted.url in services
        or known.rounds_since_full >= rules.in_full_every
        or known.rounds_since_look >= interval(known.unchanged_looks)
    )


def _is_settled(original: Capture, last_modified: str) -> bool:
    """Whether a page's date of change is old enough, when it was captured, to tell it from later changes."""
    try:
        age = original.captured_at - parsedate_to_datetime(last_modified)
    except (ValueError, TypeError):  # no date; or one without a time zone, which HTTP does not know
        return False
    return age.total_seconds() >= coming_back_rules().trust_modified_after_seconds
