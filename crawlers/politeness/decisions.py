"""Why an address was not asked for: a closed list, so that a site's owner can check each decision."""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Rule(StrEnum):
    """The rule that kept us from asking for an address."""

    SCHEME = "scheme"  # neither http nor https, or no address at all
    OFF_SITE = "off_site"  # of another site than the one that is visited
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    FILE_TYPE = "file_type"  # holds no words about a service
    OPT_OUT = "opt_out"  # its owner asked us by letter to stay away
    VISITING_HOURS = "visiting_hours"  # the site's hours were over before its turn came
    PAGE_LIMIT = "page_limit"  # the site's pages for this round were spent before its turn came
    TIME_LIMIT = "time_limit"  # the site's answers together took longer than we wait for one site
    GAVE_UP = "gave_up"  # the site no longer answered, or asked for a rest
    INTERRUPTED = "interrupted"  # the round was stopped before its turn came
    FORM_BUDGET = "form_budget"  # of one form with more addresses than such pages are worth
    PATH_REPEATS = "path_repeats"  # the same part of a path again and again
    PARAMETERS = "parameters"  # more parameters, or kinds of them, than any page needs
    CALENDAR = "calendar"  # a month or day of a calendar that need not end
    NEAR_DUPLICATE = "near_duplicate"  # linked from a page that only repeats one seen before
    TOO_MANY_LINKS = "too_many_links"  # on a page that has more than anyone reads
    SAME_PAGE = "same_page"  # the same page was asked for at another address
    # Told by captures, not by refusals: the address has a row of its own there, asked for or not.
    ROBOTS = "robots"  # a line of robots.txt
    ROBOTS_UNREACHABLE = "robots_unreachable"  # robots.txt could not be read, which forbids all
    NOT_DUE = "not_due"  # unchanged so often that it is looked at in some rounds only
    PRIVATE_ADDRESS = "private_address"  # no public web address, once its name was looked up
    UNLISTED = "unlisted"  # beyond what the ledger of one site holds: counted only


@unique
class Grant(StrEnum):
    """The rule that let us ask for an address."""

    ROBOTS_LINE = "robots_line"  # the most exact line of robots.txt that matches is an Allow
    NOTHING_AGAINST = "nothing_against"  # no line of robots.txt matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An address that was considered and not asked for."""

    url: str  # as far as it can be read
    referrer_url: str | None
    rule: Rule
    detail: str | None = None  # for a person: the value that the rule met
