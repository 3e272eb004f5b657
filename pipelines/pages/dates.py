"""Read the dates that a page states: each with its words, its place, and what is said of it.

Dates stand in the text as people write them (`2024-жылдын 12-июлу`, `12 июля 2024 года`), and in the source
for machines. What a date is of, only the words beside it tell.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipelines.pages.dates_rules import date_rules, forms, month_of
from pipelines.records import PageDate

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_META = re.compile(r"<meta\b[^>]{0,500}>", re.IGNORECASE)
_TIME = re.compile(r"<time\b[^>]{0,400}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_JSON = re.compile(r"\"(date[A-Z]\w+|validFrom)\"\s*:\s*\"([^\"]{8,40})\"")
_DIGIT = re.compile(r"\d")
_LEAD = re.compile(r"[^\n]*\n?[^\n]*\Z")
_LAST_MONTH = 12
_SURE_PLACES = ("meta@content", "script@text", "time@datetime", "text")  # the surest first


def page_dates(text: str, language: str, source: str = "") -> tuple[PageDate, ...]:
    """Return the dates of a page: those for machines first, then those of its text, in its order.

    `text`: Page.text. `source`: its HTML, "" when there is none.
    """
    found = dict.fromkeys([*_machine_dates(source), *_text_dates(text, language)])
    return tuple(found)[: date_rules().most]


def stated_on(dates: Sequence[PageDate], role: str) -> date | None:
    """Return the one day that a page states in a role; None where it states none, or several as lists do."""
    for place in _SURE_PLACES:
        days = list(dict.fromkeys(one.date for one in dates if one.role == role and one.place == place))
        if len(days) == 1 or (days and place == "meta@content"):
            return days[0]
    return None


def _text_dates(text: str, language: str) -> Iterator[PageDate]:
    around, last = date_rules().around, 0
    for year in _YEAR.finditer(text):
        start = max(last, year.start() - around)
        window = text[start : year.end() + around]
        others = len(_DIGIT.findall(window)) - len(year.group())
        found = _written(window, year.start() - start, language) if others else None
        if found:
            day, (begin, end) = found
            begin, end = begin + start, end + start
            last = end
            role = _role(text, begin, end)
            yield PageDate(date=day, role=role, quote=text[begin:end], place="text", offset=begin)


def _written(window: str, year_at: int, language: str) -> tuple[date, tuple[int, int]] | None:
    """Return the date whose year stands at `year_at`, and where it is written."""
    for form in forms():
        for found in form.finditer(window):
            day = _day(found, language) if found.start("year") == year_at else None
            if day:
                return day, found.span()
    return None


def _day(found: re.Match[str], language: str) -> date | None:
    parts = found.groupdict()
    number = int(parts["number"]) if parts.get("number") else month_of(parts.get("month") or "")
    if number is None or _has_unsure_order(found, number, language):
        return None
    try:
        return date(int(parts["year"]), number, int(parts["day"]))
    except ValueError:  # the thirty-first of February
        return None


def _has_unsure_order(found: re.Match[str], number: int, language: str) -> bool:
    """Say whether day and month could change places: with a stroke between them, in some languages."""
    day = int(found["day"])
    return (
        "/" in found.group()
        and language in date_rules().unsure_order
        and day <= _LAST_MONTH
        and day != number
    )


def _role(text: str, begin: int, end: int) -> str:
    """Return the role that the nearest words give to a date."""
    near = date_rules().near
    lead = _LEAD.search(text[max(0, begin - near) : begin])
    before = lead.group() if lead else ""
    ends = {
        role: max((one.end() for one in words.before.finditer(before)), default=-1)
        for role, words in date_rules().roles.items()
    }
    role = max(ends, key=lambda one: ends[one])
    if ends[role] >= 0:
        return role
    after = text[end : end + near].partition("\n")[0]
    return next((name for name, words in date_rules().roles.items() if words.after.search(after)), "other")


def _machine_dates(source: str) -> Iterator[PageDate]:
    for tag in _META.findall(source):
        given = _attributes(tag)
        name = given.get("property") or given.get("name") or given.get("itemprop") or ""
        yield from _machine(name, given.get("content", ""), "meta@content", is_date=False)
    for name, value in _JSON.findall(source):
        yield from _machine(name, value, "script@text", is_date=False)
    for tag in _TIME.findall(source):
        given = _attributes(tag)
        name = given.get("itemprop") or ("pubdate" if "pubdate" in given else given.get("class", ""))
        yield from _machine(name, given.get("datetime", ""), "time@datetime", is_date=True)


def _machine(name: str, value: str, place: str, *, is_date: bool) -> Iterator[PageDate]:
    """Yield the date of a value for machines. `is_date`: it is one, whatever its name."""
    words = set(name.lower().split())
    roles = date_rules().machine
    role = next((role for role, names in roles.items() if not words.isdisjoint(names)), "other")
    year = _YEAR.search(value) if is_date or role != "other" else None
    found = _written(value, year.start(), "") if year else None
    if found:
        yield PageDate(date=found[0], role=role, quote=value, place=place, offset=-1)


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(tag)}
