"""What a page shows of its site by its shape: a feed, a viewport, a date, required fields, a telling title.

As in `shapes`: each is a function from a page and the values asked for to proofs that can be quoted.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from pipelines.digit_lines import lines_with_digits
from pipelines.judging.proof import Proof
from pipelines.pages.links import NOWHERE
from pipelines.records import Page

DATED_WITHIN = "dated_within"  # the one shape that depends on the day of capture
_DATE = re.compile(
    r"(?<![\d.])(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<dd>\d\d?)[./](?P<mm>\d\d?)[./](?P<yy>\d{4}))(?!\d)"
)


def _declared(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for place, value in page.declared:
        if place in values:
            yield Proof(quote=value, place=place, offset=-1, region="header")


def _alternate_in(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    for alternate, written in zip(page.alternates, page.alternates_written, strict=True):
        if alternate.language.split("-")[0] in values:
            yield Proof(quote=written, place="link@hreflang", offset=-1, region="header")


def _address_begins(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    if page.url.startswith(values) and page.url != NOWHERE:
        yield Proof(quote=page.url, place="page@url", offset=-1, region="header")


def _title_holds_heading(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    top = next((text.strip() for level, text in page.headings if level == 1), "")
    if len(top.split()) >= int(values[0]) and top.lower() in page.title.lower():
        yield Proof(quote=page.title, place="title@text", offset=-1, region="header")


def _dated_within(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    """Yield the first date in figures that lies at most so many days before the page was captured."""
    last = page.captured_at.date().toordinal()
    first = last - int(values[0])
    match = next((match for match, day in _dated(page.text) if first <= day <= last), None)
    if match:
        yield Proof(quote=match.group(), place="text", offset=match.start(), region="main")


def dated_days(text: str) -> tuple[int, ...]:
    """Return the days that a text names in figures, in its order, as ordinals."""
    return tuple(day for _, day in _dated(text))


def dated_alike(dated: Sequence[int], days: tuple[date, date], spans: Collection[int]) -> bool:
    """Return whether the `dated_days` of a text show the same one as recent on both days.

    For each of the spans, which are days. The day of its capture touches a page's reading by this alone.
    """
    one, other = (on.toordinal() for on in days)
    return all(_first(dated, one - span, one) == _first(dated, other - span, other) for span in spans)


def _dated(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield each date in figures, and the ordinal of the day that it names."""
    for start, end in lines_with_digits(text):
        for match in _DATE.finditer(text, start, end):
            day = _day(match)
            if day:
                yield match, day


def _first(days: Sequence[int], first: int, last: int) -> int | None:
    """Return which of the days is the first that lies between two."""
    return next((number for number, day in enumerate(days) if first <= day <= last), None)


def _day(match: re.Match[str]) -> int | None:
    """Return the ordinal of the day that a date in figures names; None where there is no such day."""
    year, month, day = (
        (match["y"], match["m"], match["d"]) if match["y"] else (match["yy"], match["mm"], match["dd"])
    )
    try:
        return date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        return None


def _required(page: Page, values: tuple[str, ...]) -> Iterator[Proof]:
    """Yield the required fields of forms that have another purpose than `values`."""
    for form in page.forms:
        for field in form.fields if form.purpose not in values else ():
            if field.is_required and (field.label or field.name):
                quote, place = (field.label, "input@label") if field.label else (field.name, "input@name")
                yield Proof(quote=quote, place=place, offset=-1, region=form.region)


SITE_SHAPES: Mapping[str, Callable[[Page, tuple[str, ...]], Iterator[Proof]]] = {
    "declared": _declared,
    "alternate_in": _alternate_in,
    "address_begins": _address_begins,
    "title_holds_heading": _title_holds_heading,
    DATED_WITHIN: _dated_within,
    "required": _required,
}
