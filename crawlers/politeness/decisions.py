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
    BUDGET = "budget"  # promised less than what the site's pages were spent on
    FORM_BUDGET = "form_budget"  # of one form with more addresses than such pages are worth
    PATH_REPEATS = "path_repeats"  # the same part of a path again and again
    PARAMETERS = "parameters"  # more parameters, or kinds of them, than any page needs
    CALENDAR = "calendar"  # a month or day of a calendar that need not end
    NEAR_DUPLICATE = "near_duplicate"  # linked from a page that only repeats one seen before
    TOO_MANY_LINKS = "too_many_links"  # on a page that has more than anyone reads
    SAME_PAGE = "same_page"  # the same page was asked for at another address


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An address that was considered and not asked for."""

    url: str  # as far as it can be read
    referrer_url: str | None
    rule: Rule
    detail: str | None = None  # for a person: the value that the rule met
